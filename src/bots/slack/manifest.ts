// The Slack app manifest, derived from the command list: what an operator pastes into "Create an app from a manifest".
import { type Command, isOn, topName } from '../../app/command.ts';
import { signature, visibleArgs } from '../../app/input/arguments.ts';
import { BOT_SCOPES, OPTIONAL_SCOPES } from './auth/scopes.ts';
import { CHANNEL_EVENTS, MEMBER_EVENTS } from './receive/places.ts';
import { cut } from './render/escape.ts';

/** https://docs.slack.dev/reference/app-manifest — lengths and counts of its fields. */
const MOST_COMMANDS = 50;
const LONGEST_COMMAND = 32;
const LONGEST_SUMMARY = 2000;
const LONGEST_HINT = 1000;

export const FAQ_SHORTCUT = 'answer_from_faq';
export const BOT_EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  ...CHANNEL_EVENTS,
  ...MEMBER_EVENTS,
  'message.im',
  'team_access_revoked',
  'tokens_revoked',
] as const;

/** Also set when somebody opens the Messages tab; https://docs.slack.dev/ai/developing-agents allows four. */
export const SUGGESTED_PROMPTS = [
  { title: 'TAO now', message: 'coin tao' },
  { title: 'What is Bittensor?', message: 'What is Bittensor?' },
  { title: 'When is the next halving?', message: 'When is the next halving?' },
  { title: 'How do I stake TAO safely?', message: 'How do I stake TAO safely?' },
];

const DESCRIPTION = 'TAO and crypto prices, charts, FAQ answers with sources, and a daily digest for your channels.';
const LONG_DESCRIPTION =
  'taobot answers a crypto community where it already talks. Type /coin tao for the profile of a coin with live price, chart and facts, ' +
  'ask a question about Bittensor and get an answer with source and date, compare and convert coins, or set up a daily digest for a channel. ' +
  'Every number says where it comes from and how old it is. It keeps no messages. Nothing it says is financial advice.';

/** `publicUrl`: where Slack reaches us (HTTP mode); null for Socket Mode, which needs no address. */
export function manifestOf(commands: readonly Command[], publicUrl: string | null) {
  const events = publicUrl === null ? undefined : `${publicUrl}/slack/events`;
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'taobot',
      description: DESCRIPTION,
      long_description: LONG_DESCRIPTION,
      background_color: '#14161c',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      agent_view: {
        agent_description: 'Prices, charts and checked answers about Bittensor and other coins, with source and date.',
        suggested_prompts: SUGGESTED_PROMPTS,
      },
      bot_user: { display_name: 'taobot', always_online: true },
      shortcuts: [
        {
          name: 'Answer from FAQ',
          type: 'message',
          callback_id: FAQ_SHORTCUT,
          description: 'Answer this message from the FAQ, with source and date',
        },
      ],
      slash_commands: slashCommands(commands, events),
    },
    oauth_config: {
      ...(publicUrl === null ? {} : { redirect_urls: [`${publicUrl}/slack/oauth_redirect`] }),
      // Optional ones stand in both lists: https://docs.slack.dev/changelog/2026/03/16/optional-scopes, example: https://github.com/slackapi/slack-cli/pull/517
      scopes: { bot: [...BOT_SCOPES, ...OPTIONAL_SCOPES], bot_optional: [...OPTIONAL_SCOPES] },
    },
    settings: {
      event_subscriptions: { ...(events === undefined ? {} : { request_url: events }), bot_events: [...BOT_EVENTS] },
      interactivity: {
        is_enabled: true,
        ...(events === undefined ? {} : { request_url: events, message_menu_options_url: events }),
      },
      org_deploy_enabled: publicUrl !== null, // an organisation installs as a whole by OAuth, which needs an address
      socket_mode_enabled: publicUrl === null,
      token_rotation_enabled: false,
    },
  };
}

/** The manifest as JSON text, ready to paste. */
export function slackManifest(commands: readonly Command[], publicUrl: string | null): string {
  return `${JSON.stringify(manifestOf(commands, publicUrl), null, 2)}\n`;
}

/**
 * One slash command per first word; subcommands become the usage hint.
 * @throws Error when there are more than Slack takes
 */
function slashCommands(commands: readonly Command[], url: string | undefined) {
  const here = commands.filter((command) => isOn(command, 'slack'));
  const names = [...new Set(here.map(topName))];
  if (names.length > MOST_COMMANDS) throw new Error(`${names.length} slash commands; Slack takes ${MOST_COMMANDS}`);
  return names.map((name) => {
    if (name.length + 1 > LONGEST_COMMAND) throw new Error(`/${name} is too long for Slack`);
    const group = here.filter((command) => topName(command) === name);
    return {
      command: `/${name}`,
      description: cut(describe(group), LONGEST_SUMMARY),
      ...usage(group),
      should_escape: true, // channels arrive as ids
      ...(url === undefined ? {} : { url }),
    };
  });
}

function describe(group: readonly Command[]): string {
  const [only] = group;
  return group.length === 1 && only !== undefined ? only.summary : group.map((command) => command.summary).join('; ');
}

function usage(group: readonly Command[]): { usage_hint?: string } {
  const [only] = group;
  const hint =
    group.length === 1 && only !== undefined
      ? visibleArgs(only).length === 0
        ? ''
        : signature(only).replace(`/${only.name} `, '')
      : group.map((command) => signature(command).replace(/^\/\S+ ?/, '')).join(' | ');
  return hint === '' ? {} : { usage_hint: cut(hint, LONGEST_HINT) };
}

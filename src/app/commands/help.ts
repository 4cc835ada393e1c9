// `/help`: what people want, with the commands for it; help on one command or group; and what to say to greetings and thanks.
import { signature, visibleArgs } from '../input/arguments.ts';
import { type Block, type Button, type Card, shownOn, SMALL_TALK, type Span } from '../card.ts';
import { type Command, defineCommand, isOn, type Request, topName } from '../command.ts';
import { withCode } from '../error-card.ts';
import { SET_UP } from '../digest/requester.ts';
import { TALK_CARDS } from '../talk-cards.ts';

const START: readonly Button[] = [
  { label: 'TAO now', invocation: { command: 'coin', args: { coin: 'bittensor' } } },
  { label: 'What is Bittensor?', invocation: { command: 'faq', args: { id: 'what-is-bittensor' } } },
  { label: 'All commands', invocation: { command: 'help', args: {} } },
];

/** What most people come for. */
const FIRST: readonly Button[] = [
  { label: 'TAO now', invocation: { command: 'coin', args: { coin: 'bittensor' } }, style: 'primary' },
  { label: 'What is Bittensor?', invocation: { command: 'faq', args: { id: 'what-is-bittensor' } } },
];

/** Built over the list that it is part of. */
export function createHelp(list: () => readonly Command[]): Command {
  return defineCommand({
    name: 'help',
    summary: 'What I can do',
    private: true,
    rights: true, // commands for those who manage are listed for them only
    example: '/help',
    args: { about: { type: 'text', description: 'A command, or what was said', hidden: true } },
    run({ about }, { request }): Promise<Card> {
      const commands = list().filter((command) => isOn(command, request.platform));
      if (about === 'digest-setup') return Promise.resolve(howToSetUp(request));
      const talk = about === undefined ? undefined : TALK[about];
      if (talk !== undefined) return Promise.resolve(talk);
      const group = commands.filter((command) => command.name === about || topName(command) === about);
      if (group.length > 0) return Promise.resolve(helpOn(group, request));
      const intent = byIntent(commands.filter(({ manage }) => manage !== true || request.user.canManage)).find(
        ({ id }) => id === about,
      );
      return Promise.resolve(intent === undefined ? overview(commands, request) : helpWith(intent));
    },
  });
}

/**
 * What people want, and the commands for it by their first words; `shown`: those that a chat names at first sight, all but a few where it says
 * `notShown`; `beside`: in the line before.
 */
type Intent = { id: string; label: string; tops: readonly string[]; beside?: true } & (
  | { shown: readonly string[] }
  | { notShown: readonly string[] }
);

const INTENTS: readonly Intent[] = [
  {
    id: 'prices',
    label: 'Prices',
    tops: ['price', 'coin', 'chart', 'convert'],
    shown: ['price', 'coin', 'chart', 'convert'],
  },
  { id: 'compare', label: 'Compare', tops: ['compare'], shown: ['compare'] },
  { id: 'ask', label: 'Ask', tops: ['faq'], shown: ['faq'], beside: true },
  { id: 'bittensor', label: 'Bittensor', tops: ['network', 'subnet', 'subnets'], shown: ['network', 'subnets'] },
  { id: 'alerts', label: 'Alerts', tops: ['alert'], shown: ['alert create', 'alert list'] },
  { id: 'digests', label: 'Daily post', tops: ['digest'], shown: ['digest setup', 'digest list'] },
  { id: 'server', label: 'Your server', tops: ['ticker', 'faq-gaps'], shown: ['ticker set', 'faq-gaps'] },
];
/** Commands that no wish names: a new one is seen here until it has a wish. */
const REST: Intent = { id: 'more', label: 'More', tops: [], notShown: ['help', 'privacy delete'] };

/** What people want with the commands for it, without empty ones. */
function byIntent(commands: readonly Command[]): (Intent & { commands: readonly Command[] })[] {
  const intentOf = (command: Command) => INTENTS.find(({ tops }) => tops.includes(topName(command))) ?? REST;
  const groups = Map.groupBy(commands, intentOf);
  return [...INTENTS, REST].flatMap((intent) => {
    const members = groups.get(intent) ?? [];
    return members.length === 0 ? [] : [{ ...intent, commands: members }];
  });
}

function overview(commands: readonly Command[], { user }: Request): Card {
  const groups = byIntent(commands.filter(({ manage }) => manage !== true || user.canManage));
  const ways = 'Type a command with or without the slash, or just ask: "when is the next halving?".';
  return card('What I can do', [
    { kind: 'buttons', buttons: FIRST },
    ...shownOn('chat', [{ kind: 'list', plain: true, items: wishLines(groups) }]),
    ...groups.flatMap(({ label, commands: members }) =>
      shownOn('page', [
        { kind: 'heading', text: label },
        { kind: 'list', items: members.map(line) },
      ]),
    ),
    ...shownOn('page', [{ kind: 'note', spans: [ways] }]),
    ...shownOn('chat', [
      { kind: 'note', spans: ['Or mention me and just ask.'] },
      {
        kind: 'menu',
        placeholder: 'How to use them…',
        options: groups.map(({ id, label, commands: members }) => ({
          label,
          description: [...new Set(members.map((command) => `/${topName(command)}`))].join(' '),
          invocation: { command: 'help', args: { about: id } },
        })),
      },
    ]),
  ]);
}

/** A line for each wish, short ones beside each other. */
function wishLines(groups: ReturnType<typeof byIntent>): Span[][] {
  const lines: Span[][] = [];
  for (const { label, beside, commands, ...which } of groups) {
    const words = commands
      .filter(({ name }) => ('shown' in which ? which.shown.includes(name) : !which.notShown.includes(name)))
      .flatMap(({ name }): Span[] => [' ', { kind: 'code', text: `/${name}` }]);
    const spans: Span[] = [{ kind: 'bold', text: label }, ...words];
    if (beside === true) lines.at(-1)?.push('\u2003', ...spans);
    else lines.push(spans);
  }
  return lines;
}

/** One command, or a group like `/digest`: what it does, its arguments, an example. */
function helpOn(commands: readonly Command[], { user }: Request): Card {
  const [only, more] = commands;
  if (only === undefined || more !== undefined)
    return card(`/${only === undefined ? 'help' : topName(only)}`, [
      { kind: 'list', items: commands.map(line) },
      ...examples(commands),
      ...(user.canManage && commands.some(({ name }) => name === SET_UP.invocation.command)
        ? [{ kind: 'buttons', buttons: [SET_UP] } as const]
        : []),
    ]);
  const fields = visibleArgs(only).map(([name, spec]) => ({
    label: spec.required === true ? name : `${name} (optional)`,
    value: [spec.description],
  }));
  return card(`/${only.name}`, [
    { kind: 'text', spans: [`${only.summary}.`] },
    ...(fields.length === 0 ? [] : [{ kind: 'fields', fields } as const]),
    ...examples(commands),
  ]);
}

/** What people want, with everything for it. */
function helpWith({ label, commands }: { label: string; commands: readonly Command[] }): Card {
  return card(label, [
    { kind: 'list', items: commands.map(line) },
    ...examples(commands),
    { kind: 'buttons', buttons: [{ label: 'All commands', invocation: { command: 'help', args: {} } }] },
  ]);
}

function line(command: Command): Span[] {
  return [{ kind: 'code', text: signature(command) }, ` – ${command.summary}`];
}

function examples(commands: readonly Command[]): Block[] {
  const typed = commands.flatMap(({ example }) => (example === undefined ? [] : [example])).slice(0, 3);
  const spans = typed.flatMap((text, index): Span[] => [index === 0 ? 'For example ' : ' · ', { kind: 'code', text }]);
  return spans.length === 0 ? [] : [{ kind: 'text', spans }];
}

function card(title: string, blocks: readonly Block[]): Card {
  return { kind: 'help', outcome: 'ok', tone: 'info', title, blocks, private: true };
}

/** One line, where silence would look broken; in a conversation nothing is posted (see `needsNoAnswer`). */
function smallTalk(title: string): Card {
  return { ...card(title, []), kind: SMALL_TALK, private: false };
}

/** What to say to messages without a topic. */
const TALK: Readonly<Partial<Record<string, Card>>> = {
  ...TALK_CARDS,
  greeting: {
    ...card('Hi, I am taobot', [
      { kind: 'text', spans: ['Prices, charts and checked answers about Bittensor. Three things to try:'] },
      {
        kind: 'list',
        items: [
          [{ kind: 'code', text: 'price tao' }],
          [{ kind: 'code', text: 'when is the next halving?' }],
          [{ kind: 'code', text: 'compare tao near 30d' }],
        ],
      },
      { kind: 'buttons', buttons: START },
    ]),
    private: false,
  },
  thanks: smallTalk('Any time!'),
  yes: smallTalk('All right. If that was for a button, press it: words alone start nothing.'),
  aside: smallTalk('All right.'),
  bye: smallTalk('See you!'),
  help: card('What I can do', [
    {
      kind: 'text',
      spans: [
        'I know live prices, charts, conversions, the state of the Bittensor network, and checked answers with sources.',
      ],
    },
    { kind: 'buttons', buttons: START },
  ]),
};

/** The button is for those who can use it where they ask; nobody else is led to a refusal. */
function howToSetUp({ user }: Request): Card {
  const all: Button = { label: 'All digest commands', invocation: { command: 'help', args: { about: 'digest' } } };
  const text = user.canManage
    ? 'Go to the channel and type `/digest setup`, or press the button to set it up here: you choose the time, your time zone and the coins, and see it before anything is posted. You need the right to manage the channel.'
    : 'Whoever manages the channel types `/digest setup` there: they choose the time, their time zone and the coins, and see it before anything is posted.';
  return card('A daily post for a channel', [
    { kind: 'text', spans: withCode(text) },
    { kind: 'buttons', buttons: [...(user.canManage ? [{ ...SET_UP, style: 'primary' } as const] : []), all] },
  ]);
}

// What the fakes of the platforms must know, and the tests from the documents that show it.
import type { Fault } from './fault.ts';

export const FAKES: readonly Fault[] = [
  {
    fault: 'Discord',
    was: 'a fake that agrees with our code',
    tests: [
      [
        'fakes/discord/documents.test.ts',
        'get-channel-messages: "missing the READ_MESSAGE_HISTORY permission … then no messages will be returned"',
      ],
      ['fakes/discord/documents.test.ts', 'create-message: a reply needs Read Message History (160002)'],
      [
        'fakes/discord/documents.test.ts',
        'get-channel-messages, create-message: View Channel is required (50001 missing access)',
      ],
      [
        'fakes/discord/documents.test.ts',
        'interaction-object: app_permissions are those of the app in the place of the interaction',
      ],
      [
        'fakes/discord/documents.test.ts',
        'sharding: a server belongs to one shard, direct messages to shard 0; one may fall silent while others go on',
      ],
      [
        'fakes/discord/documents.test.ts',
        'create-message: enforce_nonce returns the earlier message, for "the past few minutes" only',
      ],
      ['fakes/discord/documents.test.ts', 'rate limits: Retry-After may be five minutes'],
      [
        'fakes/discord/documents.test.ts',
        'application-commands, autocomplete: options "are not confined to only use choices given", so a label may come back',
      ],
    ],
  },
  {
    fault: 'Slack',
    was: 'a fake that agrees with our code',
    tests: [
      [
        'bots/slack/fake-slack.test.ts',
        'says for whose installation something is: a workspace, a shared channel, an organisation',
      ],
      [
        'bots/slack/fake-slack.test.ts',
        'lists the newest messages first, between oldest and latest, both excluded unless inclusive',
      ],
      ['bots/slack/fake-slack.test.ts', 'gives pages with a cursor, and has_more until the last one'],
      ['bots/slack/fake-slack.test.ts', 'gives apps outside of the Marketplace 15 messages once a minute'],
      ['bots/slack/fake-slack.test.ts', 'a private channel without us'],
      [
        'bots/slack/fake-repeats.test.ts',
        'retries: "nearly immediately", after 1 minute, after 5 minutes, with x-slack-retry-num and -reason and the same event_id',
      ],
      [
        'bots/slack/fake-repeats.test.ts',
        'delayed events: after the three retries one an hour, until it is taken, for a day',
      ],
      [
        'bots/slack/fake-repeats.test.ts',
        'disconnect, %s: it goes on to deliver and to take acknowledgements for about ten seconds, beside a new one',
      ],
      [
        'bots/slack/fake-repeats.test.ts',
        'acknowledge: an event that is not acknowledged, or whose connection ends before, comes again on another one',
      ],
    ],
  },
];

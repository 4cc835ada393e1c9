// Faults on Discord, and the tests that keep each from coming back.
import type { Fault } from './fault.ts';

export const DISCORD: readonly Fault[] = [
  {
    fault: '9',
    was: 'mentions are never answered without Read Message History',
    tests: [
      [
        'bots/discord/rights.test.ts',
        'are answered without a reference where Read Message History is missing (%s), and the next one at once',
      ],
    ],
  },
  {
    fault: '10',
    was: 'two processes delete two digests, count a vote twice, answer a mention twice',
    tests: [
      ['bots/discord/receive/two-processes.test.ts', 'delete one digest for one command'],
      ['bots/discord/receive/two-processes.test.ts', 'count one vote, and answer a mention once'],
      [
        'bots/discord/receive/two-processes.test.ts',
        'do nothing before the platform took an acknowledgement while the store hangs',
      ],
      [
        'digests/list-commands.test.ts',
        'a number means a line of the list that this person saw last, whatever happened since',
      ],
      [
        'e2e/instances/instances.test.ts',
        'one answer per event, one effect per press, one post per slot; back by itself within 30 s',
      ],
    ],
  },
  {
    fault: '11',
    was: 'a button on a public card can destroy it',
    tests: [
      [
        'bots/discord/send/public-cards.test.ts',
        'leaves the card until the answer is there, and tells the person privately that it takes longer',
      ],
      [
        'bots/discord/send/public-cards.test.ts',
        'keeps the card where Discord %s, and the person hears of it privately',
      ],
    ],
  },
  {
    fault: '12',
    was: '"not sure" about the message of somebody else is shown to everybody when the database is slow',
    tests: [['bots/discord/send/public-cards.test.ts', 'stays private when everybody was told that it takes longer']],
  },
  {
    fault: '13',
    was: 'one silent shard takes all with it; 4011 is fatal; the wall clock says who lives',
    tests: [
      [
        'bots/discord/receive/silent-shards.test.ts',
        'one shard of three that is %s comes back alone, and its questions are answered',
      ],
      [
        'bots/discord/receive/silent-shards.test.ts',
        'more shards are opened when Discord asks for them (4011), at login and later',
      ],
      ['bots/discord/receive/silent-shards.test.ts', 'a wall clock that is set forward or back is no silence'],
    ],
  },
  {
    fault: '14',
    was: 'roles and overwrites of the channel do not decide',
    tests: [
      ['bots/discord/rights.test.ts', 'is decided by the overwrites of the channel, for text commands'],
      ['bots/discord/rights.test.ts', 'is decided again in the channel of the digest when a draft is confirmed'],
    ],
  },
  {
    fault: '15, 20b',
    was: '`/digest` is offered to everybody; default_member_permissions is a number',
    tests: [
      [
        'bots/discord/registration.test.ts',
        'declares commands everywhere, those of a channel in servers only, with rights as text where one of a group needs them',
      ],
      ['fakes/discord/documents.test.ts', 'application-commands: default_member_permissions is text'],
      [
        'wiring/health.test.ts',
        'prices: old ones are no fault while nobody asks, and one with its reason when the source fails',
      ],
      [
        'wiring/ready-reasons.test.ts',
        'a platform that does not let us in: not ready, in words that say what to look at; livez goes on',
      ],
      [
        'wiring/ready-reasons.test.ts',
        'a platform that cannot be reached beside one that is connected: said, and ready',
      ],
      ['wiring/ready-reasons.test.ts', 'a database that cannot be read, and ready again when it can'],
      ['wiring/ready-reasons.test.ts', 'ticks that do not get through, as somebody holds the database: since when'],
      ['wiring/ready-reasons.test.ts', 'prices that are old because their source fails: how old, and why'],
    ],
  },
];

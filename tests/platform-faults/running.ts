// Faults of setting up, of the process and under load, and the tests that keep each from coming back.
import type { Fault } from './fault.ts';

export const SETTING_UP: readonly Fault[] = [
  {
    fault: '21',
    was: 'a digest is taken where the bot cannot post',
    tests: [
      ['digests/manage/setting-up.test.ts', 'is refused with the remedy where the bot cannot post'],
      ['bots/discord/rights.test.ts', 'is told with the missing rights by name'],
      ['bots/slack/send/targets.test.ts', 'says whether posts can arrive: %s'],
      ['digests/manage/setting-up.test.ts', 'says why the last post was refused while it still runs'],
    ],
  },
  {
    fault: '22',
    was: 'equal digests are two posts',
    tests: [
      ['digests/manage/setting-up.test.ts', 'asks back when the same one is there already, and only then'],
      [
        'digests/commands.test.ts',
        'offers to replace the same digest or to add a second, and does the one that is pressed, once',
      ],
    ],
  },
  {
    fault: '23, 25',
    was: 'channels are numbers; managers see the digests of one channel only',
    tests: [
      ['digests/list-commands.test.ts', 'lists the digests of other channels everywhere, for those who manage only'],
      ['bots/discord/render/named-channels.test.ts', 'a digest and an alert of another channel: set, listed, changed'],
      ['bots/discord/render/named-channels.test.ts', 'an answer to "%s" repeats no number'],
      [
        'bots/discord/render/named-channels.test.ts',
        'the message about a digest whose channel was deleted names it as a mention, in a direct message',
      ],
      ['bots/slack/render/named-channels.test.ts', 'a digest and an alert of another channel: set and listed'],
      ['bots/slack/render/named-channels.test.ts', 'an answer to "%s" repeats no id'],
      [
        'bots/discord/digests.test.ts',
        'are listed and managed from elsewhere by a manager who mentions the bot; for others there are only those here',
      ],
    ],
  },
  {
    fault: '24',
    was: 'nobody hears that a digest stopped',
    tests: [
      [
        'delivery/limits/refusing-channels.test.ts',
        'is written to once, however often it is tried again in vain, and once more when it is retired',
      ],
      [
        'delivery/limits/refusing-channels.test.ts',
        'hears of it with the next command where direct messages are closed',
      ],
    ],
  },
];

export const RUNNING: readonly Fault[] = [
  {
    fault: '26',
    was: '27,700 invalid requests in ten minutes',
    tests: [
      ['bots/discord/send/invalid-requests.test.ts', "on the gateway's address"],
      ['bots/discord/send/invalid-requests.test.ts', 'on every other route under load'],
    ],
  },
  {
    fault: '27',
    was: 'above its capacity the bot answers almost nothing, over thousands of connections',
    tests: [
      [
        'bots/discord/receive/load/admission.test.ts',
        'refuses before any work what waited for two seconds, says so, and recovers',
      ],
      [
        'bots/discord/send/connections.test.ts',
        '64 at a time; an answer to a person goes before posts that came earlier',
      ],
      [
        'bots/slack/send/connections.test.ts',
        'a burst of mentions, commands and charts that must be uploaded, while Slack is slow',
      ],
    ],
  },
  {
    fault: '28',
    was: 'the documented backup posts twice',
    tests: [
      [
        'delivery/restore/restore-sqlite.test.ts',
        'bring the database back, keep the newer mark and the replaced database, and nothing is posted twice',
      ],
      ['delivery/restore/restore-sqlite.test.ts', '%s is noticed and posts nothing again'],
      [
        'delivery/restore/restore-postgres.test.ts',
        'skips what was due in the lost time, and goes on with the next day',
      ],
    ],
  },
  {
    fault: '29',
    was: 'npm leaves an orphan; a closed pipe or terminal ends the bot; a database that is away at the start is fatal',
    tests: [
      ['e2e/process.test.ts', 'npm start hands SIGTERM to the bot, and no orphan stays behind'],
      ['e2e/process.test.ts', 'goes on when the reader of its output ends and when its terminal hangs up'],
      ['e2e/process.test.ts', 'waits at the start for a database that is away, and can be stopped meanwhile'],
      ['e2e/process.test.ts', 'the flags of npm start: a signal that opens the debugger of any other Node opens none'],
    ],
  },
  {
    fault: '30',
    was: 'an answer waits for bookkeeping; bodies are kept beyond their minute',
    tests: [
      ['store/sqlite/full-disk.test.ts', 'questions are answered, also those that we want to remember'],
      ['delivery/bodies.test.ts', 'are dropped after their minute'],
    ],
  },
];

// Faults on Slack, and the tests that keep each from coming back.
import type { Fault } from './fault.ts';

export const SLACK: readonly Fault[] = [
  {
    fault: '16',
    was: 'mentions in shared channels are ignored; organisations do not work; a reinstall is undone',
    tests: [
      [
        'bots/slack/auth/install.test.ts',
        'answers a channel that another company shares with the token of the one that installed it',
      ],
      [
        'bots/slack/auth/install.test.ts',
        'serves all workspaces of an organisation with one installation, and ends the digests of all with it',
      ],
      ['bots/slack/auth/install.test.ts', 'keeps a new installation when the news of the old one come %s'],
    ],
  },
  {
    fault: '17',
    was: 'the look for an earlier post sees the newest pages only',
    tests: [
      [
        'bots/slack/send/find-post.test.ts',
        'finds a post with thousands of later messages by looking around the attempt only',
      ],
    ],
  },
  {
    fault: '18',
    was: 'the Home tab says "none yet" and blocks itself; creators of a channel cannot confirm',
    tests: [
      [
        'bots/slack/receive/home-tab.test.ts',
        'does not tell members that there are no digests, and says how to see those of a channel',
      ],
      ['bots/slack/receive/home-tab.test.ts', "the Home tab uses up nobody's questions"],
      [
        'bots/slack/auth/admins.test.ts',
        'confirms a digest for another channel by the rights there, not by those of the channel of the button',
      ],
    ],
  },
  {
    fault: '19',
    was: 'the forms of one post outlast its deadline',
    tests: [
      [
        'bots/slack/send/posts.test.ts',
        'keeps one deadline for all forms of a post: nothing leaves when the whole took too long',
      ],
    ],
  },
  {
    fault: '20',
    was: 'a gap between two sockets',
    tests: [
      ['bots/slack/life.test.ts', 'loses nothing while a connection is replaced: %s'],
      [
        'bots/slack/receive/repeats.test.ts',
        'no slash command fails from the notice to the end of the old connection: %s',
      ],
      [
        'bots/slack/receive/repeats.test.ts',
        'a mention that goes down with a connection comes again on the next one, and is answered once',
      ],
    ],
  },
  {
    fault: '20a',
    was: 'one lost response_url means silence; three 429 drop a mention; the Home tab is not published again',
    tests: [
      ['bots/slack/send/lost-answers.test.ts', 'repeats a private answer whose response address is %s'],
      ['bots/slack/send/lost-answers.test.ts', 'tells a public answer privately unless it is found: it %s'],
      ['bots/slack/send/lost-answers.test.ts', 'waits as long as a response address says'],
      ['bots/slack/send/lost-answers.test.ts', 'does not drop a mention that Slack tells to wait again and again'],
      ['bots/slack/send/lost-answers.test.ts', 'publishes the Home tab again after a fault'],
      [
        'bots/slack/receive/repeats.test.ts',
        'an event whose acknowledgements are lost is answered once: three repeats, a new process, and a repeat an hour later',
      ],
      [
        'bots/slack/receive/repeats.test.ts',
        'an event that came while the bot was away for hours is answered when Slack sends it again, once',
      ],
    ],
  },
];

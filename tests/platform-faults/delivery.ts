// Faults of the delivery engine, and the tests that keep each from coming back.
import type { Fault } from './fault.ts';

export const DELIVERY: readonly Fault[] = [
  {
    fault: '1',
    was: 'a database host that vanishes stops all digests without a word',
    tests: [
      [
        'store/vanished-host.test.ts',
        'a call ends with an error, and the next one after the return of the host gets a connection of its own',
      ],
      [
        'delivery/watchdog.test.ts',
        'a database that vanishes: ticks fail and say so once a minute, health tells, and all goes on when it is back',
      ],
      [
        'e2e/process.test.ts',
        'with a database that vanished: says so in /readyz and /metrics, and ends in order on SIGTERM',
      ],
      ['bots/slack/receive/seen-events.test.ts', 'waits a second at most for a store that hangs'],
    ],
  },
  {
    fault: '2',
    was: 'without Read Message History one digest is posted up to seven times',
    tests: [
      [
        'delivery/limits/refusals.test.ts',
        'Discord without history: one repeat beyond the time of the key, however often it is tried',
      ],
      ['bots/discord/rights.test.ts', 'does not take hidden history for an absent post'],
    ],
  },
  {
    fault: '3',
    was: 'a process that is stopped between mark and post posts again',
    tests: [
      ['delivery/attempt/departure.test.ts', '%s: it does not post, and posts once when it may again'],
      ['delivery/attempt/stopped-process.test.ts', 'stopped for %i ms'],
      ['delivery/kills/stopped.test.ts', '$platform: stopped for $stoppedMs ms, no duplicate, none missing'],
      [
        'delivery/kills/stopped-sqlite.test.ts',
        '$platform: stopped for $stoppedMs ms, then it $end: no duplicate, none missing, and others tell what is overdue',
      ],
    ],
  },
  {
    fault: '4',
    was: 'posts that wait in our own pacer count as unclear',
    tests: [['delivery/attempt/departure.test.ts', 'are not in doubt, cost no try, and go out once the queue moves']],
  },
  {
    fault: '5',
    was: 'a thousand workspaces due in one minute hold the event loop',
    tests: [
      [
        'delivery/fair-turns.test.ts',
        '$tenants workspaces, a loop $loop: no turn has more than its share of statements, $open are open at once, and they share writes',
      ],
    ],
    missing:
      'on two shared cores the longest turn takes more than 50 ms by the clock, though it computes for less (`npm run bench tenants`)',
  },
  {
    fault: '6',
    was: 'a mark from the future skips every digest until the next restart',
    tests: [
      [
        'delivery/restore/restore-sqlite.test.ts',
        'skips what is due until now and no more, is said, and is gone at the next start',
      ],
    ],
  },
  {
    fault: '7',
    was: 'rows of servers that removed the bot are kept and tried for ever',
    tests: [
      [
        'delivery/maintenance.test.ts',
        'a server that removed the bot: nothing is tried from that moment on, and in 30 days nothing of it is left',
      ],
      ['wiring/removal.test.ts', '%s: a digest, alerts, a list and a post, then the removal: nothing names the person'],
      ['bots/discord/receive/places.test.ts', '%s is gone: its digest is retired at once, and its alert'],
      ['bots/discord/receive/places.test.ts', 'a stopped digest goes on when %s, once the bot may post again'],
      ['bots/slack/receive/places.test.ts', '%s: the digest is retired at once'],
    ],
  },
  {
    fault: '8',
    was: 'two processes migrate one fresh SQLite file at once',
    tests: [
      ['store/sqlite/processes.test.ts', 'a fresh file that many open at once is made once, and serves all of them'],
      [
        'store/sqlite/processes.test.ts',
        'who waits too long for another to bring the schema up to date is told what is going on',
      ],
    ],
  },
];

// Settings, files, clocks and machines that are wrong, and the tests that try them.
import type { Tried } from './place.ts';

const SETTINGS = 'config/settings.test.ts';
const START = 'e2e/start.test.ts';
const DISK = 'store/sqlite/disk.test.ts';
const STORE = 'store/store.test.ts';

export const SET_UP: readonly Tried[] = [
  ['tokens in quotes, of another kind, or in each other’s place', SETTINGS, '%s=%s'],
  [
    'a token with a word before it',
    START,
    'end with 78 before any call, all at once, with an example and without the value',
  ],
  [
    'every secret in a wrong form',
    'canaries/start.test.ts',
    'every secret in a wrong form: exit 78, all of them named, none shown',
  ],
  ['a password that breaks the address of the database', SETTINGS, '%s=%s'],
  [
    'a database that is away',
    'e2e/process.test.ts',
    'waits at the start for a database that is away, and can be stopped meanwhile',
  ],
  [
    'a database that repeats the password',
    'canaries/start.test.ts',
    'a database that refuses the password and repeats it: exit 1, a sentence without it',
  ],
  ['a public address with a path, on Slack', 'bots/slack/public-path.test.ts', 'pictures of charts'],
  [
    'a shell whose new files everybody can read',
    'e2e/file-modes.test.ts',
    'started with umask 022: the database, its siblings and its backups can be read by nobody else',
  ],
  ['a database file that is a folder', DISK, 'a path that is a folder, and one below a file'],
  ['a folder that nobody may write', DISK, 'a folder that cannot be made or written'],
  ['a data directory that is read-only at the start', DISK, 'a folder that is read-only around a database'],
  ['a disk that is full at the start', DISK, 'full at the start: a sentence that says so, and nothing is lost'],
  [
    'a second process on one file',
    'delivery/kills/crash.test.ts',
    'a second process on the same SQLite file stands by',
  ],
  [
    'a second process while the first is stopped',
    'delivery/kills/stopped.test.ts',
    '$platform: stopped for $stoppedMs ms, no duplicate, none missing',
  ],
  ['a SQLite that can damage files', STORE, 'the SQLite of this Node is newer than the fault that could damage files'],
  [
    'a schema of a newer version',
    'store/whose-database.test.ts',
    'a newer version: the step that it does not know is named',
  ],
  [
    'a schema of a newer version, to a supervisor',
    'e2e/process.test.ts',
    'a database of a newer version is not started on: exit 78, which no supervisor starts again',
  ],
  [
    'a move beside a bot that posts nothing, and a bot that starts in the middle of one',
    'store/move.test.ts',
    'refuses while a bot runs that posts nothing, which would write on; a bot that starts meanwhile waits',
  ],
  [
    'a restore beside a bot that posts nothing',
    'store/backup.test.ts',
    'not while a bot has the file open, also one that posts nothing',
  ],
  [
    'a removal of data from a database that was moved away',
    'wiring/forget.test.ts',
    'a database that was moved away: what is there, and that the bot has another one',
  ],
  ['a proxy that is everybody, so that everybody could be anybody', SETTINGS, '%s=%s'],
  [
    'time zones older than the law',
    'digests/commands.test.ts',
    'warns in a zone whose law is newer than the data here',
  ],
  [
    'a time zone that the data of this Node does not hold',
    'digests/manage/unknown-zone.test.ts',
    'when another try is due, the ones behind it get theirs',
  ],
  [
    'a clock that is years wrong',
    'alerts/clock-steps.test.ts',
    'alerts that ended because the clock was 40 days ahead go on when it is set back, paused ones paused',
  ],
  [
    'a clock that differs from that of a source',
    'http/client.test.ts',
    'our clock is compared with that of the far end',
  ],
  ['the most detailed log', 'bots/discord/hostile.test.ts', 'logs neither what was typed nor tokens'],
  ['a secret in an error of a library', 'canaries/causes.test.ts', '%s in an error'],
  [
    'a proxy in the environment that nobody set for us',
    'http/proxy.test.ts',
    'a proxy of the environment is not asked',
  ],
  [
    'an address of a source inside the network',
    START,
    'end with 78 before any call, all at once, with an example and without the value',
  ],
  ['zero, negative and empty settings', SETTINGS, '%s=%s'],
  ['a secret with a # and without quotes', 'config/cut-values.test.ts', '%s'],
  ['a file of settings that everybody can read', 'e2e/environment-file.test.ts', 'a file with mode %o: %i warnings'],
  [
    'a package that was published today',
    'deploy/supply-chain.test.ts',
    'npm refuses other install scripts and versions younger than a week, and every package is pinned by its hash',
  ],
];

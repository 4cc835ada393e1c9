// No secret comes out of what is thrown, however deep in the chain of causes it stands, nor out of what libraries log by themselves.
import { expect, it } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { boltLog } from '../../src/bots/slack/auth/bolt-log.ts';
import { readConfig } from '../../src/config/config.ts';
import { secretsOf } from '../../src/config/secrets.ts';
import { SETTINGS } from '../../src/config/settings.ts';
import { cronLog } from '../../src/wiring/cron-log.ts';
import { CANARIES, canariesIn, canarySettings, SEVERAL, SOCKET } from './canaries.ts';

const DATABASE_URL = `postgres://taobot:${encodeURIComponent(CANARIES.databasePassword)}@db.example/taobot`;
const secrets = [SOCKET, SEVERAL].flatMap((slack) =>
  secretsOf(readConfig({ ...canarySettings('http://127.0.0.1:1'), ...slack, DATABASE_URL })),
);

function open() {
  const lines: string[] = [];
  return { lines, log: createLog({ level: 'trace', secrets, write: (line) => void lines.push(line) }) };
}

/** Where a library may have put it. */
const places = (secret: string): unknown[] => [
  new Error(secret),
  new Error('one', { cause: new TypeError('two', { cause: new Error(`three ${secret}`) }) }),
  new AggregateError([new Error(secret)], `all of them failed ${secret}`),
  Object.assign(new Error('refused'), {
    code: secret,
    status: secret,
    request: { headers: { authorization: secret } },
  }),
  new Error(`first line\nsecond line ${secret}\nthird`),
  { body: JSON.stringify({ token: secret }) },
  secret,
];

it('every setting that holds a secret, and every address that we ask, has a canary, and the log knows it', () => {
  const given: Record<string, string> = {
    ...canarySettings('http://127.0.0.1:1'),
    ...SOCKET,
    ...SEVERAL,
    DATABASE_URL,
  };
  const asked = Object.entries(SETTINGS).filter(
    ([name, setting]) => ('secret' in setting && setting.secret) || /_(API|RPC|ARCHIVE)_URL$/.test(name),
  );
  const keyless = ['DISCORD_API_URL', 'SLACK_API_URL']; // the platforms take tokens, never keys in a path
  const watched = (value: string) => Object.values(CANARIES).some((one) => decodeURIComponent(value).includes(one));
  const names = asked.map(([name]) => name).filter((name) => !keyless.includes(name));
  expect(names.length).toBeGreaterThanOrEqual(14);
  expect(names.filter((name) => !watched(given[name] ?? ''))).toEqual([]);
  const known = Object.keys(CANARIES).filter((name) => name !== 'slackInstalledToken' && name !== 'slackOauthCode');
  const unknown = known.filter((name) => !secrets.includes(CANARIES[name as keyof typeof CANARIES]));
  expect(unknown).toEqual([]); // of the other two only the shape is known
});

const forms = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`,
];

it.each(Object.keys(CANARIES) as (keyof typeof CANARIES)[])('%s in an error', (name) => {
  const { log, lines } = open();
  const known = name !== 'slackInstalledToken' && name !== 'slackOauthCode'; // of these only the shape is known
  for (const secret of known ? forms(CANARIES[name]) : [CANARIES[name]])
    for (const err of places(secret)) log.error({ err, detail: String(err), reason: String(err) }, 'failed');
  expect(lines).toHaveLength(known ? 21 : 7);
  expect(canariesIn(lines.join('\n'))).toEqual([]);
});

it.each([150, 190, 270, 290, 480])('%i characters before a token, in the words of a library', (before) => {
  const { log, lines } = open();
  const words = `${'.'.repeat(before)}${CANARIES.slackClientSecret}`;
  boltLog(log).error('refused', new Error(words));
  boltLog(log).warn(words);
  cronLog(log, () => 0).error(words, new Error(words));
  expect(lines).toHaveLength(3);
  expect(lines.join('\n')).not.toMatch(/canary|client-sec/);
});

// `npm run ask -- --platform discord`: the answer as that platform gets it, in its words, and nothing of it is kept.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { IN_MEMORY, readConfig } from '../../src/config/config.ts';
import { askOnce } from '../../src/wiring/ask.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function asked(words: readonly string[], environment: Record<string, string>): Promise<string> {
  let out = '';
  await askOnce({
    words,
    config: readConfig(environment),
    version: '0',
    log: createLog({ level: 'silent', secrets: [], write: () => undefined }),
    now: () => Date.now(),
    write: (text) => (out += text),
  });
  return out;
}

it.each(['discord', 'slack'])('an alert on %s tells in a direct message, in the terminal here', async (platform) => {
  const environment = { DATABASE_URL: IN_MEMORY };
  const payload = await asked(['--demo', '--platform', platform, '/alert tao above 300'], environment);
  expect(payload).toContain('you, in a direct message');
  expect(payload).not.toContain('you, here');
  expect(await asked(['--demo', '/alert tao above 300'], environment)).toContain('you, here');
});

it('a command that one platform has is answered for it', async () => {
  const payload = await asked(['--demo', '--platform', 'discord', '/ticker set tao'], { DATABASE_URL: IN_MEMORY });
  expect(payload).not.toContain('works in Discord servers only');
});

it('a preview leaves the database alone', async () => {
  const nowhere = 'http://127.0.0.1:9';
  const environment = {
    DATABASE_URL: `sqlite:${path.join(folder, 'taobot.db')}`,
    COINGECKO_API_URL: nowhere,
    SUBTENSOR_RPC_URL: nowhere,
  };
  expect(await asked(['--platform', 'slack', '/digest list'], environment)).toContain('No digests here yet');
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  [['--demo', '--platform', 'discord', '--platform', 'slack', '/price tao'], /^--platform stands there twice\./],
  [['--demo', '--json', '--platform', 'slack', '/price tao'], /^--json or --platform, not both\./],
  [['--demo', '--platform', '/price tao'], /^--platform is discord or slack\./],
  [['/alert', 'tao', '-5%', '1h'], /^There is no option -5\. Put the question in quotes\./],
])('%j: nothing of it is dropped silently, and what to do is said', async (words, said) => {
  await expect(asked(words, { DATABASE_URL: IN_MEMORY })).rejects.toThrow(said);
});

it('one unknown coin among others: the list of all coins is waited for here, too', async () => {
  const answer = await asked(['--demo', '/price tao xyzzyplugh'], { DATABASE_URL: IN_MEMORY });
  expect(answer).toMatch(/xyzzyplugh {2}unknown coin/);
  expect(answer).not.toContain('still loading');
});

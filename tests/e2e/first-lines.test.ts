// The first lines that somebody reads: what the modes are, what is odd about the settings, and where the web page is.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { exitOf } from './program.ts';

const MAIN = path.join(import.meta.dirname, '../../src/main.mjs');
const NOWHERE = 'http://127.0.0.1:9';

it.each(['--help', 'help', 'demo --help'])(
  '%s: the modes, exit 0, nothing on stderr, whatever the settings',
  async (words) => {
    const env = { DISCORD_TOKEN: 'a-wrong-token' };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [MAIN, ...words.split(' ')], { env });
    expect(stderr).toBe('');
    for (const mode of ['start', 'demo', 'ask', 'backup', 'restore', 'move', 'forget', 'slack-manifest'])
      expect(stdout).toMatch(new RegExp(`^  ${mode} `, 'm'));
  },
);

it.each(['demo now', 'slack-manifest app', 'restore one two', 'move postgres://bot:secret@here/taobot again'])(
  '%s: refused, not partly done',
  async (words) => {
    const end = promisify(execFile)(process.execPath, [MAIN, ...words.split(' ')]);
    await expect(end).rejects.toMatchObject({ code: 1, stdout: '' });
    const { stderr } = (await end.catch((error: unknown) => error)) as { stderr: string };
    expect(stderr).toMatch(/^"[a-z-]+" takes (no words|one word at most), and (1 was|2 were) given\.\nUsage: /);
    expect(stderr).not.toContain('secret');
  },
);

it('a line of .env that sets nothing is warned about first, and an IPv6 address is printed so that it can be opened', async () => {
  const cwd = mkdtempSync(path.join(tmpdir(), 'taobot-lines-'));
  writeFileSync(path.join(cwd, '.env'), 'LOG_LEVEL=silent\nDEFAULT_CURRENCY: eur\n', { mode: 0o600 });
  const env = {
    HOST: '::1',
    PORT: '0',
    DATABASE_URL: 'sqlite::memory:',
    COINGECKO_API_URL: NOWHERE,
    SUBTENSOR_RPC_URL: NOWHERE,
    SUBTENSOR_ARCHIVE_URL: 'none',
    MARKET_FALLBACKS: 'none',
  };
  const child = spawn(process.execPath, [MAIN], { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await expect.poll(() => out, { timeout: 40_000 }).toMatch(/web +on +http:\/\/\[::1\]:\d+\n/);
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
  rmSync(cwd, { recursive: true });
  expect(out).toMatch(/^warning .*: line 2: write it as DEFAULT_CURRENCY=…\n/);
});

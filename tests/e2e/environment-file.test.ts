// The file of settings in the working folder: it is read, and one that others on the machine can read is warned about, once, without what it holds; so is a
// mistyped name.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { exitOf, firstAnswer, freePort } from './program.ts';

const MAIN = path.join(import.meta.dirname, '../../src/main.mjs');
const NOWHERE = 'http://127.0.0.1:9';
const SECRET = 'a-secret-for-scrapes-1';

it.each([
  [0o640, 0],
  [0o604, 1],
])('a file with mode %o: %i warnings', async (mode, warnings) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-env-'));
  const port = await freePort();
  const settings = {
    PORT: String(port),
    METRICS_TOKEN: SECRET,
    DISCORD_TOKN: SECRET,
    DATABASE_URL: 'sqlite::memory:',
    COINGECKO_API_URL: NOWHERE,
    SUBTENSOR_RPC_URL: NOWHERE,
    SUBTENSOR_ARCHIVE_URL: 'none',
    MARKET_FALLBACKS: 'none',
  };
  const file = path.join(folder, '.env');
  writeFileSync(
    file,
    Object.entries(settings)
      .map((pair) => `${pair.join('=')}\n`)
      .join(''),
  );
  chmodSync(file, mode);
  const child = spawn(process.execPath, [MAIN], { cwd: folder, env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  expect((await firstAnswer(`http://127.0.0.1:${port}/metrics`)).status).toBe(401); // the file was read
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
  rmSync(folder, { recursive: true });
  expect(err.split('\n').filter((line) => line.includes('others on this machine can read .env'))).toHaveLength(
    warnings,
  );
  for (const said of [out, err]) expect(said).toContain('DISCORD_TOKN: is DISCORD_TOKEN meant?');
  expect(out.match(/warning  others on this machine can read \.env/g) ?? []).toHaveLength(warnings);
  expect(out + err).not.toContain(SECRET);
});

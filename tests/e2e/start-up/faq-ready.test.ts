// The FAQ is made ready after the start, before anybody asks: seen by what the log says when its model is damaged.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { exitOf } from '../program.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'faq-ready-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const NOWHERE = 'http://127.0.0.1:9';

it('where a platform is on, a damaged model is reported without a question', async () => {
  for (const name of ['src', 'package.json'])
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'src/faq/model.bin'), 'not a model');
  const program = spawn(process.execPath, ['src/main.mjs'], {
    cwd: folder,
    env: {
      PORT: '0',
      NODE_COMPILE_CACHE: path.join(folder, 'cache'),
      DATABASE_URL: 'sqlite::memory:',
      COINGECKO_API_URL: NOWHERE,
      MARKET_FALLBACKS: 'none',
      SUBTENSOR_RPC_URL: NOWHERE,
      SLACK_BOT_TOKEN: 'xoxb-fake-token-1',
      SLACK_APP_TOKEN: 'xapp-fake-token-1',
      SLACK_API_URL: `${NOWHERE}/api/`,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  program.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await expect.poll(() => log, { timeout: 25_000 }).toContain('questions cannot be answered');
  program.kill('SIGTERM');
  expect(await exitOf(program)).toBe(0);
});

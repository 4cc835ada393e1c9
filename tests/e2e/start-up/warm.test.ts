// After an install `warm` has filled both caches: a start finds every file compiled and the content checked, from the first one on.
import { execFile, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { exitOf } from '../program.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'warm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const NOWHERE = 'http://127.0.0.1:9';

/** As after `npm ci`: the packages of this checkout, caches of its own. */
function install(): void {
  for (const name of ['src', 'package.json'])
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  const packages = path.join(ROOT, 'node_modules');
  mkdirSync(path.join(folder, 'node_modules'));
  for (const name of readdirSync(packages).filter((one) => one !== '.cache'))
    symlinkSync(path.join(packages, name), path.join(folder, 'node_modules', name));
}

/** Node's own report of what it read from the compile cache until the bot was on, with both platforms. */
async function reportOfStart(): Promise<string> {
  const reports = path.join(folder, 'reports'); // a file: what a full pipe does not take at once is lost
  const file = openSync(reports, 'w');
  const program = spawn(process.execPath, ['src/main.mjs'], {
    cwd: folder,
    env: {
      NODE_DEBUG_NATIVE: 'COMPILE_CACHE',
      PORT: '0',
      DATABASE_URL: 'sqlite::memory:',
      COINGECKO_API_URL: NOWHERE,
      MARKET_FALLBACKS: 'none',
      SUBTENSOR_RPC_URL: NOWHERE,
      DISCORD_TOKEN: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB',
      DISCORD_API_URL: `${NOWHERE}/api`,
      SLACK_BOT_TOKEN: 'xoxb-fake-token-1',
      SLACK_APP_TOKEN: 'xapp-fake-token-1',
      SLACK_API_URL: `${NOWHERE}/api/`,
    },
    stdio: ['ignore', 'pipe', file],
  });
  closeSync(file);
  const ended = exitOf(program);
  let shown = '';
  const on = new Promise<void>((resolve) =>
    program.stdout?.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      if (/market\s+on/.test(shown)) resolve();
    }),
  );
  await Promise.race([on, ended]);
  program.kill('SIGTERM');
  expect(await ended).toBe(0);
  return readFileSync(reports, 'utf8');
}

/** Of one question on the samples, whose own modules no start loads. */
async function reportOfQuestion(): Promise<string> {
  const reports = path.join(folder, 'question-reports');
  const file = openSync(reports, 'w');
  const asked = spawn(process.execPath, ['src/main.mjs', 'ask', '--demo', 'what is a subnet?'], {
    cwd: folder,
    env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
    stdio: ['ignore', 'ignore', file],
  });
  closeSync(file);
  expect(await exitOf(asked)).toBe(0);
  return readFileSync(reports, 'utf8');
}

const readingsIn = (report: string) =>
  [...report.matchAll(/reading cache from \S+ for \S+ (\S+)(.*)/g)].map(([, file, how]) => [file, how]);

it('a start after it compiles nothing and reads no content anew', async () => {
  install();
  await promisify(execFile)(process.execPath, ['src/main.mjs', 'warm'], { cwd: folder });
  const caches = path.join(folder, 'node_modules/.cache/taobot');
  const content = path.join(caches, 'content.json');
  expect(existsSync(content)).toBe(true);
  const report = await reportOfStart();
  const read = readingsIn(report);
  const own = read.filter(([file]) => file?.includes('/src/'));
  expect(own.length).toBeGreaterThan(200);
  expect(read.filter(([file]) => file?.includes('/discord.js/')).length).toBeGreaterThan(0);
  expect(read.filter(([file]) => file?.includes('/@slack/bolt/')).length).toBeGreaterThan(0);
  expect(read.filter(([, how]) => !how?.includes('success')).map(([file]) => file)).toEqual([]);
  expect(read.filter(([file]) => file?.endsWith('/src/content/load.ts'))).toEqual([]);
  const question = readingsIn(await reportOfQuestion());
  expect(question.filter(([file]) => file?.includes('/src/faq/')).length).toBeGreaterThan(15);
  expect(question.filter(([, how]) => !how?.includes('success')).map(([file]) => file)).toEqual([]);
});

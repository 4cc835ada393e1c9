// What a start loads, read from a real process with both platforms on: nothing that only a later question, another mode or another database needs.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { readContent } from '../../../src/content/cached-content.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { subscription } from '../../delivery/stage.ts';
import { exitOf } from '../program.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'imports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * A preload. At the end it writes into `file` what was loaded, which objects of Intl were made, and whether V8 has other flags than at the
 * start: some 180 kB, of which a pipe would lose at the exit what its reader has not taken yet.
 */
const listInto = (file: string): string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(`import { writeFileSync } from 'node:fs';
  import { registerHooks } from 'node:module';
  import { cachedDataVersionTag } from 'node:v8';
  const loaded = [];
  const flags = cachedDataVersionTag();
  for (const name of ['NumberFormat', 'DateTimeFormat', 'ListFormat', 'PluralRules', 'Collator', 'DisplayNames']) {
    const note = (call) => (...words) => (loaded.push('Intl.' + name), call(...words));
    Intl[name] = new Proxy(Intl[name], { construct: note(Reflect.construct), apply: note(Reflect.apply), get: note(Reflect.get) });
  }
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  process.on('exit', () => {
    loaded.push('flags ' + (cachedDataVersionTag() === flags ? 'kept' : 'changed'));
    writeFileSync(${JSON.stringify(file)}, loaded.join('\\n'));
  });`)}`,
];
/** Says it when the first date of Intl is made. */
const TELL = `Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, { construct(...words) { process.stdout.write('a date of Intl\\n'); return Reflect.construct(...words); } });`;
/** Command lines of the processes that this one started, where the system tells. */
function childrenOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  const ids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return ids.map((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8')).join('\n');
}
const NOWHERE = 'http://127.0.0.1:9';

it('a start loads no parser of content, no drawing, no MCP, no PostgreSQL, no terminal, no page, and four files of prom-client only', async () => {
  await readContent(); // its cache is there, as after an install
  const list = path.join(folder, 'start.txt');
  const program = spawn(process.execPath, [...listInto(list), 'src/main.mjs'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      DATABASE_URL: `sqlite:${path.join(folder, 'start.db')}`,
      COINGECKO_API_URL: NOWHERE,
      MARKET_FALLBACKS: 'none',
      SUBTENSOR_RPC_URL: NOWHERE,
      DISCORD_TOKEN: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB',
      DISCORD_API_URL: `${NOWHERE}/api`,
      SLACK_BOT_TOKEN: `xoxb-${'1'.repeat(50)}`,
      SLACK_APP_TOKEN: `xapp-1-${'1'.repeat(50)}`,
      SLACK_API_URL: `${NOWHERE}/api/`,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const on = new Promise<void>((resolve) => {
    let said = '';
    program.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/market\s+on/.test(said)) resolve();
    });
  });
  const ended = exitOf(program);
  await Promise.race([on, ended]);
  const drawing = childrenOf(program.pid ?? 0);
  program.kill('SIGTERM');
  expect(await ended).toBe(0);
  const out = readFileSync(list, 'utf8');
  if (process.platform === 'linux') expect(drawing).toMatch(/charts\/worker\.mjs/u); // it starts beside the connecting platforms
  const packages = new Set(Array.from(out.matchAll(/\/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//g), ([, name]) => name));
  expect(packages).toContain('discord.js');
  expect(packages).toContain('@slack/bolt');
  const unwanted =
    /^(?:marked|minisearch|snowball-stemmers|js-yaml|sharp|fontkit|hono|@hono\/.*|d3-.*|@modelcontextprotocol\/.*|pg|pg-.*|@opentelemetry\/.*|tdigest)$/u;
  expect([...packages].filter((name) => unwanted.test(name ?? ''))).toEqual([]);
  expect(out).not.toContain('Intl.'); // the first one takes 7 MiB and 20 ms: src/format/english.ts
  expect(out).toContain('flags changed'); // growth of the heap is bounded from here on
  expect(out).not.toMatch(
    /src\/(?:content\/(?:load|schema|markdown)|charts\/worker|bots\/terminal\/bot|web\/app|wiring\/(?:ask|operator\/\w+))\.ts/u,
  );
});

it.each(['discord', 'slack'])('a card for %s in English needs nothing of Intl either', async (platform) => {
  const list = path.join(folder, `${platform}.txt`);
  const words = ['ask', '--demo', '--platform', platform, '/coin tao'];
  const program = spawn(process.execPath, [...listInto(list), 'src/main.mjs', ...words], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: 'ignore',
  });
  expect(await exitOf(program)).toBe(0);
  const out = readFileSync(list, 'utf8');
  expect(out).toContain('format/english.ts');
  expect(out).not.toContain('Intl.');
});

it('where a digest is to be posted, the first date is made while nothing is due', async () => {
  const url = `sqlite:${path.join(folder, 'digests.db')}`;
  const database = await openDatabase(url);
  const tomorrow = Date.now() + DAY;
  await database.sql
    .insertInto('subscription')
    .values(subscription(1, tomorrow, { next_at: tomorrow, after_at: tomorrow }))
    .execute();
  await database.close();
  const program = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(TELL)}`, 'src/main.mjs'],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        PORT: '0',
        DATABASE_URL: url,
        COINGECKO_API_URL: NOWHERE,
        MARKET_FALLBACKS: 'none',
        SUBTENSOR_RPC_URL: NOWHERE,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const told = new Promise<void>((resolve) => {
    let out = '';
    program.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('a date of Intl')) resolve();
    });
  });
  await told;
  const ended = exitOf(program);
  program.kill('SIGTERM');
  expect(await ended).toBe(0);
});

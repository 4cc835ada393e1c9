// The process among others: its database vanishes or comes late, the reader of its log ends, npm is told to stop.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { startFakeCoinGecko } from '../fakes/market/coingecko.ts';
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts';
import { startFakeSubtensor } from '../fakes/subtensor/subtensor.ts';
import { startTcpProxy, through } from '../fakes/tcp-proxy.ts';
import { exitOf, freePort } from './program.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-process-'));
let postgres: TestPostgres;
let sources: {
  gecko: Awaited<ReturnType<typeof startFakeCoinGecko>>;
  chain: Awaited<ReturnType<typeof startFakeSubtensor>>;
};
beforeAll(async () => {
  const [database, gecko, chain] = await Promise.all([startPostgres(), startFakeCoinGecko(), startFakeSubtensor()]);
  postgres = database;
  sources = { gecko, chain };
}, 120_000);
afterAll(async () => {
  await Promise.all([postgres.stop(), sources.gecko.close(), sources.chain.close()]);
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
async function launch(command: string, words: readonly string[], extra: Record<string, string> = {}) {
  const port = await freePort();
  const child = spawn(command, words, {
    cwd: ROOT,
    env: {
      PATH: `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      PORT: String(port),
      COINGECKO_API_URL: sources.gecko.url,
      SUBTENSOR_RPC_URL: sources.chain.url,
      MARKET_FALLBACKS: 'none',
      DATABASE_URL: `sqlite:${path.join(folder, `test-${++files}.db`)}`,
      ...extra,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdout.resume();
  const live = async () => (await fetch(`http://127.0.0.1:${port}/livez`).catch(() => null))?.status === 200;
  const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;
  const reasons = async () => await (await fetch(`http://127.0.0.1:${port}/readyz`)).text();
  const metric = async (name: string) =>
    (await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())
      .split('\n')
      .find((line) => line.startsWith(`${name} `));
  return { child, err: () => err, live, ready, reasons, metric };
}

const start = (extra?: Record<string, string>) => launch(process.execPath, ['src/main.mjs'], extra);

const until = async (what: () => Promise<boolean> | boolean) =>
  await expect.poll(what, { timeout: 50_000, interval: 100 }).toBe(true);

it(
  'with a database that vanished: says so in /readyz and /metrics, and ends in order on SIGTERM',
  { timeout: 120_000 },
  async () => {
    const url = await postgres.fresh();
    const proxy = await startTcpProxy(Number(new URL(url).port));
    const { child, err, live, ready, reasons, metric } = await start({ DATABASE_URL: through(url, proxy) });
    await until(live);
    await until(async () => (await metric('taobot_deliveries_up')) === 'taobot_deliveries_up 1');
    expect(await ready()).toBe(200);
    proxy.vanish();
    await until(async () => (await ready()) === 503);
    expect(await reasons()).toContain('"name":"database","ok":false,"detail":"does not answer within 800 ms"');
    await until(async () => (await reasons()).includes('"name":"deliveries","ok":false'));
    expect(await live()).toBe(true); // a restart would not bring it back
    expect(await metric('taobot_deliveries_up')).toBe('taobot_deliveries_up 0');
    expect(err()).toContain('did not answer within');
    const ended = exitOf(child);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    await proxy.close();
  },
);

it('waits at the start for a database that is away, and can be stopped meanwhile', async () => {
  const url = new URL(await postgres.fresh());
  const port = await freePort();
  const away = new URL(url);
  away.port = String(port);
  const { child, err, live } = await start({ DATABASE_URL: away.href });
  await until(() => err().includes('the database is away'));
  const proxy = await startTcpProxy(Number(url.port), port);
  await until(live);
  await proxy.close();
  const ended = exitOf(child);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  const second = await start({ DATABASE_URL: away.href });
  await until(() => second.err().includes('the database is away'));
  const stopped = exitOf(second.child);
  second.child.kill('SIGTERM');
  expect(await stopped).toBe(0);
});

it('goes on when the reader of its output ends and when its terminal hangs up', async () => {
  const { child, live } = await start({ LOG_LEVEL: 'trace' });
  await until(live);
  child.stdout.destroy();
  child.stderr.destroy();
  child.kill('SIGHUP');
  for (let round = 0; round < 20; round++) expect(await live()).toBe(true);
  expect(child.exitCode).toBeNull();
  const ended = exitOf(child);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('a database is not moved while a bot without a platform has it; moved away, none starts on it: exit 78, and the message says where it is', async () => {
  const [file, target] = [path.join(folder, 'moved.db'), await postgres.fresh()];
  const DATABASE_URL = `sqlite:${file}`;
  const running = await start({ DATABASE_URL });
  await until(running.live);
  const move = () => launch(process.execPath, ['src/main.mjs', 'move', target], { DATABASE_URL });
  const early = await move();
  expect(await exitOf(early.child)).toBe(1);
  expect(early.err()).toContain('The bot is running on this database. Stop it first.');
  const stopped = exitOf(running.child);
  running.child.kill('SIGTERM');
  await stopped;
  const moving = await move();
  expect(await exitOf(moving.child)).toBe(0);
  const { child, err } = await start({ DATABASE_URL });
  expect(await exitOf(child)).toBe(78);
  expect(err()).toContain('moved to the PostgreSQL database 127.0.0.1/');
  expect(err()).not.toContain('postgres:test');
});

it('a database of a newer version is not started on: exit 78, which no supervisor starts again', async () => {
  const DATABASE_URL = `sqlite:${path.join(folder, 'newer.db')}`;
  const database = await openDatabase(DATABASE_URL);
  await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '2030')`.execute(database.sql);
  await database.close();
  const { child, err } = await start({ DATABASE_URL });
  expect(await exitOf(child)).toBe(78);
  expect(err()).toContain('made by a newer version of the bot');
});

it('npm start hands SIGTERM to the bot, and no orphan stays behind', async () => {
  const { child, live } = await launch('npm', ['start', '--silent']);
  await until(live);
  const ended = exitOf(child);
  child.kill('SIGTERM');
  await ended;
  await expect.poll(live, { timeout: 50_000, interval: 100 }).toBe(false);
});

it('the flags of npm start: a signal that opens the debugger of any other Node opens none', async () => {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const words = /node (--.*?src\/main\.mjs)/.exec(scripts.start)?.[1]?.split(' ') ?? [];
  expect(words.length).toBeGreaterThan(1);
  const { child, live, err } = await launch(process.execPath, words);
  await until(live);
  child.kill('SIGUSR1');
  for (let round = 0; round < 20; round++) expect(await live()).toBe(true);
  const ended = exitOf(child);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(err()).not.toContain('Debugger');
});

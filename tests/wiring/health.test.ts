// Health as supervisors and operators read it: reasons that a person understands, a restart only where it helps, metrics on a port of their own.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { createDatabaseProbe } from '../../src/store/engine/probe.ts';
import { liveness, readiness } from '../../src/wiring/health/readiness.ts';
import { sqliteFile } from '../delivery/stage.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';
import { openBot, type RunningBot } from '../fakes/running-bot.ts';
import { MINUTE } from '../../src/base/clock.ts';

const TICKS = { ok: true, stuck: false, detail: 'last tick 1 s ago', lastAt: 0, failures: 0 };
let test: TestCore | undefined;
let bot: RunningBot | undefined;
afterEach(async () => {
  await test?.close();
  await bot?.stop();
  [test, bot] = [undefined, undefined];
});

const well = () => Promise.resolve({ ok: true, ms: 1, detail: 'answers in 1 ms' });
const failing = (checks: readonly { name: string; ok: boolean; detail: string }[]) =>
  checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);

it('prices: old ones are no fault while nobody asks, and one with its reason when the source fails', async () => {
  let now = Date.parse('2026-11-22T10:00:00Z');
  test = await openTestCore({ now: () => now });
  const { services } = test;
  const core = { services, deliveries: { health: () => TICKS } };
  const ask = () => readiness({ core, chats: [], probe: well, now: () => now });
  const price = () => services.market.quotes(['bittensor'], 'usd');
  await price();
  expect(failing(await ask())).toEqual([]);
  now += 50 * MINUTE;
  expect(failing(await ask())).toEqual([]);
  const asked = async () => (await price(), failing(await ask()));
  // The clock goes on with each question: an answer that was under way at the first step has a later time than it.
  const later = async () => ((now += 50 * MINUTE), await asked());
  await test.gecko.down();
  const reason = /^prices: last answer of a source \d.* ago \(CoinGecko could not be reached\)$/;
  await expect.poll(later).toEqual([expect.stringMatching(reason)]);
  await test.gecko.up();
  now += 10 * MINUTE; // longer than the pause after the failures, however many the questions above have made
  await expect.poll(asked).toEqual([]);
});

it('prices that never came: a quarter of an hour after the start', async () => {
  let now = Date.parse('2026-11-22T10:00:00Z');
  test = await openTestCore({ now: () => now });
  const { services } = test;
  const core = { services, deliveries: { health: () => TICKS } };
  const ask = () => readiness({ core, chats: [], probe: well, now: () => now });
  await test.gecko.down();
  await services.market.quotes(['bittensor'], 'usd');
  await expect.poll(() => services.market.status().sources[0]?.state).not.toBe('ok');
  now += 14 * MINUTE;
  expect(failing(await ask())).toEqual([]);
  now += MINUTE;
  expect(failing(await ask())).toEqual(['prices: no source answered since the start (CoinGecko could not be reached)']);
});

it('a database that is closed or silent has a reason of its own, without its message', async () => {
  const database = await openDatabase('sqlite::memory:');
  let clock = 0;
  const probe = createDatabaseProbe(database, { monotonic: () => (clock += 2) });
  expect(await probe()).toEqual({ ok: true, ms: 2, detail: 'answers in 2 ms' });
  const silent = createDatabaseProbe(database, { monotonic: () => 0, sleep: () => Promise.resolve() });
  expect(await silent()).toMatchObject({ ok: false, detail: 'does not answer within 800 ms' });
  await database.close();
  expect(await probe()).toMatchObject({ ok: false, ms: 2, detail: expect.stringMatching(/^cannot be read \(/) });
});

it.each(['deleted', 'replaced'])(
  'a database file that is %s under the running bot is said: what is written is lost',
  async (how) => {
    const { url, file, remove } = sqliteFile();
    const database = await openDatabase(url);
    const probe = createDatabaseProbe(database, { monotonic: () => 0, file });
    expect(await probe()).toMatchObject({ ok: true });
    renameSync(file, `${file}.before`);
    if (how === 'replaced') writeFileSync(file, '');
    const detail = 'its file was deleted or replaced while it was open: what is written now is lost';
    expect(await probe()).toMatchObject({ ok: false, detail });
    rmSync(file, { force: true });
    renameSync(`${file}.before`, file);
    expect(await probe()).toMatchObject({ ok: true });
    await database.close();
    remove();
  },
);

it('livez fails for what a restart mends: ticks that are stuck, not a database that is away', () => {
  const of = (health: typeof TICKS) => failing(liveness({ deliveries: { health: () => health } }));
  expect(of({ ...TICKS, ok: false })).toEqual([]);
  expect(of({ ...TICKS, stuck: true, detail: 'last tick 400 s ago' })).toEqual(['ticks: last tick 400 s ago']);
});

it('METRICS_PORT: metrics and health on loopback, the pages without metrics, the token holds there, too', async () => {
  const environment = { DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent', MARKET_FALLBACKS: 'none' };
  const nowhere = 'http://127.0.0.1:9';
  bot = await openBot({
    ...environment,
    COINGECKO_API_URL: nowhere,
    SUBTENSOR_RPC_URL: nowhere,
    SUBTENSOR_ARCHIVE_URL: 'none',
    METRICS_PORT: '0',
    METRICS_TOKEN: 'a-token-for-scrapes',
  });
  const address = /metrics {2}on {3}(http:\/\/127\.0\.0\.1:\d+)\/metrics\n/.exec(bot.shown())?.[1];
  const token = { authorization: 'Bearer a-token-for-scrapes' };
  expect((await bot.get(`${address}/metrics`)).status).toBe(401);
  expect(await (await bot.get(`${address}/metrics`, token)).text()).toContain('taobot_build_info{');
  for (const path of ['/livez', '/readyz']) expect((await bot.get(`${address}${path}`)).status, path).toBe(200);
  expect((await bot.get(`${address}/`)).status).toBe(404);
  expect((await bot.get('/metrics', token)).status).toBe(404);
  expect((await bot.get('/livez')).status).toBe(200);
});

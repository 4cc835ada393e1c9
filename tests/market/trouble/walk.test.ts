// A week of random trouble, seeded: every number shown is true, named and not younger than it says, and ten minutes after the last fault all is fresh.
import { expect, it } from 'vitest';
import { usableCalls } from '../../../src/market/coingecko/call-budget.ts';
import type { Market } from '../../../src/market/market.ts';
import type { FakeRow } from '../../fakes/market/coingecko.ts';
import type { Fault, FakeServer } from '../../fakes/server.ts';
import { MINUTE, openScene } from '../scene.ts';
import { createOracle, createRandom, WORLD } from './world.ts';
import { HOUR } from '../../../src/base/clock.ts';

/** Weeks to play; `MARKET_WALKS=500` is the full form. */
const WALKS = Number(process.env['MARKET_WALKS'] ?? 20);
const WEEK = 7 * 24 * HOUR;
const LAG_MS = 20_000;

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 422 },
  { kind: 'status', status: 403 },
  { kind: 'limited', retryAfter: '' },
  { kind: 'limited', retryAfter: '240' },
  { kind: 'html' },
  { kind: 'truncate' },
  { kind: 'reset' },
  { kind: 'body', body: '{"error":["EGeneral:Too many requests"]}' },
];
const ENDINGS = ['/coins/markets', '/coins/list', '/exchange_rates', '/bittensor/market_chart'];
const SKEWS = [3 * MINUTE, -3 * MINUTE, 2 * HOUR, -2 * HOUR, 26 * HOUR];
const times = (factor: number, only: string | null) => (rows: FakeRow[]) =>
  rows.map((row) => (only !== null && row.id !== only ? row : { ...row, current_price: row.current_price * factor }));
const dated = (ms: number) => (rows: FakeRow[]) =>
  rows.map((row) => ({ ...row, last_updated: new Date(Date.parse(row.last_updated) + ms).toISOString() }));
const GLITCHES = [
  times(1.3, 'bittensor'),
  times(10, 'bittensor'),
  times(0.5, 'near'),
  times(1e7, null),
  dated(24 * HOUR),
  dated(-HOUR),
  (rows: FakeRow[]) => rows.slice(0, 2),
  () => [],
];
const same = (rows: FakeRow[]) => rows;

async function walk(seed: number): Promise<void> {
  const random = createRandom(seed);
  const plan = random.pick(['demo', 'pro'] as const);
  const scene = await openScene({ plan, fallbacks: ['coinpaprika', 'kraken', 'coinbase'] }, WORLD);
  const oracle = createOracle(scene, random);
  scene.clock.now = Date.parse('2026-11-24T00:00:00Z') + Math.floor(random.between(0, 14 * 24)) * HOUR;
  const others: FakeServer[] = [scene.others.coinpaprika, scene.others.kraken, scene.others.coinbase];
  let market: Market = scene.market;
  let where = '';

  const ask = async (currency: string) => {
    const results = await market.quotes(['bittensor', 'near'], currency);
    return ['bittensor', 'near'].map((id) => {
      const result = results.get(id);
      const fault = result.quote === null ? null : oracle.fault(result.quote);
      if (fault !== null) throw new Error(`${where}: ${id} in ${currency}: ${fault}`);
      return result;
    });
  };
  const pass = async (ms: number) => {
    oracle.tick();
    await scene.round(ms);
    oracle.tick();
    oracle.move();
    oracle.tick();
  };
  const trouble = async () => {
    const kind = random.pick([
      'far',
      'far',
      'endpoint',
      'glitch',
      'other',
      'others',
      'clock',
      'restart',
      'jump',
    ] as const);
    if (kind === 'far') scene.gecko.fault = random.pick(FAULTS);
    if (kind === 'endpoint') scene.gecko.broken.add(random.pick(ENDINGS));
    if (kind === 'glitch') scene.gecko.glitch = oracle.record(random.pick(GLITCHES));
    if (kind === 'other') random.pick(others).fault = random.pick(FAULTS);
    if (kind === 'others') for (const other of others) other.fault = random.pick(FAULTS);
    if (kind === 'clock') scene.clock.skewMs = random.pick(SKEWS);
    if (kind === 'jump') oracle.move(random.pick([0.8, 1.2]));
    // A process that starts without any source and with a slow clock cannot know how old its memory is.
    if (kind === 'restart' && scene.clock.skewMs >= 0) {
      await market.close();
      market = scene.reopen();
      market.start();
      await scene.round(0); // the memory is read before the clock may be set again
    }
    where += ` ${kind}`;
  };
  const end = () => {
    [scene.gecko.fault, scene.clock.skewMs] = [null, 0];
    scene.gecko.broken.clear();
    scene.gecko.glitch = oracle.record(same);
    for (const other of others) other.fault = null;
  };

  end();
  oracle.move();
  market.start();
  const until = scene.clock.now + WEEK;
  try {
    while (scene.clock.now < until) {
      where = `seed ${seed}, ${new Date(scene.clock.now).toISOString()}:`;
      for (let faults = Math.ceil(random.between(0, 3)); faults > 0; faults--) await trouble();
      for (let steps = Math.ceil(random.between(1, 12)); steps > 0; steps--) {
        await pass(Math.ceil(random.pick([1, 5, 15, 60, 240]) * random.between(0.5, 1) * MINUTE));
        await ask(random.pick(['usd', 'usd', 'eur']));
        if (random.chance(0.2)) await market.history('bittensor', 'usd', random.pick(['24h', '30d']));
        if (random.chance(0.2)) await market.rate('usd', 'eur');
        if (random.chance(0.1)) await trouble();
      }
      where += ' end';
      end();
      for (let minute = 1; minute <= 10; minute++) {
        await pass(MINUTE);
        await Promise.all([ask('usd'), ask('eur')]);
      }
      await pass(MINUTE / 2);
      const { refreshMs, pauses } = market.status();
      expect(
        pauses.filter(({ endpoint }) => endpoint === 'prices' || endpoint === null),
        where,
      ).toEqual([]);
      for (const { quote, ...more } of [...(await ask('usd')), ...(await ask('eur'))]) {
        const [ageMs, what] = [
          scene.clock.now - (quote?.at ?? 0),
          JSON.stringify([quote?.coinId, quote?.currency, more]),
        ];
        expect(ageMs, `${where} ${what}`).toBeLessThanOrEqual(refreshMs + MINUTE + LAG_MS);
        expect(quote?.unconfirmed, where).toBeUndefined();
      }
    }
    const spent = [...scene.memory.spent.values()].reduce((sum, calls) => sum + calls, 0);
    expect(scene.gecko.calls.length, where).toBeLessThanOrEqual(spent);
    for (const month of new Set([...scene.memory.spent.keys()].map((key) => key.slice(-10, -3)))) {
      const usable = usableCalls(plan) ?? Number.POSITIVE_INFINITY;
      expect(await scene.memory.creditsOf('coingecko', month), where).toBeLessThanOrEqual(usable);
    }
  } finally {
    await scene.close();
  }
}

const SEEDS = Array.from({ length: WALKS }, (_, index) => index + 1);
it.each(SEEDS)('week %d', { timeout: 180_000 }, walk);

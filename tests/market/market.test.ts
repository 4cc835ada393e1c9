// The market end to end: the real HTTP client against a fake CoinGecko on loopback.
import { afterEach, expect, it } from 'vitest';
import { MINUTE, openScene, reasonOf, START, tao } from './scene.ts';
import type { Scene } from './scene.ts';
import { DAY } from '../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());

it('a quote carries every figure, the source and the time of the source', async () => {
  scene = await openScene();
  const quote = await tao(scene.market);
  expect(quote).toMatchObject({
    symbol: 'TAO',
    price: 250.28,
    change24h: 3.6,
    change7d: 1.17,
    rank: 35,
    checking: false,
  });
  expect(quote).toMatchObject({ at: START - 20_000, source: { id: 'coingecko', name: 'CoinGecko' } });
  expect(quote.sparkline).toHaveLength(168);
  expect(scene.gecko.calls[0]?.headers['x-cg-pro-api-key']).toBe('CG-test-key');
});

it.each([
  ['keyless', undefined],
  ['demo', 'x-cg-demo-api-key'],
  ['pro', 'x-cg-pro-api-key'],
] as const)('plan %s sends its own key header and no other', async (plan, header) => {
  scene = await openScene({ plan, apiKey: 'CG-secret-key' });
  await tao(scene.market);
  const sent = Object.entries(scene.gecko.calls[0]?.headers ?? {}).filter(([, value]) => value === 'CG-secret-key');
  expect(sent.map(([name]) => name)).toEqual(header === undefined ? [] : [header]);
});

it('a hundred askers at once share one upstream call', async () => {
  scene = await openScene();
  const asked = Array.from({ length: 100 }, () => tao(scene.market));
  expect(new Set((await Promise.all(asked)).map((quote) => quote.price))).toEqual(new Set([250.28]));
  expect(scene.gecko.count()).toBe(1);
});

it('2,000 questions over 20 coins cost at most three upstream calls', async () => {
  scene = await openScene({ sleep: undefined as never });
  const ids = Array.from({ length: 20 }, (_, index) => `coin-${index}`);
  let next = 0;
  const worker = async () => {
    for (let asked = next++; asked < 2000; asked = next++) {
      const id = ids[asked % 20] ?? '';
      expect((await scene.market.quotes([id], 'usd')).get(id)?.quote?.price).toBe(1 + (asked % 20));
    }
  };
  await Promise.all(Array.from({ length: 100 }, worker));
  expect(scene.gecko.count('/coins/markets')).toBeLessThanOrEqual(3);
});

it('nobody asks, nothing is polled but the heartbeat', async () => {
  scene = await openScene();
  await tao(scene.market);
  scene.clock.now += 59_000;
  await tao(scene.market);
  expect(scene.gecko.count()).toBe(1); // younger than a minute: served as it is
  scene.clock.now += 1_000;
  await tao(scene.market);
  expect(scene.gecko.count()).toBe(2);
});

it('start warms up prices and the coin list; a restart needs the list only after a day', async () => {
  scene = await openScene();
  scene.market.start();
  await expect.poll(() => scene.market.directoryComplete()).toBe(true);
  expect(scene.market.directory()[0]).toEqual({ id: 'bittensor', symbol: 'TAO', name: 'Bittensor', rank: 35 });
  await expect.poll(() => scene.memory.rows.has('directory')).toBe(true);
  const again = scene.reopen();
  again.start();
  await expect.poll(() => again.directoryComplete()).toBe(true);
  await tao(again);
  expect(scene.gecko.count('/coins/list')).toBe(1);
});

it('unknown coins and currencies are told apart from failures and cost no calls of their own', async () => {
  scene = await openScene();
  expect(await reasonOf(scene.market, 'no-such-coin')).toBe('CoinGecko does not list this coin');
  const calls = scene.gecko.count();
  for (const id of ['no-such-coin', '__proto__', 'constructor', 'a,b', 'x y', '', 'z'.repeat(6_000)]) {
    expect(await reasonOf(scene.market, id)).toBe('CoinGecko does not list this coin');
  }
  expect(await reasonOf(scene.market, 'bittensor', 'zzz')).toBe('this currency is not supported');
  expect(scene.gecko.count() - calls).toBeLessThanOrEqual(2); // only the two that could be ids
});

it('other currencies have their own batch, checked against the exchange rates', async () => {
  scene = await openScene();
  scene.gecko.rates.delete('vnd');
  await tao(scene.market);
  expect((await tao(scene.market, 'eur')).price).toBeCloseTo(250.28 * 0.86, 6);
  expect(await scene.market.rate('usd', 'eur')).toMatchObject({
    rate: expect.closeTo(0.86, 6),
    source: { id: 'coingecko' },
  });
  expect(await scene.market.rate('btc', 'jpy')).toMatchObject({ rate: expect.closeTo(77_671 * 152, 0) });
  expect(await scene.market.rate('usd', 'vnd')).toEqual({ rate: null, reason: 'CoinGecko has no rate for VND' });
  expect(scene.gecko.count('/coins/markets')).toBe(2);
  expect(scene.gecko.count('/exchange_rates')).toBe(1);
  scene.clock.now += MINUTE;
  scene.gecko.glitch = (rows) => rows.map((row) => ({ ...row, current_price: row.current_price * 1e6 }));
  scene.clock.now += 2 * MINUTE;
  expect((await tao(scene.market, 'eur')).price).toBeCloseTo(250.28 * 0.86, 6);
});

it('prices in bitcoin follow bitcoin, also when it has moved since the exchange rates were read', async () => {
  scene = await openScene();
  await tao(scene.market);
  expect((await tao(scene.market, 'btc')).price).toBeCloseTo(250.28 / 77_671, 9);
  for (let step = 1; step <= 3; step++) {
    scene.clock.now += 10 * MINUTE;
    scene.gecko.set('bitcoin', { price: 77_671 * 1.08 ** step });
    await tao(scene.market);
    expect((await tao(scene.market, 'btc')).at).toBe(scene.clock.now - 20_000);
  }
});

it('a batch that is late already keeps nobody waiting again who can have a known value', async () => {
  scene = await openScene({ waitMs: 300 });
  await tao(scene.market);
  scene.gecko.fault = { kind: 'hang' };
  scene.clock.now += MINUTE;
  await scene.patience.outwait(tao(scene.market)); // starts the batch, waits its share
  scene.clock.now += 300;
  let timers = 0;
  await Promise.race([tao(scene.market), new Promise((resolve) => setImmediate(resolve)).then(() => (timers += 1))]);
  expect(timers).toBe(0); // answered before the event loop turned once
});

it('rows have the shape of /coins/markets', async () => {
  scene = await openScene();
  const { rows, at } = await scene.market.rows(['near', 'bittensor', 'no-such-coin'], 'usd');
  expect(rows.map((row) => row.id)).toEqual(['bittensor', 'near']); // by market cap
  expect(at).toBe(START - 20_000);
  const truth = (await (
    await fetch(`${scene.gecko.url}/coins/markets?vs_currency=usd&ids=bittensor&sparkline=true`)
  ).json()) as Record<string, unknown>[];
  const { atl_date: _a, ath_date: _b, ...expected } = truth[0] ?? {};
  expect(rows[0]).toMatchObject(expected);
  expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual(Object.keys(truth[0] ?? {}).toSorted());
});

it('a price of last month is no reason to doubt the history of a coin that has moved since', async () => {
  scene = await openScene();
  await tao(scene.market);
  scene.clock.now += 20 * DAY;
  scene.gecko.set('bittensor', { price: 1_000 });
  expect(await scene.market.history('bittensor', 'usd', '30d')).toMatchObject({ series: { coinId: 'bittensor' } });
});

it('history is cached per range, and the line of the quote stands in when it cannot be had', async () => {
  scene = await openScene();
  await tao(scene.market);
  for (let round = 0; round < 3; round++) {
    const found = await scene.market.history('bittensor', 'usd', '90d');
    expect(found.series?.points).toHaveLength(2160);
  }
  expect(scene.gecko.count('/market_chart')).toBe(1);
  scene.gecko.fault = { kind: 'status', status: 500 };
  const week = (await scene.market.history('bittensor', 'usd', '7d')).series;
  expect(week?.points).toHaveLength(168);
  expect(week?.points.at(-1)).toEqual([START - 20_000, 250.28]);
  expect(week?.points[0]?.[0]).toBe(START - 20_000 - 167 * 60 * MINUTE);
  expect(await scene.market.history('bittensor', 'usd', '1y')).toEqual({
    series: null,
    reason: 'CoinGecko answered with error 500',
  });
});

// A week with missing hours keeps every other hour in its place, and a line ends with the price that stands above it.
import { afterEach, expect, it } from 'vitest';
import { priceSeries, weekOf } from '../../src/app/blocks/price-chart.ts';
import type { CommandContext } from '../../src/app/command.ts';
import { HOUR } from '../../src/base/clock.ts';
import { MINUTE, openScene, type Scene, tao } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

/** 168 hours that count up to the price, without those of the second day from the fifth to the eighteenth hour. */
const missing = (hour: number) => hour >= 29 && hour < 43;
const week = Array.from({ length: 168 }, (_, hour) => (missing(hour) ? null : 250.28 - (167 - hour) / 100));

it('14 missing hours are a gap, and nothing else moves, in every place that draws the week', async () => {
  scene = await openScene();
  scene.gecko.glitch = (rows) => rows.map((row) => ({ ...row, sparkline_in_7d: { price: week } }));
  const quote = await tao(scene.market);
  const points = weekOf(quote) ?? [];
  expect(points).toHaveLength(154);
  for (const [at, price] of points) {
    const hour = 167 - (quote.at - at) / HOUR;
    expect(missing(hour)).toBe(false);
    expect(price).toBeCloseTo(250.28 - (167 - hour) / 100, 6);
  }
  scene.gecko.broken.add('/market_chart');
  const { series } = await scene.market.history('bittensor', 'usd', '7d');
  expect(series?.points).toEqual(points); // one rule for the clock
  const { rows } = await scene.market.rows(['bittensor'], 'usd');
  expect(rows[0]).toMatchObject({ sparkline_in_7d: { price: week } });
});

it('survives a restart with its gaps', async () => {
  scene = await openScene();
  scene.gecko.glitch = (rows) => rows.map((row) => ({ ...row, sparkline_in_7d: { price: week } }));
  const before = await tao(scene.market);
  await scene.market.close();
  await scene.gecko.down();
  const market = scene.reopen();
  const after = await scene.patience.outwait(tao(market));
  expect(after.sparkline).toEqual(before.sparkline);
  await scene.gecko.up();
});

it('a line of older history ends with the newer quote, at its time', async () => {
  scene = await openScene();
  const wish = {
    coin: { id: 'bittensor', symbol: 'TAO', name: 'Bittensor', rank: 35 },
    currency: 'usd',
    range: '30d' as const,
  };
  const context = {
    services: { market: scene.market },
    request: { platform: 'slack', place: { tenant: 'T1' }, user: { id: 'U1' } },
  } as unknown as CommandContext;
  await priceSeries(context, wish);
  scene.clock.now += 20 * MINUTE; // the history is kept for an hour, the quote is not
  scene.gecko.set('bittensor', { price: 258 });
  const series = await priceSeries(context, wish);
  if (typeof series === 'string') throw new Error(series);
  const quote = await tao(scene.market);
  expect(quote.price).toBe(258);
  expect(series.points.at(-1)).toEqual([quote.at, 258]);
  expect(series.at).toBe(quote.at);
  expect(series.points.at(-2)?.[0]).toBeLessThan(quote.at);
});

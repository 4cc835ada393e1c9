// A week of prices has one clock, whoever draws it.
import { expect, it } from 'vitest';
import { FEWEST_POINTS, weekOf } from '../../../src/app/blocks/price-chart.ts';
import { HOUR } from '../../../src/base/clock.ts';
import type { Quote } from '../../../src/market/market.ts';
import { createSampleMarket } from '../../../src/sample/market.ts';

const market = createSampleMarket({
  coins: [{ id: 'bittensor', symbol: 'TAO', name: 'Bittensor' }],
  now: () => Date.UTC(2026, 8, 18, 12),
});
const sample = async (): Promise<Quote> => {
  const result = (await market.quotes(['bittensor'], 'usd')).get('bittensor');
  if (result.quote === null) throw new Error(result.reason);
  return result.quote;
};

it('the last hour of the line is the moment of the quote and has its price', async () => {
  const quote = { ...(await sample()), sparkline: Array.from({ length: 168 }, (_, index) => 100 + index), price: 500 };
  const week = weekOf(quote);
  expect(week).toHaveLength(168);
  expect(week?.at(-1)).toEqual([quote.at, 500]);
  expect(week?.at(-2)).toEqual([quote.at - HOUR, 266]);
  expect(week?.[0]).toEqual([quote.at - 167 * HOUR, 100]);
});

it('is the line that the history of the market tells', async () => {
  const { series } = await market.history('bittensor', 'usd', '7d');
  expect(weekOf(await sample())).toEqual(series?.points.map(([at, price]) => [at, expect.closeTo(price, 9)]));
});

it('is not drawn from too few points', async () => {
  const quote = await sample();
  expect(weekOf({ ...quote, sparkline: null })).toBeNull();
  expect(weekOf({ ...quote, sparkline: Array.from({ length: FEWEST_POINTS - 1 }, () => 1) })).toBeNull();
});

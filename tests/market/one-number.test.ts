// Headline, picture and alt text of a card say the same price and the same change, whoever said the price and however old the history is.
import { afterEach, expect, it } from 'vitest';
import { headline } from '../../src/app/blocks/quote.ts';
import { priceChart } from '../../src/app/blocks/price-chart.ts';
import type { CardChart } from '../../src/app/card.ts';
import type { CommandContext } from '../../src/app/command.ts';
import type { PriceSpec } from '../../src/charts/spec.ts';
import type { Range } from '../../src/base/ranges.ts';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { openScene, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const COIN = { id: 'bittensor', symbol: 'TAO', name: 'Bittensor', rank: 35 };

/** What the card says: its headline, the series and words of its chart, and what the picture is drawn from. */
async function card(range: Range, currency = 'usd') {
  let drawn: PriceSpec | null = null;
  const png = (spec: PriceSpec) => ((drawn = spec), Promise.resolve(new Uint8Array()));
  const now = scene.clock.now;
  const context = {
    services: { market: scene.market, charts: { png } },
    request: { platform: 'slack', place: { tenant: 'T1' }, user: { id: 'U1' }, locale: 'en' },
    now,
  } as unknown as CommandContext;
  const block = await priceChart(context, { coin: COIN, currency, range });
  const result = (await scene.market.quotes([COIN.id], currency)).get(COIN.id);
  if (block?.kind !== 'chart' || result.quote === null) throw new Error(JSON.stringify([block, result]));
  const chart: CardChart = block.chart;
  await chart.png?.('dark');
  const top = headline(result, { locale: 'en', now });
  if (top.kind !== 'headline' || drawn === null) throw new Error('no headline');
  const spec: PriceSpec = drawn;
  return { value: top.value, change: top.change?.text, quote: result.quote, chart, spec, end: spec.points.at(-1) };
}

it('the change of 24 hours is the one of the headline, in the picture and in its words', async () => {
  scene = await openScene();
  const { value, chart, spec, quote, end } = await card('24h');
  expect(end).toEqual([quote.at, quote.price]);
  expect(spec.change).toBe(3.6);
  expect(chart.alt).toContain(`past 24 hours: ${value}, up 3.60%`);
});

it.each([
  ['7d', 1.17],
  ['30d', 4.06],
  ['1y', -1.52],
] as const)('the change of %s is the one among the figures', async (range, change) => {
  scene = await openScene();
  expect((await card(range)).spec.change).toBe(change);
});

it('a line that covers less than its range has a change of its own', async () => {
  scene = await openScene();
  scene.gecko.glitch = (rows) =>
    rows.map((row) => ({ ...row, sparkline_in_7d: { price: Array.from({ length: 60 }, (_, hour) => 190 + hour) } }));
  const { spec, chart } = await card('7d');
  expect(spec.change).toBeUndefined();
  expect(chart.alt).toContain('since 19 Nov 2026, 22:59 UTC: $250.28, up 31.73%');
});

it('the price of a fallback source is the last point of the line, and the source is named', async () => {
  scene = await openScene({ fallbacks: ['kraken'] });
  await card('30d');
  scene.gecko.fault = { kind: 'status', status: 500 };
  scene.others.setTao(255);
  scene.clock.now += 20 * MINUTE;
  const { value, chart, spec, quote, end } = await card('30d');
  expect([quote.source.id, value, end]).toEqual(['kraken', '$255.00', [quote.at, 255]]);
  expect(chart.alt).toContain('$255.00');
  expect(chart.alt).toContain('Price data by CoinGecko, last price by Kraken.');
  expect([spec.at, spec.sourceName]).toEqual([quote.at, 'CoinGecko, last price by Kraken']);
});

it('a history that is ahead of the price ends where the price stands', async () => {
  scene = await openScene();
  const { quote: first } = await card('7d');
  scene.gecko.set('bittensor', { price: 250.28 * 1.2 }); // doubted as a price, while the history has it already
  scene.clock.now += MINUTE;
  const { value, chart, end, quote } = await card('24h');
  expect([quote.price, end]).toEqual([first.price, [first.at, first.price]]);
  expect(chart.alt).toContain(`: ${value}`);
});

it('prices that have failed for long do not empty a line that goes on', async () => {
  scene = await openScene();
  await card('24h');
  scene.gecko.broken.add('/coins/markets');
  scene.clock.now += 30 * HOUR;
  const { chart } = await card('24h');
  expect(chart.series[0]?.points.length).toBeGreaterThan(200);
});

it('a line that is kept while nothing newer comes is as old as its last point', async () => {
  scene = await openScene();
  const { series: first } = await scene.market.history(COIN.id, 'usd', '30d');
  const end = scene.clock.now - scene.gecko.lagMs;
  expect([first?.at, first?.points.at(-1)?.[0]]).toEqual([end, end]);
  scene.gecko.fault = { kind: 'status', status: 500 };
  scene.clock.now += 3 * HOUR;
  expect((await scene.market.history(COIN.id, 'usd', '30d')).series?.at).toBe(end);
});

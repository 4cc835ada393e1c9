// Alt text says what the picture shows, no more than is known, and fits every platform.
import { expect, it } from 'vitest';
import { compareAlt, digestAlt, priceAlt } from '../../../src/app/blocks/chart-alt-text.ts';
import { AT, compareFive, digest, price } from '../../charts/samples.ts';
import { DAY, HOUR } from '../../../src/base/clock.ts';

const points = [
  [AT - 7 * DAY, 398.4],
  [AT - 3 * DAY, 437.16],
  [AT - DAY, 391.67],
  [AT, 412.87],
] as const;

it('tells a price chart', () => {
  expect(priceAlt({ ...price, points })).toBe(
    'Bittensor (TAO) price in USD, past 7 days: $412.87, up 3.63% from $398.40. High $437.16, low $391.67. As of 22 Nov 2026, 10:00 UTC. Price data by CoinGecko.',
  );
  expect(priceAlt({ ...price, points, now: AT + 45 * 60_000 })).toMatch(/Data is 45 min old\.$/);
});

it('claims no change, range or source that is not there', () => {
  expect(priceAlt({ ...price, points, now: AT + 2 * DAY })).not.toMatch(/up |%/);
  expect(priceAlt({ ...price, points: points.slice(2) })).toContain('since 21 Nov 2026, 10:00 UTC');
  expect(
    priceAlt({
      ...price,
      points: [
        [AT, null],
        [AT, Number.NaN],
      ],
    }),
  ).toContain('no data');
  expect(priceAlt({ ...price, points, sourceName: 'sample data' })).toMatch(/Sample data\.$/);
});

it('tells a comparison and a digest', () => {
  const coins = compareFive.coins.slice(0, 2).map((coin) => ({ ...coin, points }));
  expect(
    compareAlt({ ...compareFive, range: '7d', coins: [...coins, { symbol: 'X', name: 'Nothing', points: [] }] }),
  ).toBe(
    'Comparison, past 7 days: Bittensor (TAO) up 3.63%; Render (RENDER) up 3.63%; Nothing (X) no data. As of 22 Nov 2026, 10:00 UTC. Price data by CoinGecko.',
  );
  expect(digestAlt(digest)).toBe(
    'Bittensor (TAO) daily digest: $412.87, up 2.41% in 24 hours, up 3.63% in 7 days. Market cap $4.84B. 24-hour volume $168M. 24-hour range $399.12 to $417.95. Progress to the next halving 23.4%. As of 22 Nov 2026, 10:00 UTC. Price data by CoinGecko.',
  );
});

it('keeps moment and source when names are endless', () => {
  const alt = priceAlt({ ...price, points, name: 'N'.repeat(3000), now: AT + 3 * HOUR });
  expect(alt.length).toBeLessThanOrEqual(1000);
  expect(alt).toMatch(/… As of 22 Nov 2026, 10:00 UTC\. Price data by CoinGecko\. Data is 3 h old\.$/);
});

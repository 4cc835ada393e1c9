// Invented series and specs for the tests of pictures; the same seed always gives the same walk.
import type { CompareSpec, DigestSpec, PriceSpec } from '../../src/charts/spec.ts';
import { HOUR } from '../../src/base/clock.ts';

export const AT = Date.UTC(2026, 10, 22, 10, 0);

/** `count` points that end at `end`, `stepMs` apart, starting at `start`; `swing` is the size of a step. */
export function walk(
  seed: number,
  count: number,
  start = 398.4,
  stepMs = HOUR,
  end = AT,
  swing = 0.012,
): [number, number][] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let value = start;
  return Array.from({ length: count }, (_, index) => {
    const point: [number, number] = [end - (count - 1 - index) * stepMs, value];
    value *= 1 + (random() + random() + random() - 1.5) * swing;
    return point;
  });
}

const common = {
  theme: 'dark',
  locale: 'en',
  currency: 'usd',
  at: AT,
  now: AT + 60_000,
  sourceName: 'CoinGecko',
} as const;

export const price: PriceSpec = {
  ...common,
  kind: 'price',
  name: 'Bittensor',
  symbol: 'TAO',
  range: '7d',
  points: walk(40, 169),
};

export const digest: DigestSpec = {
  ...common,
  kind: 'digest',
  name: 'Bittensor',
  symbol: 'TAO',
  price: 412.87,
  change24h: 2.41,
  change7d: 3.63,
  points: walk(40, 169),
  marketCap: 4.84e9,
  rank: 34,
  volume24h: 168.2e6,
  high24h: 417.95,
  low24h: 399.12,
  progress: {
    kind: 'halving',
    issued: 1.23e6,
    era: 5.25e6,
    estimate: { from: Date.UTC(2029, 10, 20), to: Date.UTC(2030, 0, 14) },
  },
};

export const compare: CompareSpec = {
  ...common,
  kind: 'compare',
  range: '30d',
  coins: [
    { symbol: 'TAO', name: 'Bittensor', points: walk(1, 721, 348) },
    { symbol: 'RENDER', name: 'Render', points: walk(2, 721, 4.4) },
    { symbol: 'FET', name: 'FET', points: walk(3, 721, 0.7) },
  ],
};

const MORE = [
  { symbol: 'BTC', name: 'Bitcoin', points: walk(14, 721, 120_000) },
  { symbol: 'NEAR', name: 'NEAR', points: walk(75, 721, 2.1) },
];

export const compareFive: CompareSpec = { ...compare, coins: [...compare.coins, ...MORE] };

/** Every currency of CoinGecko's `/simple/supported_vs_currencies`, read from its published API description, November 2026. */
export const CURRENCIES =
  'btc eth ltc bch bnb eos xrp xlm link dot yfi sol usd aed ars aud bdt bhd bmd brl cad chf clp cny czk dkk eur gbp gel hkd huf idr ils inr jpy krw kwd lkr mmk mxn myr ngn nok nzd php pkr pln rub sar sek sgd thb try twd uah vef vnd zar xdr xag xau bits sats'.split(
    ' ',
  );

// What a picture is made from: plain data that can be hashed, sent to another process and written in a test.
import type { Range } from '../base/ranges.ts';

export type Theme = 'dark' | 'light';

/**
 * `wide`: 1000 × 600 units, for pages. `phone`: 600 × 300 with large words, for messages that say the rest themselves. `share`: the wide one
 * within 1200 × 630 pixels, which previews of links show uncut.
 */
export type Canvas = 'wide' | 'phone' | 'share';

/** [epoch ms, value]; anything that is not a positive finite number is skipped. */
export type Point = readonly [number, number | null];

/**
 * What every picture says about its data. `at`: time of the data, `now`: time of drawing (both epoch ms; their distance is the age
 * shown). `currency`: as CoinGecko lists it ("usd", "btc", "sats"). `sourceName`: "CoinGecko"; a name that starts with "Sample" is
 * printed as it is, so that invented data cannot be taken for prices.
 */
type Common = {
  theme: Theme;
  canvas?: Canvas | undefined;
  locale: string;
  currency: string;
  at: number;
  now: number;
  sourceName: string;
};

/** `change`: percent over the range as said elsewhere on the card, so that both agree to the last digit; from the points when absent. */
export type PriceSpec = Common & {
  kind: 'price';
  name: string;
  symbol: string;
  range: Range;
  points: readonly Point[];
  change?: number;
};

/**
 * Progress towards something, done and whole in the same unit, so that bar and words share one denominator.
 * `estimate`: the window in which the next halving is expected (epoch ms).
 */
export type Progress =
  | { kind: 'halving'; issued: number; era: number; estimate?: { from: number; to: number } }
  | { kind: 'supply'; circulating: number; max: number };

/** `points`: the past 7 days. Null means unknown and is drawn as such. Percentages in percent (3.6 = 3.6 %). */
export type DigestSpec = Common & {
  kind: 'digest';
  name: string;
  symbol: string;
  price: number;
  change24h: number | null;
  change7d: number | null;
  points: readonly Point[];
  marketCap: number | null;
  rank: number | null;
  volume24h: number | null;
  high24h: number | null;
  low24h: number | null;
  progress?: Progress;
};

/**
 * Two to five coins; the first is the one asked about and is drawn on top. `change`: percent over the common time as said elsewhere on
 * the card, so that picture and table agree to the last digit; computed from the points when absent.
 */
export type CompareSpec = Common & {
  kind: 'compare';
  range: Range;
  coins: readonly { symbol: string; name: string; points: readonly Point[]; change?: number }[];
};

export type ChartSpec = PriceSpec | DigestSpec | CompareSpec;

/** The series of a spec in drawing order: one for a price or digest, one per coin for a comparison. */
export function seriesOf(spec: ChartSpec): readonly (readonly Point[])[] {
  return spec.kind === 'compare' ? spec.coins.map((coin) => coin.points) : [spec.points];
}

/** The same spec without its points, for when they travel packed. */
export function withoutPoints(spec: ChartSpec): ChartSpec {
  if (spec.kind === 'compare') return { ...spec, coins: spec.coins.map((coin) => ({ ...coin, points: [] })) };
  return { ...spec, points: [] };
}

// What a picture is made from: plain data that can be hashed, sent to another process and written in a test.

export type Theme = 'dark' | 'light' | 'slack-dark' | 'slack-light';

export type ChartRange = '24h' | '7d' | '30d' | '90d' | '1y';

/** [epoch ms, value]; anything that is not a positive finite number is skipped. */
export type Point = readonly [number, number | null];

/** [close time in epoch ms, open, high, low, close], as CoinGecko's OHLC rows. */
export type Candle = readonly [number, number, number, number, number];

/**
 * What every picture says about its data. `at`: time of the data, `now`: time of drawing (both epoch ms; their distance is the age
 * shown). `currency`: as CoinGecko lists it ("usd", "btc", "sats"). `sourceName`: "CoinGecko"; a name that starts with "Sample" is
 * printed as it is, so that invented data cannot be taken for prices.
 */
type Common = { theme: Theme; locale: string; currency: string; at: number; now: number; sourceName: string };

export type PriceSpec = Common & {
  kind: 'price';
  name: string;
  symbol: string;
  range: ChartRange;
  points: readonly Point[];
  candles?: readonly Candle[];
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
  range: ChartRange;
  coins: readonly { symbol: string; name: string; points: readonly Point[]; change?: number }[];
};

export type ChartSpec = PriceSpec | DigestSpec | CompareSpec;

const DAY = 86_400_000;

/** Length of a range in ms, its words alone and its words as the past. */
export const RANGES: Readonly<Record<ChartRange, { ms: number; length: string; past: string }>> = {
  '24h': { ms: DAY, length: '24 hours', past: 'Past 24 hours' },
  '7d': { ms: 7 * DAY, length: '7 days', past: 'Past 7 days' },
  '30d': { ms: 30 * DAY, length: '30 days', past: 'Past 30 days' },
  '90d': { ms: 90 * DAY, length: '90 days', past: 'Past 90 days' },
  '1y': { ms: 365 * DAY, length: '1 year', past: 'Past year' },
};

// The port of the market room: what the rest of the core may ask about prices and their history.
import type { Range } from '../base/ranges.ts';
import type { FallbackId } from './fallback/sources.ts';

/** `chain`: the Bittensor chain itself, for subnets. */
type SourceId = 'coingecko' | 'chain' | 'sample' | FallbackId;

/** Who said the number. `url` is the page to link for attribution. */
export type Source = { id: SourceId; name: string; url: string };

/** A coin that can be looked up. `rank` is the market-cap rank (1 = largest) or null when unknown. */
export type CoinRef = { id: string; symbol: string; name: string; rank: number | null };

/**
 * One accepted price with everything known beside it. Money is in `currency` (lower case, e.g. "usd"), percentages in percent (3.6 = 3.6 %),
 * `at` is the source's own timestamp in epoch ms. `sparkline` is hourly over 7 days, oldest first, null for an hour without a price. Null means unknown, never zero.
 */
export type Quote = {
  coinId: string;
  symbol: string;
  name: string;
  currency: string;
  price: number;
  change1h: number | null;
  change24h: number | null;
  change7d: number | null;
  change30d: number | null;
  change1y: number | null;
  marketCap: number | null;
  volume24h: number | null;
  high24h: number | null;
  low24h: number | null;
  ath: number | null;
  athChange: number | null;
  athAt: number | null;
  atl: number | null;
  atlAt: number | null;
  rank: number | null;
  circulatingSupply: number | null;
  totalSupply: number | null;
  maxSupply: number | null;
  sparkline: readonly (number | null)[] | null;
  at: number;
  source: Source;
  /** The value was contradicted, and the objection was not raised again for a while: newest, but not confirmed. */
  unconfirmed?: true;
  /** The source quoted another currency: units of `currency` for one unit of it, as said by this source at this time. */
  converted?: Conversion;
};

/** An exchange rate that stands behind a price; `at` is epoch ms. */
export type Conversion = { from: string; rate: number; at: number; source: Source };

/**
 * `checking`: a newer value was seen but is not trusted yet, so the last good one is shown. `trouble`: why there is nothing newer, when the
 * value is older than it should be. Both it and `reason` are sentence parts for people.
 */
export type QuoteResult = { quote: Quote; checking: boolean; trouble?: string } | { quote: null; reason: string };

/** Results by coin id: `get` always answers, with a reason when nobody lists the coin. */
export type QuoteResults = Omit<ReadonlyMap<string, QuoteResult>, 'get'> & { get(id: string): QuoteResult };

/** History of one source: points are [epoch ms, price], ascending, gaps left as gaps. */
export type Series = {
  coinId: string;
  currency: string;
  range: Range;
  points: readonly (readonly [number, number])[];
  at: number;
  source: Source;
};

export type SeriesResult = { series: Series } | { series: null; reason: string };

/** Units of `to` that one unit of `from` buys; `at` is when the rates were read (epoch ms). */
export type RateResult = { rate: number; at: number; source: Source } | { rate: null; reason: string };

export type MarketStatus = {
  plan: string;
  /** Credits of the running month: used, projected to month end at the present pace, allowed (null: no stated monthly limit). */
  credits: { used: number; projected: number; allowed: number | null };
  refreshMs: number;
  sources: readonly {
    id: SourceId;
    state: 'ok' | 'failing' | 'cooling';
    lastSuccessAt: number | null;
    lastError: string | null;
  }[];
  /** Pauses under way: of one endpoint of a source, or of the whole source when `endpoint` is null. `failingMs`: since its first failure. */
  pauses: readonly { source: SourceId; endpoint: string | null; leftMs: number; failingMs: number; reason: string }[];
  /** When the prices in dollars are from (epoch ms, null: none yet): that of the first profiled coin, and the oldest of all profiled ones. */
  pricedAt: { first: number | null; oldest: number | null };
  /** Open doubts: how many prices or batches, and how many exchange rates; age of the oldest in ms (0 without any). */
  doubts: { prices: Doubted; rates: Doubted };
  /** Profiled coins that no fallback source can price, by id. */
  withoutFallback: readonly string[];
};

type Doubted = { open: number; oldestMs: number };

export interface Market {
  /** Latest accepted quotes, one result per id asked. Never throws, never waits longer than its deadline (about 1.2 s). */
  quotes(coinIds: readonly string[], currency: string): Promise<QuoteResults>;
  /** The same answers from what has been accepted so far: no call, no wait, any number of coins. It is no demand either: only `quotes` keeps them fresh. */
  known(coinIds: readonly string[], currency: string): QuoteResults;
  /**
   * Price history of one coin; same promises as `quotes`. `asker` is any name of whoever wants to see it, so that nobody takes all charts from
   * everybody; absent for what the bot posts by itself.
   */
  history(coinId: string, currency: string, range: Range, asker?: string): Promise<SeriesResult>;
  /** Rows in the shape of CoinGecko's own `/coins/markets`, from the cache; `at` is the oldest timestamp among them (null when empty). */
  rows(
    coinIds: readonly string[],
    currency: string,
  ): Promise<{ rows: readonly Record<string, unknown>[]; at: number | null }>;
  /** Exchange rate between two of `currencies()` (fiat and coin units), for conversions; same promises as `quotes`. */
  rate(from: string, to: string): Promise<RateResult>;
  /** The look-up list known at present: profiled coins first, then the largest, then all others once the upstream list has arrived. */
  directory(): readonly CoinRef[];
  /** False while `directory` only holds the coins known by heart: a coin that is not in it may exist all the same. */
  directoryComplete(): boolean;
  /** `listener` is called after each change of `directory`. */
  onDirectory(listener: () => void): void;
  /** Currencies that prices can be asked in, lower case. */
  currencies(): readonly string[];
  status(): MarketStatus;
  start(): void;
  close(): Promise<void>;
}

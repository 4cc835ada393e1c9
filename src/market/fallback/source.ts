// What every fallback price source is: one small file that turns its own answer into this shape. US dollars only.
import type { Log } from '../../base/log.ts';
import type { Outcome } from '../../http/outcome.ts';
import type { Http } from '../../http/client.ts';
import type { Source } from '../market.ts';

/** A price in US dollars with what the source says beside it; `at` is the source's own time (epoch ms). */
export type FallbackQuote = {
  price: number;
  at: number;
  change1h: number | null;
  change24h: number | null;
  change7d: number | null;
  change30d: number | null;
  change1y: number | null;
  marketCap: number | null;
  volume24h: number | null;
  high24h: number | null;
  low24h: number | null;
};

export type FallbackId = 'coinpaprika' | 'kraken' | 'coinbase';

/** Id of a coin at each fallback source; a source without an entry does not know the coin. */
export type FallbackSymbols = Readonly<Partial<Record<FallbackId, string | undefined>>>;

export type FallbackSource = {
  source: Source & { id: FallbackId };
  /** `symbol` is the coin's id at this source. Never throws. */
  quote(symbol: string): Promise<Outcome<FallbackQuote>>;
  http: Pick<Http, 'pausing' | 'distrust' | 'state'>;
  close(): Promise<void>;
};

export type FallbackOptions = {
  baseUrl: string;
  now: () => number;
  deadlineMs: number;
  log?: Log;
};

/** A quote of which only price and time are known. */
export function barePrice(price: number, at: number): FallbackQuote {
  const unknown = { change1h: null, change24h: null, change7d: null, change30d: null, change1y: null };
  return { price, at, ...unknown, marketCap: null, volume24h: null, high24h: null, low24h: null };
}

/** Exchanges send decimals as text: plain digits only, so "0x1F", "1,234", "" and " " stay what they are, not numbers. */
const DECIMAL = /^\d{1,15}(?:\.\d{1,30})?$/u;

/** The positive number that a decimal text states; null for anything else. */
export function decimal(text: unknown): number | null {
  if (typeof text !== 'string' || !DECIMAL.test(text)) return null;
  const value = Number(text);
  return value > 0 ? value : null;
}

/**
 * The last trade if it lies inside today's order book, else the middle of the book: a trade of hours ago must not pass for a price of now.
 * Null when neither is known.
 */
export function presentPrice(last: number | null, bid: number | null, invocation: number | null): number | null {
  if (bid === null || invocation === null || invocation < bid) return last;
  if (last !== null && last >= bid * 0.99 && last <= invocation * 1.01) return last;
  return invocation <= bid * 1.05 ? (bid + invocation) / 2 : null;
}

// What every fallback price source is: one small file that says where it answers and turns its answer into this shape. US dollars only.
import type { ZodType } from 'zod';
import type { Outcome } from '../../http/outcome.ts';

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

/** Where a source is asked: `get` reads a path below its address. Never throws. */
export type SourceApi = {
  get<T>(path: string, schema: ZodType<T>): Promise<Outcome<T>>;
  /** The time of the source by its last answer (epoch ms). */
  now(): number;
  /** For a limit that is told in an answer with status 200: the source is left alone for a while. */
  limited(): Outcome<never>;
  /** For an error that is told in an answer with status 200: the source is left alone for a while. */
  failed(reason: string): Outcome<never>;
};

/** Plain data and a pure reader: settings, content checks and links read the list of sources without any network code. */
export type SourceDefinition = {
  /** One lower-case word; it names the setting of the address (`KRAKEN_API_URL`) and the key under `symbols` of a coin profile. */
  id: string;
  /** How people know the source, and the page to link for attribution. */
  name: string;
  url: string;
  /** Its API: how the documentation calls it, and its own address. */
  api: { name: string; url: string };
  /** The address to put paths behind, for the one that an operator gave (no slash at its end); the same unless told. */
  baseUrl?(given: string): string;
  /** `symbol` is the coin's id at this source. Never throws. */
  quote(symbol: string, api: SourceApi): Promise<Outcome<FallbackQuote>>;
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
export function presentPrice(last: number | null, bid: number | null, ask: number | null): number | null {
  if (bid === null || ask === null || ask < bid) return last;
  if (last !== null && last >= bid * 0.99 && last <= ask * 1.01) return last;
  return ask <= bid * 1.05 ? (bid + ask) / 2 : null;
}

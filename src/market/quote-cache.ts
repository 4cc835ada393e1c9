// Holds the last good quote of every coin and currency, in memory and over restarts.
import { LRUCache } from 'lru-cache';
import { atMost } from '../base/cache/at-most.ts';
import type { Log } from '../base/log.ts';
import { z } from 'zod';
import { COINGECKO } from './coingecko/client.ts';
import { inTurns } from '../base/turns.ts';
import { type MarketMemory, MOST_QUOTES, QUOTE_KEPT_MS, QUOTE_KEYS } from '../base/memory.ts';
import type { MarketStatus, Quote } from './market.ts';
import type { RowExtra } from './public-row.ts';
import { FUTURE_MS } from './plausibility/price-check.ts';
import { type Clocks, momentOf, type Stamp, stampOf } from '../http/stamp.ts';

/**
 * `quote.at` is by our clock, `sourceAt` the same moment by the source's (both epoch ms); `seenAt` (monotonic ms): when the source last
 * confirmed the value, whatever the age of the value itself.
 */
export type CachedQuote = { quote: Quote; sourceAt: number; extra: RowExtra; seenAt: number };

type Held = { entry: CachedQuote; stamp: Stamp };

/** Rows of `MarketMemory.loadQuotes`. */
export type SavedRows = Awaited<ReturnType<MarketMemory['loadQuotes']>>;

export type QuoteCache = {
  get(currency: string, id: string): CachedQuote | null;
  /** Takes accepted values in; those of `keep` are also written to the memory, at once, so that a kill -9 loses nothing shown. */
  put(entries: readonly CachedQuote[], keep: (id: string) => boolean): void;
  /** Takes in what an earlier run saved, unless something newer is held already. */
  load(rows: SavedRows): Promise<void>;
  /** Resolves when everything put so far is written. */
  flush(): Promise<void>;
};

/** Rows with a week of prices that are read or written at a time: about three milliseconds. */
const SLICE = 25;
const N = z.number().nullable();
const StoredQuote = z.object({
  coinId: z.string(),
  symbol: z.string(),
  name: z.string(),
  currency: z.string(),
  price: z.number().positive(),
  change1h: N,
  change24h: N,
  change7d: N,
  change30d: N,
  change1y: N,
  marketCap: N,
  volume24h: N,
  high24h: N,
  low24h: N,
  ath: N,
  athChange: N,
  athAt: N,
  atl: N.default(null), // not in rows of earlier versions
  atlAt: N.default(null),
  rank: N,
  circulatingSupply: N,
  totalSupply: N,
  maxSupply: N,
  sparkline: z.custom<(number | null)[] | null>(isLine),
  at: z.number().positive(),
});
/** A week of prices, checked without a copy: there are thousands of them. */
function isLine(line: unknown): boolean {
  return line === null || (Array.isArray(line) && line.every((price) => price === null || Number.isFinite(price)));
}

const StoredExtra = z.object({
  image: z.string().nullable(),
  fully_diluted_valuation: N,
  price_change_24h: N,
  market_cap_change_24h: N,
  market_cap_change_percentage_24h: N,
  atl_change_percentage: N,
});
const Stored = z.object({ quote: StoredQuote, extra: StoredExtra });

export function createQuoteCache(options: {
  memory: MarketMemory;
  now: () => number;
  /** For ages; `now` unless given. */
  monotonic?: () => number;
  log?: Log;
}): QuoteCache {
  const { memory, now, log } = options;
  const clocks = { now, monotonic: options.monotonic ?? now };
  const held = new LRUCache<string, Held>(atMost(MOST_QUOTES)); // about 2.5 kB each
  /** What is remembered was written before this; how long reading it takes, and what the clock does meanwhile, changes no age. */
  const began = { now: now(), monotonic: clocks.monotonic() };
  let writing: Promise<void> = Promise.resolve();

  async function write(entries: readonly CachedQuote[]): Promise<void> {
    const rows = await inTurns(entries, savedRow, SLICE);
    try {
      await memory.saveQuotes(rows);
    } catch (error) {
      log?.warn({ err: error, count: rows.length }, 'last good prices could not be saved');
    }
  }

  /** Nothing is fresh after a restart, however young it was. */
  function takeIn(key: string, row: SavedRows[number]): [] {
    const entry = (held.peek(key)?.entry.sourceAt ?? 0) >= row.at ? null : readBack(row.json);
    if (entry === null) return [];
    const sourceAt = entry.quote.at;
    const restored = { ...entry, sourceAt, seenAt: Number.NEGATIVE_INFINITY };
    held.set(key, {
      entry: restored,
      stamp: stampOf(sourceAt, { now: () => began.now, monotonic: () => began.monotonic }),
    });
    return [];
  }

  return {
    get(currency, id) {
      const found = held.get(`${currency}:${id}`);
      return found === undefined ? null : dated(found.entry, found.stamp, clocks);
    },
    put(entries, keep) {
      for (const entry of entries) {
        const { currency, coinId, at } = entry.quote;
        held.set(`${currency}:${coinId}`, { entry, stamp: stampOf(at, clocks) });
      }
      const kept = entries.filter((entry) => keep(entry.quote.coinId));
      if (kept.length > 0) writing = writing.then(() => write(kept));
    },
    async load(rows) {
      const saved = rows
        .filter((row) => row.key.startsWith(QUOTE_KEYS) && now() - row.at <= QUOTE_KEPT_MS)
        .filter((row) => row.at <= began.now + FUTURE_MS) // else our clock is behind what it was: the age of the value cannot be known
        .toSorted((left, right) => left.at - right.at); // the youngest last, so that these stay
      await inTurns(saved, (row) => takeIn(row.key.slice(QUOTE_KEYS.length), row), SLICE);
    },
    flush: () => writing,
  };
}

/** The entry with its moment by the present wall clock; the same object unless that clock was set. */
export function dated(entry: CachedQuote, stamp: Stamp, clocks: Clocks): CachedQuote {
  const at = momentOf(stamp, clocks);
  return at === entry.quote.at ? entry : { ...entry, quote: { ...entry.quote, at } };
}

function savedRow({ quote, sourceAt, extra }: CachedQuote): SavedRows {
  const key = `${QUOTE_KEYS}${quote.currency}:${quote.coinId}`;
  return [{ key, json: JSON.stringify({ quote: { ...quote, at: sourceAt }, extra }), at: sourceAt }];
}

function readBack(json: string): Pick<CachedQuote, 'quote' | 'extra'> | null {
  try {
    const { quote, extra } = Stored.parse(JSON.parse(json));
    return { quote: { ...quote, source: COINGECKO }, extra };
  } catch {
    return null; // written by another version or damaged: the next batch replaces it
  }
}

/** When the prices in dollars of these coins are from, epoch ms: of the first coin, and the oldest of all; null: none yet. */
export function pricedAt(cache: Pick<QuoteCache, 'get'>, coins: readonly { id: string }[]): MarketStatus['pricedAt'] {
  const times = coins.map(({ id }) => cache.get('usd', id)?.quote.at ?? null);
  const known = times.filter((at) => at !== null);
  return { first: times[0] ?? null, oldest: known.length === 0 ? null : Math.min(...known) };
}

// The look-up list of all coins: profiled ones first, then CoinGecko's list with the ranks of the largest, renewed once a day.
import type { Log } from '../base/log.ts';
import { z } from 'zod';
import type { SavedRows } from './quote-cache.ts';
import type { CoinGecko } from './coingecko/client.ts';
import type { MarketRow } from './coingecko/schema.ts';
import type { CoinRef } from './market.ts';
import type { MarketMemory } from '../base/memory.ts';
import { NAME_LENGTH, SYMBOL_LENGTH } from './coingecko/convert.ts';
import { visibleLine } from '../base/visible-text.ts';

export type Directory = {
  /** The same array until the list changes, so that an index can be kept for it. */
  list(): readonly CoinRef[];
  find(id: string): CoinRef | null;
  /** The upstream list has arrived (now or in an earlier run). */
  complete(): boolean;
  /** Renews what is older than a day; two calls. Never throws. */
  refresh(): Promise<void>;
  load(rows: SavedRows): void;
};

const KEY = 'directory';
const RENEW_MS = 86_400_000;
/** After a failure: not before the source has had time to recover. */
const RETRY_MS = 60_000;
/** A list much shorter than the last one is a fault of the source. */
const SMALLEST_PART = 0.5;
/** [id, symbol, name, rank]: rows are stored without field names, which halves a megabyte. */
const Row = z.tuple([z.string(), z.string(), z.string(), z.number().nullable()]);
const Stored = z.object({ at: z.number(), rows: z.array(Row) });

export function createDirectory(options: {
  profiled: readonly { id: string; symbol: string; name: string }[];
  client: Pick<CoinGecko, 'list' | 'markets'>;
  memory: MarketMemory;
  /** Rows of the largest coins come with prices: they are handed on. */
  onRows: (rows: readonly MarketRow[]) => Promise<unknown>;
  now: () => number;
  log?: Log;
}): Directory {
  const { profiled, client, memory, now, log } = options;
  let upstream: readonly CoinRef[] = [];
  let merged: readonly CoinRef[] = [];
  let byId: ReadonlyMap<string, CoinRef> = new Map();
  let listedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  merge([]);

  function merge(rows: readonly CoinRef[]): void {
    upstream = rows;
    const ranks = new Map(rows.map((row) => [row.id, row.rank]));
    const own = profiled.map(({ id, symbol, name }) => ({ id, symbol, name, rank: ranks.get(id) ?? null }));
    const ownIds = new Set(own.map((coin) => coin.id));
    const others = rows.filter((row) => !ownIds.has(row.id));
    others.sort((left, right) => (left.rank ?? Number.MAX_VALUE) - (right.rank ?? Number.MAX_VALUE));
    merged = [...own, ...others];
    byId = new Map(merged.map((coin) => [coin.id, coin]));
  }

  async function renew(): Promise<void> {
    const [list, top] = [await client.list(), await client.markets(null, 'usd', 'directory')];
    const ranks = new Map<string, number>();
    if (top.kind === 'ok') {
      for (const row of top.data.rows) if (row.market_cap_rank !== null) ranks.set(row.id, row.market_cap_rank);
      await options.onRows(top.data.rows);
    }
    if (list.kind !== 'ok') return;
    const rows = toRefs(list.data, ranks);
    if (rows.length === 0 || rows.length < upstream.length * SMALLEST_PART) {
      log?.warn({ rows: rows.length, before: upstream.length }, 'coin list refused: much shorter than the last');
      return;
    }
    merge(rows);
    // Without ranks the list serves, but is tried again soon.
    listedAt = top.kind === 'ok' ? now() : listedAt;
    if (top.kind === 'ok') await save();
  }

  async function save(): Promise<void> {
    const rows = upstream.map(({ id, symbol, name, rank }) => [id, symbol, name, rank]);
    const json = JSON.stringify({ at: listedAt, rows });
    await memory.saveQuotes([{ key: KEY, json, at: listedAt }]).catch((error: unknown) => {
      log?.warn({ error: String(error) }, 'coin list could not be saved');
    });
  }

  return {
    list: () => merged,
    find: (id) => byId.get(id) ?? null,
    complete: () => upstream.length > 0,
    async refresh() {
      const at = now();
      if (at - listedAt < RENEW_MS || at - triedAt < RETRY_MS) return;
      triedAt = at;
      await renew();
    },
    load(rows) {
      const stored = rows.find((row) => row.key === KEY);
      if (stored === undefined) return;
      try {
        const { at, rows: saved } = Stored.parse(JSON.parse(stored.json));
        merge(saved.map(([id, symbol, name, rank]) => ({ id, symbol, name, rank })));
        listedAt = Math.min(at, now());
      } catch {
        log?.debug({ key: KEY }, 'stored coin list not readable, reading it anew');
      }
    },
  };
}

function toRefs(
  rows: readonly { id: string; symbol: string; name: string }[],
  ranks: ReadonlyMap<string, number>,
): CoinRef[] {
  return rows.flatMap(({ id, symbol, name }) => {
    const ref = { id, symbol: visibleLine(symbol, SYMBOL_LENGTH).toUpperCase(), name: visibleLine(name, NAME_LENGTH) };
    return ref.symbol === '' || ref.name === '' || id !== id.trim() ? [] : [{ ...ref, rank: ranks.get(id) ?? null }];
  });
}

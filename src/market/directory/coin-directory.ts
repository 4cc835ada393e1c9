// The look-up list of all coins: the built-in ones at once, CoinGecko's list with the ranks of the largest over them, renewed once a day.
import type { Log } from '../../base/log.ts';
import { z } from 'zod';
import type { SavedRows } from '../quote-cache.ts';
import type { CoinGecko } from '../coingecko/client.ts';
import type { MarketRow } from '../coingecko/schema.ts';
import type { CoinRef } from '../market.ts';
import type { MarketMemory } from '../../base/memory.ts';
import { inTurns } from '../in-turns.ts';
import { type KnownCoins, inOrder, type NamedCoin, SMALLEST_PART } from './merge-coins.ts';
import { NAME_LENGTH, SYMBOL_LENGTH } from '../coingecko/convert.ts';
import { visibleLine } from '../../base/visible-text.ts';

export type Directory = {
  /** The same array until the list changes, so that an index can be kept for it. */
  list(): readonly CoinRef[];
  find(id: string): CoinRef | null;
  /** The upstream list has arrived (now or in an earlier run). */
  complete(): boolean;
  /** `listener` is called after each change of the list. */
  onChange(listener: () => void): void;
  /** Renews what is older than a day; two calls. Never throws. */
  refresh(): Promise<void>;
  load(rows: SavedRows): Promise<void>;
};

const KEY = 'directory';
const RENEW_MS = 86_400_000;
/** After a failure: not before the source has had time to recover. */
const RETRY_MS = 60_000;
/** [id, symbol, name, rank]: rows are stored without field names, which halves a megabyte. */
const Row = z.tuple([z.string(), z.string(), z.string(), z.number().nullable()]);
const Stored = z.object({ at: z.number(), rankedAt: z.number().nullish(), rows: z.array(z.unknown()) });

export function createDirectory(options: {
  profiled: readonly NamedCoin[];
  /** Found until the upstream list has arrived, and while it cannot. */
  builtin: readonly CoinRef[];
  client: Pick<CoinGecko, 'list' | 'markets'>;
  memory: MarketMemory;
  /** Rows of the largest coins come with prices: they are handed on. */
  onRows: (rows: readonly MarketRow[]) => Promise<unknown>;
  now: () => number;
  log?: Log;
}): Directory {
  const { client, memory, now, log } = options;
  const listeners: (() => void)[] = [];
  let known: KnownCoins = { profiled: options.profiled, builtin: options.builtin, listed: null, largest: null };
  let byId = new Map<string, CoinRef>();
  const first = inOrder(known);
  for (const coin of first.coins) addTo(byId, coin, first.withRank);
  let merged: readonly CoinRef[] = [...byId.values()];
  let listedAt = Number.NEGATIVE_INFINITY;
  let rankedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;

  /** What is new is merged over what was known. */
  async function take(news: Partial<Pick<KnownCoins, 'listed' | 'largest'>>): Promise<void> {
    const next = { ...known, ...news };
    const coins = new Map<string, CoinRef>();
    const { coins: ordered, withRank } = inOrder(next);
    await inTurns(ordered, (coin) => addTo(coins, coin, withRank));
    [known, byId, merged] = [next, coins, [...coins.values()]];
    for (const listener of listeners) listener();
  }

  /** The whole list, or null when it did not come or cannot be right. */
  async function freshList(): Promise<readonly NamedCoin[] | null> {
    const answer = await client.list();
    if (answer.kind !== 'ok') return null;
    const rows = await inTurns(answer.data, toRef);
    const before = known.listed?.length ?? 0;
    if (rows.length > 0 && rows.length >= before * SMALLEST_PART) return rows;
    log?.warn({ rows: rows.length, before }, 'coin list refused: much shorter than the last');
    return null;
  }

  async function freshLargest(): Promise<readonly CoinRef[] | null> {
    const answer = await client.markets(null, 'usd', 'directory');
    if (answer.kind !== 'ok') return null;
    await options.onRows(answer.data.rows);
    return answer.data.rows.flatMap((row) => toRef(row).map((ref) => ({ ...ref, rank: row.market_cap_rank })));
  }

  async function save(listed: readonly NamedCoin[]): Promise<void> {
    const ranks = new Map(known.largest?.map(({ id, rank }) => [id, rank]));
    const rows = await inTurns(listed, ({ id, symbol, name }) => [[id, symbol, name, ranks.get(id) ?? null]]);
    const json = JSON.stringify({ at: listedAt, rankedAt: known.largest === null ? null : rankedAt, rows });
    await memory.saveQuotes([{ key: KEY, json, at: listedAt }]).catch((error: unknown) => {
      log?.warn({ error: String(error) }, 'coin list could not be saved');
    });
  }

  async function renew(at: number): Promise<void> {
    const [listed, largest] = await Promise.all([
      at - listedAt < RENEW_MS ? null : freshList(),
      at - rankedAt < RENEW_MS ? null : freshLargest(),
    ]);
    if (listed === null && largest === null) return;
    if (listed !== null) listedAt = at;
    if (largest !== null) rankedAt = at;
    await take({ ...(listed === null ? {} : { listed }), ...(largest === null ? {} : { largest }) });
    if (known.listed !== null) await save(known.listed);
  }

  return {
    list: () => merged,
    find: (id) => byId.get(id) ?? null,
    complete: () => known.listed !== null,
    onChange: (listener) => void listeners.push(listener),
    async refresh() {
      const at = now();
      const due = at - Math.min(listedAt, rankedAt) >= RENEW_MS;
      if (!due || at - triedAt < RETRY_MS) return;
      triedAt = at;
      await renew(at);
    },
    async load(rows) {
      const stored = rows.find((row) => row.key === KEY);
      if (stored === undefined || known.listed !== null) return;
      try {
        const { at, rankedAt: ranksAt, rows: saved } = Stored.parse(JSON.parse(stored.json));
        const coins = await inTurns(saved, (row): CoinRef[] => {
          const [id, symbol, name, rank] = Row.parse(row);
          return [{ id, symbol, name, rank }];
        });
        const largest = coins.filter(({ rank }) => rank !== null);
        if (known.listed !== null) return; // a newer list came meanwhile
        listedAt = Math.min(at, now());
        if (largest.length > 0) rankedAt = Math.min(ranksAt ?? at, now());
        await take({ listed: coins, largest: largest.length > 0 ? largest : null });
      } catch {
        log?.debug({ key: KEY }, 'stored coin list not readable, reading it anew');
      }
    },
  };
}

/** The first coin of an id holds. */
function addTo(coins: Map<string, CoinRef>, coin: NamedCoin, withRank: (coin: NamedCoin) => CoinRef): [] {
  if (!coins.has(coin.id)) coins.set(coin.id, withRank(coin));
  return [];
}

/** Nothing for a row without a visible ticker and name. */
function toRef({ id, symbol, name }: NamedCoin): NamedCoin[] {
  const ref = { id, symbol: visibleLine(symbol, SYMBOL_LENGTH).toUpperCase(), name: visibleLine(name, NAME_LENGTH) };
  return ref.symbol === '' || ref.name === '' || id !== id.trim() ? [] : [ref];
}

// The look-up list of all coins: the built-in ones at once, CoinGecko's list with the ranks of the largest over them, renewed once a day.
import { DAY, HOUR } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { attempted, createAttempts } from '../attempts.ts';
import type { SavedRows } from '../quote-cache.ts';
import { COINGECKO, type CoinGecko, ENDPOINTS, type MarketPage } from '../coingecko/client.ts';
import type { CoinRef } from '../market.ts';
import type { MarketMemory } from '../../base/memory.ts';
import { inTurns } from '../../base/turns.ts';
import { isPart, type KnownCoins, inOrder, mergeCoins, type NamedCoin } from './merge-coins.ts';
import { NAME_LENGTH, SYMBOL_LENGTH } from '../coingecko/convert.ts';
import { fromRows, toRows } from './stored-coins.ts';
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

const RENEW_MS = DAY;
/** What came in part is asked for again sooner. */
const PART_RENEW_MS = HOUR;
/** So many short lists in a row, a day apart, are no accident any more. */
const SHORT_LISTS_BELIEVED = 3;

export function createDirectory(options: {
  profiled: readonly NamedCoin[];
  /** Found until the upstream list has arrived, and while it cannot. */
  builtin: readonly CoinRef[];
  client: Pick<CoinGecko, 'list' | 'markets'> & { http: Pick<CoinGecko['http'], 'distrust'> };
  memory: MarketMemory;
  /** The page of the largest coins comes with prices: it is handed on, to be judged. */
  onPage: (page: MarketPage) => Promise<void>;
  now: () => number;
  /** For lengths of time; `now` unless given. */
  monotonic?: () => number;
  log?: Log;
}): Directory {
  const { client, memory, now, log } = options;
  const monotonic = options.monotonic ?? now;
  const listeners: (() => void)[] = [];
  let known: KnownCoins = { profiled: options.profiled, builtin: options.builtin, listed: null, largest: null };
  let byId = new Map<string, CoinRef>();
  for (const coin of inOrder(known)) addTo(byId, coin);
  let merged: readonly CoinRef[] = [...byId.values()];
  let listedAt = Number.NEGATIVE_INFINITY;
  let rankedAt = Number.NEGATIVE_INFINITY;
  /** List and page fail each by itself, and are asked for again each at its own pace. */
  const attempts = { list: createAttempts(monotonic), largest: createAttempts(monotonic) };
  let shortLists = 0;

  /** What is new is merged over what was known. */
  async function take(news: Partial<Pick<KnownCoins, 'listed' | 'largest'>>): Promise<void> {
    const next = { ...known, ...news };
    const coins = new Map<string, CoinRef>();
    await inTurns(inOrder(next), (coin) => addTo(coins, coin));
    [known, byId, merged] = [next, coins, [...coins.values()]];
    for (const listener of listeners) listener();
  }

  /** The list, over the last one where it is only a part of it; null when it did not come. */
  async function freshList(): Promise<readonly NamedCoin[] | null> {
    let rows: readonly NamedCoin[] = [];
    const came = await attempted(attempts.list, await client.list(), async (data) => {
      rows = await inTurns(data, toRef);
      if (rows.length > 0) return null;
      const fault = `${COINGECKO.name} sent an empty list of coins`;
      client.http.distrust(fault, ENDPOINTS.list);
      return fault;
    });
    if (!came) return null;
    const before = known.listed ?? [];
    const part = isPart(rows, before);
    shortLists = part ? shortLists + 1 : 0;
    if (shortLists === 1)
      log?.warn(
        { count: rows.length, before: before.length },
        'coin list is much shorter than the last: coins are only added',
      );
    if (part && shortLists < SHORT_LISTS_BELIEVED) return mergeCoins(rows, before);
    if (part)
      log?.warn({ count: rows.length, before: before.length }, 'coin list has stayed short: it holds from now on');
    shortLists = 0;
    return rows;
  }

  /** The largest coins, over the last ones where the page came in part; null when it did not come. */
  async function freshLargest(): Promise<{ coins: readonly CoinRef[]; part: boolean } | null> {
    let coins: readonly CoinRef[] = [];
    const answer = await client.markets(null, 'usd', 'directory');
    const came = await attempted(attempts.largest, answer, async (page) => {
      await options.onPage(page);
      coins = page.rows.flatMap((row) => toRef(row).map((ref) => ({ ...ref, rank: row.market_cap_rank })));
      return null;
    });
    if (!came) return null;
    const before = known.largest ?? [];
    const part = isPart(coins, before);
    return { coins: part ? mergeCoins(coins, before) : coins, part };
  }

  async function save(listed: readonly NamedCoin[]): Promise<void> {
    const ranks = new Map(known.largest?.map(({ id, rank }) => [id, rank]));
    const coins = await inTurns(listed, (coin) => [{ ...coin, rank: ranks.get(coin.id) ?? null }]);
    const epoch = (at: number) => Math.round(now() - (monotonic() - at));
    const rankedOn = known.largest === null ? null : epoch(rankedAt);
    const rows = await toRows({ at: epoch(listedAt), rankedAt: rankedOn, coins });
    await memory.saveQuotes(rows).catch((error: unknown) => {
      log?.warn({ err: error }, 'coin list could not be saved');
    });
  }

  async function renew(at: number): Promise<void> {
    const [listed, largest] = await Promise.all([
      at - listedAt >= RENEW_MS && attempts.list.due(0) ? freshList() : null,
      at - rankedAt >= RENEW_MS && attempts.largest.due(0) ? freshLargest() : null,
    ]);
    if (listed === null && largest === null) return;
    if (listed !== null) listedAt = at;
    if (largest !== null) rankedAt = largest.part ? at - RENEW_MS + PART_RENEW_MS : at;
    await take({ ...(listed === null ? {} : { listed }), ...(largest === null ? {} : { largest: largest.coins }) });
    if (known.listed !== null) await save(known.listed);
  }

  return {
    list: () => merged,
    find: (id) => byId.get(id) ?? null,
    complete: () => known.listed !== null,
    onChange: (listener) => void listeners.push(listener),
    refresh: () => renew(monotonic()),
    async load(rows) {
      if (known.listed !== null) return;
      try {
        const stored = await fromRows(rows);
        if (stored === null || known.listed !== null) return; // a newer list came meanwhile
        const moment = (epoch: number) => monotonic() - Math.max(0, now() - epoch);
        listedAt = moment(stored.at);
        if (stored.rankedAt !== null) rankedAt = moment(stored.rankedAt);
        const largest = stored.rankedAt === null ? null : stored.coins.filter(({ rank }) => rank !== null);
        await take({ listed: stored.coins, largest });
      } catch {
        log?.debug({}, 'stored coin list not readable, reading it anew');
      }
    },
  };
}

/** The first coin of an id holds. */
function addTo(coins: Map<string, CoinRef>, coin: CoinRef | null): [] {
  if (coin !== null && !coins.has(coin.id)) coins.set(coin.id, coin);
  return [];
}

/** Nothing for a row without a visible ticker and name. */
function toRef({ id, symbol, name }: NamedCoin): NamedCoin[] {
  const ref = { id, symbol: visibleLine(symbol, SYMBOL_LENGTH).toUpperCase(), name: visibleLine(name, NAME_LENGTH) };
  return ref.symbol === '' || ref.name === '' || id !== id.trim() ? [] : [ref];
}

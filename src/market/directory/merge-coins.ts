// Puts the look-up list together from what is known so far: profiled coins, the built-in ones, CoinGecko's list, its page of the largest.
import type { CoinRef } from '../market.ts';

export type NamedCoin = Omit<CoinRef, 'rank'>;

export type KnownCoins = {
  profiled: readonly NamedCoin[];
  builtin: readonly CoinRef[];
  /** CoinGecko's whole list, from now or an earlier run; null until it has arrived. */
  listed: readonly NamedCoin[] | null;
  /** The largest coins with their ranks, from now or an earlier run; null until they have arrived. */
  largest: readonly CoinRef[] | null;
};

/** What is shorter than this part of what it would replace is an excerpt or a fault of the source: it adds, but takes nothing away. */
const WHOLE_PART = 0.95;

export function isPart(coins: readonly unknown[], before: readonly unknown[]): boolean {
  return coins.length < before.length * WHOLE_PART;
}

/** The new ones, then those known before that are not among them. */
export function mergeCoins<T extends NamedCoin>(coins: readonly T[], before: readonly T[]): T[] {
  const ids = new Set(coins.map(({ id }) => id));
  return [...coins, ...before.filter(({ id }) => !ids.has(id))];
}

/**
 * Everything known, in order: profiled coins as given, then by rank, then built-in ones without a rank by size, then the list's own order.
 * A coin may come again further back; the first one holds. The list is long: it is gone through as it is asked for, and null stands for a
 * coin that was only looked at.
 */
export function* inOrder(known: KnownCoins): Generator<CoinRef | null> {
  const { profiled, builtin } = known;
  const ranks = ranksOf(known);
  const sizes = new Map(builtin.map(({ id }, at) => [id, at]));
  const place = ({ id }: NamedCoin) => ranks.get(id) ?? Number.MAX_SAFE_INTEGER / 2 + (sizes.get(id) ?? 0);
  const sources = sourcesOf(known);
  const missing = new Set([...ranks.keys(), ...sizes.keys()]);
  const large: NamedCoin[] = []; // each from the first source that has it
  for (const coin of sources.flat()) {
    if (missing.delete(coin.id)) large.push(coin);
    yield null;
  }
  large.sort((left, right) => place(left) - place(right));
  for (const coins of [profiled, large, ...sources])
    for (const { id, symbol, name } of coins) yield { id, symbol, name, rank: ranks.get(id) ?? null };
}

/** Newest names first. A list shorter than the built-in one is an excerpt; a longer one says which coins there are. */
function sourcesOf({ builtin, listed, largest }: KnownCoins): readonly (readonly NamedCoin[])[] {
  const isExcerpt = listed === null || listed.length < builtin.length;
  return [listed ?? [], largest ?? [], isExcerpt ? builtin : []];
}

function ranksOf({ builtin, largest }: KnownCoins): ReadonlyMap<string, number> {
  const builtinRanks = withRank(builtin);
  const live = withRank(largest ?? []);
  return isPart(live, builtinRanks) ? new Map([...builtinRanks, ...live]) : new Map(live);
}

function withRank(coins: readonly CoinRef[]): (readonly [string, number])[] {
  return coins.flatMap(({ id, rank }) => (rank === null ? [] : [[id, rank] as const]));
}

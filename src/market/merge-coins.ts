// Puts the look-up list together from what is known so far: profiled coins, the built-in ones, CoinGecko's list, its page of the largest.
import type { CoinRef } from './market.ts';

export type NamedCoin = Omit<CoinRef, 'rank'>;

export type KnownCoins = {
  profiled: readonly NamedCoin[];
  builtin: readonly CoinRef[];
  /** CoinGecko's whole list, from now or an earlier run; null until it has arrived. */
  listed: readonly NamedCoin[] | null;
  /** The largest coins with their ranks, from now or an earlier run; null until they have arrived. */
  largest: readonly CoinRef[] | null;
};

/** What is much shorter than what it would replace is an excerpt or a fault of the source: it adds, but takes nothing away. */
export const SMALLEST_PART = 0.5;

/** Profiled coins as given, then by rank, then built-in coins without a rank by size, then all others in the list's own order. */
export function mergeCoins(known: KnownCoins): CoinRef[] {
  const { profiled, builtin } = known;
  const ranks = ranksOf(known);
  const ranked = ({ id, symbol, name }: NamedCoin): CoinRef => ({ id, symbol, name, rank: ranks.get(id) ?? null });
  const own = new Set(profiled.map(({ id }) => id));
  const sizes = new Map(builtin.map(({ id }, at) => [id, at]));
  const large: CoinRef[] = [];
  const others: CoinRef[] = [];
  for (const coin of namesOf(known).values()) {
    if (own.has(coin.id)) continue;
    (ranks.has(coin.id) || sizes.has(coin.id) ? large : others).push(ranked(coin));
  }
  const place = ({ id, rank }: CoinRef) => rank ?? Number.MAX_SAFE_INTEGER / 2 + (sizes.get(id) ?? 0);
  large.sort((left, right) => place(left) - place(right));
  return [...profiled.map(ranked), ...large, ...others];
}

/** Newer names win. A list shorter than the built-in one is an excerpt; a longer one says which coins there are. */
function namesOf({ builtin, listed, largest }: KnownCoins): ReadonlyMap<string, NamedCoin> {
  const names = new Map<string, NamedCoin>();
  if (listed === null || listed.length < builtin.length) for (const coin of builtin) names.set(coin.id, coin);
  for (const coin of largest ?? []) names.set(coin.id, coin);
  for (const coin of listed ?? []) names.set(coin.id, coin);
  return names;
}

function ranksOf({ builtin, largest }: KnownCoins): ReadonlyMap<string, number> {
  const builtinRanks = withRank(builtin);
  const live = withRank(largest ?? []);
  return live.length >= builtinRanks.length * SMALLEST_PART ? new Map(live) : new Map([...builtinRanks, ...live]);
}

function withRank(coins: readonly CoinRef[]): (readonly [string, number])[] {
  return coins.flatMap(({ id, rank }) => (rank === null ? [] : [[id, rank] as const]));
}

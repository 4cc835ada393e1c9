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

/** What is much shorter than what it would replace is an excerpt or a fault of the source: it adds, but takes nothing away. */
export const SMALLEST_PART = 0.5;

/**
 * Everything known, in order: profiled coins as given, then by rank, then built-in ones without a rank by size, then the list's own order.
 * A coin may come again further back; the first one holds. `withRank` makes a row of the list of one of them: there are too many for one turn.
 */
export function inOrder(known: KnownCoins): { coins: NamedCoin[]; withRank: (coin: NamedCoin) => CoinRef } {
  const { profiled, builtin } = known;
  const ranks = ranksOf(known);
  const sizes = new Map(builtin.map(({ id }, at) => [id, at]));
  const place = ({ id }: NamedCoin) => ranks.get(id) ?? Number.MAX_SAFE_INTEGER / 2 + (sizes.get(id) ?? 0);
  const isLarge = ({ id }: NamedCoin) => ranks.has(id) || sizes.has(id);
  const sources = sourcesOf(known);
  const large = sources.flatMap((coins) => coins.filter(isLarge)).sort((left, right) => place(left) - place(right));
  return {
    coins: [profiled, large, ...sources].flat(),
    withRank: ({ id, symbol, name }) => ({ id, symbol, name, rank: ranks.get(id) ?? null }),
  };
}

/** Newest names first. A list shorter than the built-in one is an excerpt; a longer one says which coins there are. */
function sourcesOf({ builtin, listed, largest }: KnownCoins): readonly (readonly NamedCoin[])[] {
  const isExcerpt = listed === null || listed.length < builtin.length;
  return [listed ?? [], largest ?? [], isExcerpt ? builtin : []];
}

function ranksOf({ builtin, largest }: KnownCoins): ReadonlyMap<string, number> {
  const builtinRanks = withRank(builtin);
  const live = withRank(largest ?? []);
  return live.length >= builtinRanks.length * SMALLEST_PART ? new Map(live) : new Map([...builtinRanks, ...live]);
}

function withRank(coins: readonly CoinRef[]): (readonly [string, number])[] {
  return coins.flatMap(({ id, rank }) => (rank === null ? [] : [[id, rank] as const]));
}

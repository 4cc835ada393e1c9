// Finds the coin that somebody means by id, ticker, name or alias, and offers near ones when nothing fits exactly.
import { type CoinInput, type CoinKeys, type CoinRef, createCoinKeys, type MatchKind } from './coin-keys.ts';
import { foldName, latinTwin } from './coin-names.ts';

type CoinMatch = { readonly coin: CoinRef; readonly kind: MatchKind };

type CoinResolution =
  /** `others` share the same ticker, name or alias, most likely first. */
  | { readonly kind: 'exact'; readonly coin: CoinRef; readonly others: readonly CoinRef[] }
  /** Nothing is called exactly that, but these are near. */
  | { readonly kind: 'guess'; readonly suggestions: readonly CoinRef[] }
  /** Nothing is near; `suggestions` are the profiled coins, to show what a name looks like. */
  | { readonly kind: 'none'; readonly suggestions: readonly CoinRef[] };

export type CoinIndex = {
  /** Matches, best first: exact ones, coins that start like the query, and look-alikes and typos while these are few. */
  readonly find: (query: string, options: { readonly limit: number }) => CoinMatch[];
  /** The coins that are called exactly so, most likely first; quick, because nothing near is looked for. */
  readonly named: (query: string) => readonly CoinRef[];
  /** The one coin meant. `id:<coin id>` asks for an id alone, so a button never meets a namesake. */
  readonly resolve: (query: string) => CoinResolution;
  /** Coins for an autocomplete box; an empty prefix gives the profiled and the largest coins. */
  readonly complete: (prefix: string, limit?: number) => CoinRef[];
  /** False while only the largest coins are known: what is not found may exist all the same. */
  readonly whole: boolean;
};

/** A near match; the smaller `distance`, the nearer. */
type NearMatch = CoinMatch & { readonly distance: number };

const SUGGESTIONS = 3;
const COMPLETIONS = 25; // Discord's limit of autocomplete choices
const OTHERS = 10;
const ENOUGH = 5; // real matches after which typos would only be noise

/** Coins added to the index before others get their turn: one or two milliseconds, so that a collection of garbage fits beside them. */
const SLICE = 100;

/** An index of few coins, at once. */
export function createCoinIndex(coins: readonly CoinInput[], whole = true): CoinIndex {
  const keys = createCoinKeys();
  for (const coin of inWinningOrder(coins)) keys.add(coin);
  return indexOver(keys, whole);
}

/**
 * The same for the list of all coins, which comes in winning order: profiled coins, then the largest. 18,000 coins take a tenth of a second,
 * in slices of a millisecond or two; `pause` gives others their turn before each; `toInput`
 * adds what is known of a coin besides.
 */
export async function buildCoinIndex(
  coins: readonly CoinInput[],
  whole: boolean,
  pause: () => Promise<unknown>,
  toInput: (coin: CoinInput) => CoinInput = (coin) => coin,
): Promise<CoinIndex> {
  const keys = createCoinKeys();
  for (let at = 0; at < coins.length; at += SLICE) {
    await pause();
    for (const coin of coins.slice(at, at + SLICE)) keys.add(toInput(coin));
  }
  return indexOver(keys, whole);
}

function indexOver(keys: CoinKeys, whole: boolean): CoinIndex {
  const exact = (folded: string): CoinMatch[] => oncePerCoin(keys.exact(folded));
  const startingWith = (folded: string, limit: number): CoinMatch[] =>
    keys.startingWith(folded, limit).map(({ coin }) => ({ coin, kind: 'prefix' }));
  const near = (folded: string): NearMatch[] => {
    const twin = latinTwin(folded);
    const twins = twin === folded ? [] : exact(twin);
    const typos = keys.near(folded).map(({ coin, distance }) => ({ coin, kind: 'typo' as const, distance }));
    return [...twins.map(({ coin }) => ({ coin, kind: 'look-alike' as const, distance: 0 })), ...typos];
  };
  const find: CoinIndex['find'] = (query, { limit }) => {
    const folded = foldName(query);
    if (folded === '') return [];
    const found = oncePerCoin([...exact(folded), ...startingWith(folded, limit)]);
    return (found.length < ENOUGH ? oncePerCoin([...found, ...near(folded)]) : found).slice(0, limit);
  };
  const suggest = (folded: string): CoinRef[] => {
    const prefixed = startingWith(folded, SUGGESTIONS).map((match) => ({ ...match, distance: 1 }));
    const nearest = [...near(folded), ...prefixed].sort(
      (a, b) => Number(b.coin.profiled) - Number(a.coin.profiled) || a.distance - b.distance,
    );
    return oncePerCoin(nearest).map(({ coin }) => coin);
  };

  const named: CoinIndex['named'] = (query) => {
    const wanted = query.startsWith('id:') ? keys.byId(query.slice('id:'.length)) : undefined;
    return wanted === undefined ? exact(foldName(query)).map(({ coin }) => coin) : [wanted];
  };

  return {
    whole,
    find,
    named,
    resolve: (query) => {
      const [best, ...others] = named(query);
      if (best !== undefined) return { kind: 'exact', coin: best, others: others.slice(0, OTHERS) };
      const folded = foldName(query);
      const suggestions = folded === '' ? [] : suggest(folded).slice(0, SUGGESTIONS);
      if (suggestions.length > 0) return { kind: 'guess', suggestions };
      return { kind: 'none', suggestions: keys.coins.filter(({ profiled }) => profiled).slice(0, SUGGESTIONS) };
    },
    complete: (prefix, limit = COMPLETIONS) => {
      if (foldName(prefix) === '') return keys.coins.slice(0, limit);
      return find(prefix, { limit }).map(({ coin }) => coin);
    },
  };
}

/** Profiled coins as given, then by rank, unranked ones last. */
function inWinningOrder(coins: readonly CoinInput[]): CoinInput[] {
  const placeOf = ({ profiled, rank }: CoinInput) => (profiled ? 0 : (rank ?? Number.MAX_SAFE_INTEGER));
  return coins.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function oncePerCoin(matches: readonly CoinMatch[]): CoinMatch[] {
  const seen = new Set<CoinRef>();
  return matches.filter(({ coin }) => !seen.has(coin) && seen.add(coin)).map(({ coin, kind }) => ({ coin, kind }));
}

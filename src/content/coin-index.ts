// Finds the coin that somebody means by id, ticker, name or alias, and offers near ones when nothing fits exactly.
import { editDistance } from '../base/edit-distance.ts';
import type { Coin } from './schema.ts';
import { allowedTypos, foldName, latinTwin, letterMask, mayBeTypo } from './coin-names.ts';

/** A coin as the list of coins gives it. `rank` is the market-cap rank (1 is the largest), null when unknown. */
export type CoinInput = {
  readonly id: string;
  readonly symbol: string;
  readonly name: string;
  readonly rank: number | null;
  readonly aliases?: readonly string[];
  /** True for coins with a profile of their own: they win a shared ticker. */
  readonly profiled?: boolean;
};

/** What an answer needs to name a coin. */
type CoinRef = Pick<CoinInput, 'id' | 'symbol' | 'name' | 'rank'> & { readonly profiled: boolean };

/** Why a coin was found; the first ones are exact. */
type MatchKind = 'id' | 'symbol' | 'name' | 'alias' | 'prefix' | 'typo' | 'look-alike';

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
  /** The one coin meant. `id:<coin id>` asks for an id alone, so a button never meets a namesake. */
  readonly resolve: (query: string) => CoinResolution;
  /** Coins for an autocomplete box; an empty prefix gives the profiled and the largest coins. */
  readonly complete: (prefix: string, limit?: number) => CoinRef[];
};

/** A name of a coin. Keys are kept in winning order, so whatever is filtered from them is sorted already. */
type Key = { readonly text: string; readonly kind: MatchKind; readonly coin: CoinRef; readonly mask: number };
/** A near match; the smaller `distance`, the nearer. */
type NearMatch = CoinMatch & { readonly distance: number };

const SUGGESTIONS = 3;
const COMPLETIONS = 25; // Discord's limit of autocomplete choices
const OTHERS = 10;
const ENOUGH = 5; // real matches after which typos would only be noise

/** Builds an index of `coins`; with about 18,000 coins this takes well under 150 ms, so it is rebuilt and not updated. */
export function createCoinIndex(coins: readonly CoinInput[]): CoinIndex {
  const keys = inWinningOrder(coins).flatMap(keysOf);
  const ordered = [...new Set(keys.map(({ coin }) => coin))];
  const byId = new Map(ordered.map((coin) => [coin.id, coin]));
  const exactKeys = groupKeys(keys, ({ text }) => text);
  const firstLetters = groupKeys(keys, ({ text }) => text.slice(0, 2));

  const exact = (folded: string): CoinMatch[] => oncePerCoin(exactKeys.get(folded) ?? []);
  const startingWith = (folded: string, limit: number): CoinMatch[] => {
    const candidates = folded.length >= 2 ? (firstLetters.get(folded.slice(0, 2)) ?? []) : keys;
    return takePrefixed(candidates, folded, limit).map(({ coin }) => ({ coin, kind: 'prefix' }));
  };
  const near = (folded: string): NearMatch[] => {
    const twin = latinTwin(folded);
    const twins = twin === folded ? [] : exact(twin);
    return [...twins.map(({ coin }) => ({ coin, kind: 'look-alike' as const, distance: 0 })), ...typosOf(folded, keys)];
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

  return {
    find,
    resolve: (query) => {
      const wanted = query.startsWith('id:') ? byId.get(query.slice('id:'.length)) : undefined;
      if (wanted !== undefined) return { kind: 'exact', coin: wanted, others: [] };
      const folded = foldName(query);
      const [best, ...others] = exact(folded).map(({ coin }) => coin);
      if (best !== undefined) return { kind: 'exact', coin: best, others: others.slice(0, OTHERS) };
      const suggestions = folded === '' ? [] : suggest(folded).slice(0, SUGGESTIONS);
      if (suggestions.length > 0) return { kind: 'guess', suggestions };
      return { kind: 'none', suggestions: ordered.filter(({ profiled }) => profiled).slice(0, SUGGESTIONS) };
    },
    complete: (prefix, limit = COMPLETIONS) => {
      if (foldName(prefix) === '') return ordered.slice(0, limit);
      return find(prefix, { limit }).map(({ coin }) => coin);
    },
  };
}

/** Profiled coins as given, then by rank, unranked ones last. */
function inWinningOrder(coins: readonly CoinInput[]): CoinInput[] {
  const placeOf = ({ profiled, rank }: CoinInput) => (profiled ? 0 : (rank ?? Number.MAX_SAFE_INTEGER));
  return coins.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function keysOf(input: CoinInput): Key[] {
  const { id, symbol, name, rank, profiled = false, aliases = [] } = input;
  const coin: CoinRef = { id, symbol, name, rank, profiled };
  const keys: Key[] = [];
  const add = (given: string, kind: MatchKind) => {
    const text = foldName(given);
    if (text !== '' && !keys.some((key) => key.text === text)) keys.push({ text, kind, coin, mask: letterMask(text) });
  };
  add(id, 'id');
  add(symbol, 'symbol');
  add(name, 'name');
  for (const alias of aliases) add(alias, 'alias');
  return keys;
}

function groupKeys(keys: readonly Key[], groupOf: (key: Key) => string): ReadonlyMap<string, Key[]> {
  const groups = new Map<string, Key[]>();
  for (const key of keys) {
    const name = groupOf(key);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [key]);
    else group.push(key);
  }
  return groups;
}

/** The first `limit` coins with a key that starts with `folded`. */
function takePrefixed(keys: readonly Key[], folded: string, limit: number): Key[] {
  const taken: Key[] = [];
  for (const key of keys) {
    if (taken.length >= limit) break;
    if (key.text.startsWith(folded) && taken.at(-1)?.coin !== key.coin) taken.push(key);
  }
  return taken;
}

function typosOf(folded: string, keys: readonly Key[]): NearMatch[] {
  const limit = allowedTypos(folded.length);
  if (limit === 0) return [];
  const mask = letterMask(folded);
  const found: NearMatch[] = [];
  for (const { text, coin, mask: other } of keys) {
    if (Math.abs(text.length - folded.length) > limit || !mayBeTypo(mask, other, limit)) continue;
    const distance = editDistance(folded, text, limit);
    if (distance <= limit) found.push({ coin, kind: 'typo', distance });
  }
  return found.sort((a, b) => a.distance - b.distance);
}

function oncePerCoin(matches: readonly CoinMatch[]): CoinMatch[] {
  const seen = new Set<CoinRef>();
  return matches.filter(({ coin }) => !seen.has(coin) && seen.add(coin)).map(({ coin, kind }) => ({ coin, kind }));
}

/**
 * The index of the moment: profiled coins at once, the directory when it has arrived; built anew only when that list is another one.
 * @param directory the market's list, the same array until it changes
 */
export function createCoinIndexOf(
  coins: readonly Pick<Coin, 'id' | 'symbol' | 'name' | 'aliases'>[],
  directory: () => readonly CoinInput[],
): () => CoinIndex {
  const profiled = coins.map(({ id, symbol, name, aliases }) => ({
    id,
    symbol,
    name,
    aliases,
    rank: null,
    profiled: true,
  }));
  const ids = new Set(profiled.map(({ id }) => id));
  let seen: readonly CoinInput[] = [];
  let index = createCoinIndex(profiled);
  return () => {
    const list = directory();
    if (list !== seen) {
      seen = list;
      const ranks = new Map(list.map((coin) => [coin.id, coin.rank]));
      const known = profiled.map((coin) => ({ ...coin, rank: ranks.get(coin.id) ?? null }));
      index = createCoinIndex([...known, ...list.filter((coin) => !ids.has(coin.id))]);
    }
    return index;
  };
}

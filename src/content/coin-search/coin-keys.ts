// The names of coins in tables: by the whole name, by how it begins, and by length for names that are nearly the one typed.
import { editDistance } from '../../base/edit-distance.ts';
import { allowedTypos, foldName, lettersAllow, letterMask } from './coin-names.ts';

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
export type CoinRef = Pick<CoinInput, 'id' | 'symbol' | 'name' | 'rank'> & { readonly profiled: boolean };

/** Why a coin was found; the first ones are exact. */
export type MatchKind = 'id' | 'symbol' | 'name' | 'alias' | 'prefix' | 'typo' | 'look-alike';

/** A name of a coin. `place` counts names in winning order, so that matches of several tables can be put in order. */
export type Key = {
  readonly text: string;
  readonly kind: MatchKind;
  readonly coin: CoinRef;
  readonly place: number;
};

export type CoinKeys = {
  /** Coins come in winning order: those that come first win shared names. */
  add(input: CoinInput): void;
  /** The coins so far, in the order of `add`. */
  readonly coins: readonly CoinRef[];
  byId(id: string): CoinRef | undefined;
  /** Names equal to `folded`. */
  exact(folded: string): readonly Key[];
  /** Names that begin with `folded`, at most one for each of `limit` coins. */
  startingWith(folded: string, limit: number): Key[];
  /** Names a few mistakes away from `folded`, nearest first. */
  near(folded: string): (Key & { readonly distance: number })[];
};

/** Names of one length; each text once, however many coins have it. */
type SameLength = { readonly texts: string[]; readonly masks: number[] };

/** Names are grouped by their first one and two letters. */
const START_LENGTHS = [1, 2] as const;
const LONGEST_START = 2;

export function createCoinKeys(): CoinKeys {
  const coins: CoinRef[] = [];
  const ids = new Map<string, CoinRef>();
  const byText = new Map<string, Key[]>();
  const byStart = new Map<string, Key[]>();
  const byLength: SameLength[] = [];
  let places = 0;

  function addKey(key: Key): void {
    const same = byText.get(key.text);
    if (same === undefined) addText(key.text);
    if (same === undefined) byText.set(key.text, [key]);
    else same.push(key);
    for (const length of START_LENGTHS) {
      const start = key.text.slice(0, length);
      const group = byStart.get(start);
      if (group === undefined) byStart.set(start, [key]);
      else if (group.at(-1) !== key) group.push(key); // a name of one letter begins with itself only once
    }
  }

  function addText(text: string): void {
    const group = (byLength[text.length] ??= { texts: [], masks: [] });
    group.texts.push(text);
    group.masks.push(letterMask(text));
  }

  return {
    coins,
    add(input) {
      const { id, symbol, name, rank, profiled = false, aliases = [] } = input;
      const coin: CoinRef = { id, symbol, name, rank, profiled };
      coins.push(coin);
      ids.set(id, coin);
      const seen = new Set<string>();
      const give = (given: string, kind: MatchKind) => {
        const text = foldName(given);
        if (text !== '' && !seen.has(text)) addKey({ text, kind, coin, place: places++ });
        seen.add(text);
      };
      give(id, 'id');
      give(symbol, 'symbol');
      give(name, 'name');
      for (const alias of aliases) give(alias, 'alias');
    },
    byId: (id) => ids.get(id),
    exact: (folded) => byText.get(folded) ?? [],
    startingWith(folded, limit) {
      const taken: Key[] = [];
      for (const key of byStart.get(folded.slice(0, LONGEST_START)) ?? []) {
        if (taken.length >= limit) break;
        if (key.text.startsWith(folded) && taken.at(-1)?.coin !== key.coin) taken.push(key);
      }
      return taken;
    },
    near(folded) {
      const limit = allowedTypos(folded.length);
      const found: (Key & { distance: number })[] = [];
      if (limit === 0) return found;
      for (const group of byLength.slice(folded.length - limit, folded.length + limit + 1))
        for (const [text, distance] of nearOfLength(group, folded, limit))
          for (const key of byText.get(text) ?? []) found.push({ ...key, distance });
      return found.sort((a, b) => a.distance - b.distance || a.place - b.place);
    },
  };
}

function nearOfLength(group: SameLength | undefined, folded: string, limit: number): [string, number][] {
  if (group === undefined) return [];
  const { texts, masks } = group;
  const mask = letterMask(folded);
  const found: [string, number][] = [];
  for (let at = 0; at < masks.length; at++) {
    if (!lettersAllow(mask, masks[at] ?? 0, limit)) continue;
    const text = texts[at] ?? '';
    const distance = editDistance(folded, text, limit);
    if (distance <= limit) found.push([text, distance]);
  }
  return found;
}

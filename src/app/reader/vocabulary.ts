// What the reader must know of the world: coins, subnets, currencies, zones, times and days. Questions only, no I/O.
import { isSubnetId, subnetId, subnetRef } from '../subnets/as-coin.ts';
import type { CoinRef } from '../../market/market.ts';
import type { Services } from '../services.ts';
import { editDistance } from '../../base/edit-distance.ts';
import { isOwnName, wordsOfFaq } from './names/own-name.ts';

/** A coin that a text names. `others`: coins of the same name, likeliest first. */
export type NamedCoin = { coin: CoinRef; others: readonly CoinRef[] };

export type Vocabulary = {
  /** Epoch ms. */
  now(): number;
  currencies: ReadonlySet<string>;
  /** What prices are in where nobody says another one: a code. */
  home: string;
  /** The coin that is called exactly so: id, ticker, name or alias; null when there is none. `sn64` is the subnet, before any coin. */
  coin(text: string): NamedCoin | null;
  /** `id:…` of the largest coins by market cap, largest first; fewer while fewer are known. */
  largest(count: number): readonly string[];
  /** Profiled coins and numbered subnets are what people mean by a bare word. */
  profiled(id: string): boolean;
  /** True for the name of a subnet, unless it is made of words that questions are made of (see `isOwnName`): owners choose names. */
  subnet(name: string): boolean;
  /** True for a word that the FAQ's questions are made of. */
  topical(word: string): boolean;
  /** The one of the largest coins whose name is a mistake away from this word, or null. */
  mistyped(word: string): { id: string; name: string } | null;
  /** `sn64` where exactly one subnet is called so, by the same rule. */
  onlySubnet(name: string): string | null;
  /** HH:MM, or null when the text is no clock time. */
  time(text: string): string | null;
  /** A canonical zone; `ambiguous` for abbreviations that name several places; null for anything else. */
  zone(text: string): { zone: string } | { ambiguous: readonly string[] } | null;
  /** The days of the week ("mon") that a weekday, a span of days, "weekdays" or "daily" means; null for anything else. */
  days(text: string): readonly string[] | null;
};

const LONGEST_NAME = 100;
/** Coins so large that a mistyped name means them. */
const LARGEST = 50;

export function vocabularyOf(services: Services): Vocabulary {
  const { market, content, digests, subnets, defaults, now } = services;
  const currencies = new Set(market.currencies());
  const isOwn = (name: string) => isOwnName(name, { faq: content.faq, currencies, now: now() });
  return {
    now,
    currencies,
    home: defaults.currency,
    coin(text) {
      if (text.length > LONGEST_NAME) return null;
      const subnet = subnetRef(services, text);
      if (subnet !== null) return { coin: subnet, others: [] };
      const [coin, ...others] = content.index().named(text);
      return coin === undefined ? null : { coin, others };
    },
    largest: (count) =>
      market
        .directory()
        .filter(({ rank }) => rank !== null && rank <= count)
        .toSorted((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
        .map(({ id }) => `id:${id}`),
    profiled: (id) => content.coins.has(id) || isSubnetId(id),
    subnet: (name) => subnets.find(name).exact.length > 0 && isOwn(name),
    topical: (word) => wordsOfFaq(content.faq).every.has(word),
    mistyped: (word) => nearestOf(largestOf(market.directory()), word),
    onlySubnet(name) {
      const [only, another] = subnets.find(name).exact;
      return only !== undefined && another === undefined && isOwn(name) ? subnetId(only.netuid) : null;
    },
    time: (text) => digests.reads.time(text),
    zone: (text) => digests.reads.zone(text),
    days: (text) => digests.reads.days(text),
  };
}

/** The same for one line: a coin's name is looked for once, however many readers of the line ask for it. Not to be kept: new coins arrive. */
export function rememberingCoins(vocabulary: Vocabulary): Vocabulary {
  const known = new Map<string, NamedCoin | null>();
  return {
    ...vocabulary,
    coin(text) {
      const before = known.get(text);
      if (before !== undefined) return before;
      const found = vocabulary.coin(text);
      known.set(text, found);
      return found;
    },
  };
}

const largest = new WeakMap<readonly CoinRef[], readonly CoinRef[]>();

/** Looked for once in each list that arrives. */
function largestOf(directory: readonly CoinRef[]): readonly CoinRef[] {
  const known = largest.get(directory);
  if (known !== undefined) return known;
  const found = directory.filter(({ rank }) => rank !== null && rank <= LARGEST);
  largest.set(directory, found);
  return found;
}

/** The only one that is a mistake away; of several the only one with the same first letter: "litcoin" is Litecoin. */
function nearestOf(coins: readonly CoinRef[], word: string): CoinRef | null {
  const near = coins.filter(({ name }) => editDistance(word, name.toLowerCase(), 1) === 1);
  const alike = near.filter(({ name }) => name.toLowerCase().startsWith(word.slice(0, 1)));
  const [only, another] = near.length > 1 ? alike : near;
  return another === undefined ? (only ?? null) : null;
}

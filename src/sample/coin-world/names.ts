// Names and tickers of made-up coins, in the proportions of the real list.
import { NOUNS, SUFFIXES, SYLLABLES } from './table.ts';
import type { Random } from './random.ts';

/** Share of each ticker length among 17,400 real coins, in per mille (May 2026). */
const LENGTHS: readonly (readonly [number, number])[] = [
  [2, 20],
  [3, 235],
  [4, 325],
  [5, 210],
  [6, 120],
  [7, 50],
  [8, 32],
  [9, 20],
  [10, 10],
];
/** Half of the real names have one word, a third two, an eighth three. */
const FORMS: readonly (readonly [string, number])[] = [
  ['word', 50],
  ['word suffix', 14],
  ['noun noun', 8],
  ['noun suffix', 8],
  ['noun noun suffix', 13],
  ['noun word of noun', 6],
  ['noun of the noun word', 1],
];

export function madeUpName(random: Random): string {
  const fill = (part: string) => {
    if (part === 'word') return madeUpWord(random);
    if (part === 'noun') return random.pick(NOUNS);
    return part === 'suffix' ? random.pick(SUFFIXES) : part;
  };
  return random.weighted(FORMS).split(' ').map(fill).join(' ');
}

/** "Brakon", "Shiloo": two or three syllables. */
function madeUpWord(random: Random): string {
  const { starts, vowels, ends } = SYLLABLES;
  const count = random.next() < 0.75 ? 2 : 3;
  const syllables = Array.from({ length: count }, () => random.pick(starts) + random.pick(vowels));
  const word = syllables.join('') + (random.next() < 0.6 ? random.pick(ends) : '');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A ticker from a name: its beginning, its initials or its consonants, of a length as real tickers have. */
export function tickerOf(name: string, random: Random): string {
  const length = random.weighted(LENGTHS);
  const letters = name.toLowerCase().replaceAll(/[^a-z0-9]/gu, '');
  const initials = name
    .toLowerCase()
    .split(' ')
    .map((word) => word.charAt(0));
  if (initials.length >= 3 && random.next() < 0.5) return initials.join('');
  const consonants = letters.charAt(0) + letters.slice(1).replaceAll(/[aeiouy]/gu, '');
  const base = random.next() < 0.4 && consonants.length >= length ? consonants : letters;
  return base.slice(0, Math.max(2, length));
}

/** The id that CoinGecko would make of a name: lower case, dashes; empty for names without Latin letters. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
}

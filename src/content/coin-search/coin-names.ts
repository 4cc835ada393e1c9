// How a coin's name is compared: what is folded together, what is only similar, and how far apart two words are.

/** Longest query that is looked at, in characters: more is not a coin's name. */
const MAX_QUERY_LENGTH = 200;
/** Longest key compared for typos; nobody mistypes a longer name in an interesting way. */
const MAX_TYPO_LENGTH = 40;

const SIMPLE = /^[a-z0-9]+$/u; // most tickers and ids: nothing to fold
const PLAIN = /^[\x20-\x7e]*$/u;
const INVISIBLE = /[\p{Cf}\p{Mn}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu;
const SEPARATORS = /[\s\p{Cc}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Pd}\p{Pc}\p{Po}$^`~|<>=]+/gu;

// Letters of other scripts that look like Latin ones. They are never treated as equal, only suggested as "did you mean".
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  (
    [
      ['a', 'аαɑ'],
      ['b', 'вβь'],
      ['c', 'сϲ'],
      ['d', 'ԁ'],
      ['e', 'еεё'],
      ['h', 'һн'],
      ['i', 'іιı'],
      ['j', 'ј'],
      ['k', 'кκ'],
      ['m', 'м'],
      ['n', 'ηп'],
      ['o', 'оο0'],
      ['p', 'рρ'],
      ['s', 'ѕ'],
      ['t', 'тτ'],
      ['u', 'υս'],
      ['v', 'ѵν'],
      ['w', 'ԝω'],
      ['x', 'хχ'],
      ['y', 'уγү'],
      ['l', '1'],
    ] as const
  ).flatMap(([latin, others]) => Array.from(others, (other): [string, string] => [other, latin])),
);

/**
 * One spelling per name: width variants folded (NFKC), lower case, invisible characters gone, punctuation as one space.
 * Letters of other scripts stay what they are, so a Cyrillic "тао" is not "tao".
 */
export function foldName(text: string): string {
  if (text.length <= MAX_QUERY_LENGTH && SIMPLE.test(text)) return text;
  const short = text.length > MAX_QUERY_LENGTH ? text.slice(0, MAX_QUERY_LENGTH) : text;
  const plain = PLAIN.test(short) ? short : short.normalize('NFKC').replace(INVISIBLE, '');
  return plain.toLowerCase().replace(SEPARATORS, ' ').trim().slice(0, MAX_QUERY_LENGTH);
}

const LOOK_ALIKE = new RegExp(`[${[...LOOK_ALIKES.keys()].join('')}]`, 'gu');

/** The Latin word that a word of look-alike letters imitates; the word itself when there is nothing to replace. */
export function latinTwin(folded: string): string {
  return folded.replaceAll(LOOK_ALIKE, (letter) => LOOK_ALIKES.get(letter) ?? letter);
}

/** How many typing mistakes a word of this length may have: none below three letters, one up to five, then two. */
export function allowedTypos(length: number): number {
  if (length < 3 || length > MAX_TYPO_LENGTH) return 0;
  return length < 6 ? 1 : 2;
}

/** A bit per letter, so that most words are ruled out as a typo without comparing them. */
export function letterMask(word: string): number {
  let mask = 0;
  for (let index = 0; index < word.length; index++) mask |= 1 << (word.charCodeAt(index) & 31);
  return mask;
}

/** False when the letters alone show more than `limit` mistakes: one mistake takes at most one letter away and brings at most one. */
export function lettersAllow(mask: number, other: number, limit: number): boolean {
  return hasAtMost(mask & ~other, limit) && hasAtMost(other & ~mask, limit);
}

function hasAtMost(mask: number, limit: number): boolean {
  let left = mask;
  for (let bits = 0; bits < limit && left !== 0; bits++) left &= left - 1;
  return left === 0;
}

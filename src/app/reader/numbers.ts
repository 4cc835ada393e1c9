// Numbers as people write them, in the reader's locale: one grammar for words and for the fields of forms.
import { LRUCache } from 'lru-cache';
import { plainDigits } from '../input/plain-digits.ts';
import { COUNTS, FACTORS } from './numerals/number-names.ts';

/**
 * `value`: finite, may be negative. `unit`: a sign or word of money or a coin that stood at the number ("$", "btc"), or null.
 * `doubtful`: the digits mean something else to readers of another locale ("1.500").
 */
export type Amount = { value: number; unit: string | null; doubtful: boolean };

const SIGN = String.raw`[$€£¥₹₩₽₺₿τ]`;
const SCALES: Readonly<Record<string, number>> = {
  dozen: 12,
  dutzend: 12,
  hundred: 100,
  hundert: 100,
  k: 1e3,
  thousand: 1e3,
  tsd: 1e3,
  lakh: 1e5,
  m: 1e6,
  mn: 1e6,
  mm: 1e6,
  mio: 1e6,
  mil: 1e6,
  million: 1e6,
  millions: 1e6,
  crore: 1e7,
  b: 1e9,
  bn: 1e9,
  mrd: 1e9,
  billion: 1e9,
  billions: 1e9,
  tn: 1e12,
  trillion: 1e12,
  trillions: 1e12,
};
const SCALE = Object.keys(SCALES)
  .sort((a, b) => b.length - a.length)
  .join('|');
const NUMBER = String.raw`(?:\d[\d.,'’_\u00a0\u202f]*|[.,]\d+)(?:e[+-]?\d{1,3})?`;
/** The sign of the number stands before or behind that of the money: "-$5", "$-5". */
const AMOUNT = new RegExp(
  `^([+-](?=${SIGN}))?(${SIGN})?\\s*([+-]?)(${NUMBER})\\s*(?:(${SCALE})(?![a-z]))?\\s*(${SIGN}|[a-z]{2,10})?$`,
  'iu',
);
const FRACTION = /^(\d{1,6})\/(\d{1,6})\s*([a-z]{2,10})?$/i;

/** Meant as a number, and none: "0x10", "2k5", "10^3", "5-10", "5.5.5", "(2+3)*4". */
const UNREADABLE =
  /^[<>≤≥(]*[+-]?(?:0x[\da-f]{1,16}|\d[\d.,'’]*(?:e[+-]?\d+)?%*|\d[\d.,]*(?:[kmb]\d+|(?:\)*[\^*×·x/÷+~–—−-]\(*\d[\d.,]*)+)\)*)$/i;
/** A row of numbers that `joinArithmetic` made one word of: "5 * 3", "5 to 10", "10 divided by 4". */
const JOINED = /^[$€£]?[\d.][\d.,]*(?: \S{1,12}(?: \S{2,5})? [$€£]?[\d.][\d.,]*[a-z]{0,10})+$/i;

/** True for what looks like a number and cannot be read as one, so that an answer can say so. */
export function isNoNumber(text: string, locale: string): boolean {
  return (UNREADABLE.test(text) || JOINED.test(text)) && readAmount(text, locale) === null;
}

const ARTICLES = new Set(['a', 'an']);
const MOST_NUMBER_WORDS = 8;
/** Behind a count or an article: "two thirds", "a third", "drei viertel". */
const PARTS: Readonly<Record<string, number>> = {
  halves: 1 / 2,
  third: 1 / 3,
  thirds: 1 / 3,
  quarters: 1 / 4,
  fifth: 1 / 5,
  fifths: 1 / 5,
  tenth: 1 / 10,
  tenths: 1 / 10,
  drittel: 1 / 3,
  viertel: 1 / 4,
  tiers: 1 / 3,
  quarts: 1 / 4,
  tercio: 1 / 3,
  tercios: 1 / 3,
  cuartos: 1 / 4,
};

/** The words that multiply a number when they follow it: "1 m usd", "2 million". */
export function isScale(word: string): boolean {
  return Object.hasOwn(SCALES, word);
}

/**
 * The number that a row of words begins with: "five", "half a", "a hundred", "two million"; null where there is none. An article alone is none.
 * `length`: words that it took.
 */
export function wordAmount(words: readonly string[]): { value: number; length: number } | null {
  let [whole, part, length] = [0, null as number | null, 0];
  for (; length < Math.min(words.length, MOST_NUMBER_WORDS); length++) {
    const word = words[length] ?? '';
    const extra = part === null ? null : fractionBehind(words, length);
    const count = COUNTS.get(word) ?? null;
    if (extra !== null && part !== null) {
      part += extra.value;
      length += extra.length - 1;
    } else if (length > 0 && Object.hasOwn(PARTS, word)) {
      part = Number(((part ?? 1) * (PARTS[word] ?? 1)).toFixed(8));
    } else if (count !== null) {
      const next = joined(part, count, FACTORS.has(word));
      if (next === null) return null; // "two three"
      part = next;
    } else if (word.length > 2 && word !== 'mil' && isScale(word)) {
      whole += (part ?? 1) * (SCALES[word] ?? 1);
      part = null;
    } else if (!ARTICLES.has(word)) break;
  }
  if (words.slice(0, length).every((word) => ARTICLES.has(word))) return null;
  return { value: whole + (part ?? 0), length };
}

/** "and a half" behind a number. */
export function fractionBehind(words: readonly string[], at: number): { value: number; length: number } | null {
  const [, part] = /^and (?:a |one )?(half|quarter)\b/.exec(words.slice(at, at + 3).join(' ')) ?? [];
  if (part === undefined) return null;
  return { value: COUNTS.get(part) ?? 0, length: words[at + 1] === part ? 2 : 3 };
}

/** "twenty five" is added, "two hundred" and "half a dozen" are multiplied; null for what is no number. */
function joined(before: number | null, count: number, isFactor: boolean): number | null {
  if (before === null) return count;
  if (isFactor || before < 1) return before * count;
  const isTens = before % 100 >= 20 && before % 10 === 0;
  if (count < 1) return null;
  return (isTens && count < 10) || (before % 100 === 0 && count < 100) ? before + count : null;
}

/** Reads an amount; null for anything that is not clearly one finite number. `locale`: a BCP 47 tag. */
export function readAmount(text: string, locale = 'en'): Amount | null {
  const plain = plainDigits(text)
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/(?<=\d)\s(?=\d{3}(?:\D|$))/g, '');
  const fraction = FRACTION.exec(plain);
  if (fraction !== null) return fractionOf(fraction);
  const [, outer, before, inner = '', digits, scale, after] = AMOUNT.exec(plain) ?? [];
  if (
    digits === undefined ||
    (outer !== undefined && inner !== '') ||
    (before !== undefined && after !== undefined && before !== after)
  )
    return null;
  const [, body = '', exponent = ''] = /^([^e]+)(e.*)?$/.exec(digits) ?? [];
  const read = decimal(body.replaceAll(/[_\u00a0\u202f]|(?<=\d)['’](?=\d)/g, ''), decimalSign(locale));
  if (read === null) return null;
  const value = Number(`${outer ?? inner}${read.digits}${exponent}`) * (SCALES[scale ?? ''] ?? 1);
  return Number.isFinite(value) ? { value, unit: before ?? after ?? null, doubtful: read.doubtful } : null;
}

function fractionOf([, top, bottom, unit]: RegExpExecArray): Amount | null {
  const value = Number(top) / Number(bottom);
  return Number.isFinite(value) ? { value, unit: unit ?? null, doubtful: false } : null;
}

/** Locales are few; the bound guards against made-up ones. */
const decimalSigns = new LRUCache<string, string>({ max: 500 });

/** "." or ",": what separates decimals for this reader. Kept, because it takes longer to find out than to read a number. */
function decimalSign(locale: string): string {
  const known = decimalSigns.get(locale);
  if (known !== undefined) return known;
  const sign = localDecimalSign(locale);
  decimalSigns.set(locale, sign);
  return sign;
}

function localDecimalSign(locale: string): string {
  if (locale === 'en') return '.';
  try {
    const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
    return parts.find((part) => part.type === 'decimal')?.value === ',' ? ',' : '.';
  } catch {
    return '.';
  }
}

/** A number that nobody can read as another one: without groups, and never with exactly three decimals. For remarks on how a number was read. */
export function spelledOut(value: number, locale: string): string {
  const threeDecimals = /\.\d{3}$/.test(String(value));
  const options = {
    useGrouping: false,
    maximumFractionDigits: 8,
    ...(threeDecimals ? { minimumFractionDigits: 4 } : {}),
  };
  return new Intl.NumberFormat(locale, options).format(value);
}

/** Digits with a point, e.g. "1.000,50" → "1000.50". Null when the separators contradict each other. */
function decimal(text: string, sign: string): { digits: string; doubtful: boolean } | null {
  const [comma, dot] = [text.lastIndexOf(','), text.lastIndexOf('.')];
  if (comma >= 0 && dot >= 0) {
    const [group, point] = comma > dot ? ['.', ','] : [',', '.'];
    const at = Math.max(comma, dot);
    const whole = text.slice(0, at);
    return whole.includes(point) || !grouped(whole, group)
      ? null
      : sure(`${whole.replaceAll(group, '')}.${text.slice(at + 1)}`);
  }
  const separator = comma >= 0 ? ',' : '.';
  if (comma < 0 && dot < 0) return sure(text);
  const several = text.indexOf(separator) !== text.lastIndexOf(separator);
  if (several) return grouped(text, separator) ? sure(text.replaceAll(separator, '')) : null;
  const doubtful = /^[1-9]\d{0,2}[.,]\d{3}$/.test(text);
  const asGroup = doubtful && separator !== sign;
  return { digits: asGroup ? text.replace(separator, '') : text.replace(separator, '.'), doubtful };
}

const sure = (digits: string) => ({ digits, doubtful: false });

/** Groups of three, or India's groups of two before the last three. */
function grouped(text: string, separator: string): boolean {
  const [first = '', ...rest] = text.split(separator);
  const last = rest.at(-1) ?? '';
  const thousands = first.length >= 1 && first.length <= 3 && rest.every((part) => part.length === 3);
  const indian =
    first.length >= 1 && first.length <= 2 && last.length === 3 && rest.slice(0, -1).every((part) => part.length === 2);
  return (thousands || indian) && /^\d+$/.test(text.replaceAll(separator, ''));
}

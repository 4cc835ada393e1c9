// Amounts that are to be computed, as plain ones: "10% of 5 tao", "5 tao minus 10%", "minus 5 tao"; and the price in "100 tao at 1000 dollars".
import { coinAt, isWellKnown, saysCoin } from '../coins.ts';
import { spelledOut } from '../numbers.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { currencyWord } from '../words.ts';
import { amountOf } from './amounts.ts';

const OF = /^(?:of|von|de)$/;
const AT = /^(?:at|@)$/;
const CHANGE = /^(?:([+-])|minus|plus|less)$/;

/** `remarks`: how they were read. */
type Computed = { tokens: readonly Token[]; remarks: readonly string[] };

/** The row with what can be computed in it replaced by one number; the same row where there is nothing to compute. */
export function computedAmounts(tokens: readonly Token[], vocabulary: Vocabulary, locale: string): Computed {
  const [first, second] = tokens;
  if (/^(?:minus|negative)$/.test(first?.word ?? '') && /^\d/.test(second?.word ?? ''))
    return { tokens: [wordOf(`-${second?.raw ?? ''}`), ...tokens.slice(2)], remarks: [] };
  for (const index of tokens.keys()) {
    const found = partOf(tokens, index, vocabulary, locale) ?? counted(tokens, index, vocabulary, locale);
    if (found !== null) return found;
  }
  return { tokens, remarks: [] };
}

/** "10% of 5 tao", "10 % of 5 tao". */
function partOf(tokens: readonly Token[], from: number, vocabulary: Vocabulary, locale: string): Computed | null {
  const percent = percentAt(tokens, from, vocabulary, locale);
  if (percent === null || !OF.test(tokens[percent.end]?.word ?? '')) return null;
  const at = percent.end + 1;
  const whole = numberAt(tokens, at, vocabulary, locale);
  if (whole === null || thingEnd(tokens, at + 1, vocabulary) === null) return null;
  const value = rounded((whole * percent.value) / 100);
  return {
    tokens: [...tokens.slice(0, from), wordOf(plain(value)), ...tokens.slice(at + 1)],
    remarks: [
      `I read ${spelledOut(percent.value, locale)}% of ${spelledOut(whole, locale)} as ${spelledOut(value, locale)}.`,
    ],
  };
}

/** "5 tao minus 10%", and "5 tao at 300 eur", which is answered at the price of now. */
function counted(tokens: readonly Token[], at: number, vocabulary: Vocabulary, locale: string): Computed | null {
  const value = numberAt(tokens, at, vocabulary, locale);
  const end = value === null ? null : thingEnd(tokens, at + 1, vocabulary);
  if (value === null || end === null) return null;
  return changed(tokens, { at, end, value }, vocabulary, locale) ?? priced(tokens, end, vocabulary, locale);
}

type Counted = { at: number; end: number; value: number };

function changed(
  tokens: readonly Token[],
  { at, end, value }: Counted,
  vocabulary: Vocabulary,
  locale: string,
): Computed | null {
  const sign = CHANGE.exec(tokens[end]?.word ?? '');
  const percent = sign === null ? null : percentAt(tokens, end + 1, vocabulary, locale);
  if (sign === null || percent === null) return null;
  const isMore = sign[0] === 'plus' || sign[1] === '+';
  const result = rounded(value * (1 + ((isMore ? 1 : -1) * percent.value) / 100));
  const said = `${spelledOut(value, locale)} ${isMore ? 'plus' : 'minus'} ${spelledOut(percent.value, locale)}%`;
  return {
    tokens: [...tokens.slice(0, at), wordOf(plain(result)), ...tokens.slice(at + 1, end), ...tokens.slice(percent.end)],
    remarks: [`I read ${said} as ${spelledOut(result, locale)}.`],
  };
}

function priced(tokens: readonly Token[], end: number, vocabulary: Vocabulary, locale: string): Computed | null {
  const price = AT.test(tokens[end]?.word ?? '') ? amountOf(tokens[end + 1]?.raw ?? '', vocabulary, locale) : null;
  if (price === null) return null;
  const unit = price.unit === null ? [] : [wordOf('in'), wordOf(price.unit)];
  const next = tokens[end + 2];
  const isMoney = next !== undefined && currencyWord(next.word, vocabulary.currencies) !== null;
  return {
    tokens: [...tokens.slice(0, end), ...(isMoney ? [wordOf('in')] : unit), ...tokens.slice(end + 2)],
    remarks: [`I left out "at ${spelledOut(price.value, locale)}": I convert at the price of now.`],
  };
}

/** "10%" or "10 %" from `at` on. */
function percentAt(
  tokens: readonly Token[],
  at: number,
  vocabulary: Vocabulary,
  locale: string,
): { value: number; end: number } | null {
  const raw = tokens[at]?.raw ?? '';
  const isOne = /^\d.*%$/.test(raw);
  if (!isOne && tokens[at + 1]?.raw !== '%') return null;
  const read = amountOf(isOne ? raw.slice(0, -1) : raw, vocabulary, locale);
  return read === null || read.unit !== null || read.value < 0
    ? null
    : { value: read.value, end: at + (isOne ? 1 : 2) };
}

function numberAt(tokens: readonly Token[], at: number, vocabulary: Vocabulary, locale: string): number | null {
  const token = tokens[at];
  const read = token === undefined || saysCoin(token) ? null : amountOf(token.raw, vocabulary, locale);
  return read === null || read.unit !== null || read.doubtful ? null : read.value;
}

/** Behind a well-known coin or a currency at `at`; null where there is none. */
function thingEnd(tokens: readonly Token[], at: number, vocabulary: Vocabulary): number | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (!saysCoin(token) && currencyWord(token.word, vocabulary.currencies) !== null) return at + 1;
  const coin = coinAt(tokens, at, vocabulary);
  return coin !== null && (saysCoin(token) || isWellKnown(coin, vocabulary)) ? at + coin.length : null;
}

const wordOf = (text: string): Token => ({ raw: text, word: text });
const rounded = (value: number): number => Number(value.toPrecision(15));
/** Digits that no locale reads as a thousand. */
const plain = (value: number): string => (/^\d{1,3}\.\d{3}$/.test(String(value)) ? `${value}0` : String(value));

// Amounts that are to be computed, as plain ones: "10% of 5 tao", "5 tao minus 10%", "minus 5 tao"; and the price in "100 tao at 1000 dollars".
import { coinAt, isWellKnown, saysCoin } from '../coins.ts';
import { arithmeticOf, joinArithmetic } from '../numerals/arithmetic.ts';
import { withDigits } from '../numerals/counted-words.ts';
import { readAmount, spelledOut, wordAmount } from '../numbers.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { currencyWord } from '../words.ts';
import { amountOf } from './amounts.ts';

const OF = /^(?:of|von|de)$/;
const AT = /^(?:at|@)$/;
/** Of a number in words. */
const MOST_WORDS = 12;
/** Words of a coin's or currency's name between two numbers. */
const LONGEST_THING = 6;
const FACTOR = /^(?:[*x×/÷]|times|mal|fois)$/;
const MINUS = /^(?:-|minus|less|menos|moins)$/;
const CHANGE = /^(?:([+-])|minus|plus|less)$/;

/** `remarks`: how they were read. */
type Computed = { tokens: readonly Token[]; remarks: readonly string[] };

/** The row with what can be computed in it replaced by one number; the same row where there is nothing to compute. */
export function computedAmounts(given: readonly Token[], vocabulary: Vocabulary, locale: string): Computed {
  const mixed = mixedNumber(given, locale);
  if (mixed !== null) return mixed;
  const tokens = joinArithmetic(movedFactor(withDigits(given), vocabulary, locale));
  const [first, second] = tokens;
  if (/^(?:minus|negative)$/.test(first?.word ?? '') && /^\d/.test(second?.word ?? ''))
    return { tokens: [wordOf(`-${second?.raw ?? ''}`), ...tokens.slice(2)], remarks: [] };
  for (const index of tokens.keys()) {
    const found =
      divided(tokens, index, locale) ??
      calculated(tokens, index, vocabulary, locale) ??
      partOf(tokens, index, vocabulary, locale) ??
      counted(tokens, index, vocabulary, locale);
    if (found !== null) return found;
  }
  return { tokens, remarks: [] };
}

/** "1 1/2 tao". */
function mixedNumber(tokens: readonly Token[], locale: string): Computed | null {
  const at = tokens.findIndex(
    ({ raw }, index) => /^[1-9]\/[1-9]\d?$/.test(raw) && /^\d{1,6}$/.test(tokens[index - 1]?.raw ?? ''),
  );
  const [whole, part] = [tokens[at - 1], tokens[at]];
  if (whole === undefined || part === undefined) return null;
  const value = rounded(Number(whole.raw) + (readAmount(part.raw, locale)?.value ?? 0));
  return {
    tokens: [...tokens.slice(0, at - 1), wordOf(plain(value)), ...tokens.slice(at + 1)],
    remarks: [`I read ${whole.raw} ${part.raw} as ${spelledOut(value, locale)}.`],
  };
}

/** "5 tao * 3" and "5 tao - 2 tao" as "5 * 3 tao" and "5 - 2 tao". */
function movedFactor(tokens: readonly Token[], vocabulary: Vocabulary, locale: string): readonly Token[] {
  const [thing, operator, times, ...more] = tokens;
  if (
    operator !== undefined &&
    times !== undefined &&
    /^[x×]$/.test(operator.word) &&
    thingEnd(tokens, 0, vocabulary) === 1
  )
    if (numberAt(tokens, 2, vocabulary, locale) !== null)
      return [times, ...(thing === undefined ? [] : [thing]), ...more]; // "tao x 5"
  const isOperator = tokens.map(({ word }) => FACTOR.test(word) || MINUS.test(word));
  for (const at of tokens.keys()) {
    if (!isOperator.includes(true, at + 2)) break;
    if (!isOperator.slice(at + 2, at + 2 + LONGEST_THING).includes(true)) continue;
    const end = numberAt(tokens, at, vocabulary, locale) === null ? null : thingEnd(tokens, at + 1, vocabulary);
    const [operator, other] = end === null ? [] : [tokens[end], tokens[end + 1]];
    if (end === null || operator === undefined || other === undefined) continue;
    if (numberAt(tokens, end + 1, vocabulary, locale) === null) continue;
    const thing = tokens.slice(at + 1, end);
    const isSame = thing.every(({ word }, index) => word === tokens[end + 2 + index]?.word);
    const isCounted = thingEnd(tokens, end + 2, vocabulary) !== null;
    if (MINUS.test(operator.word) ? !isSame : !FACTOR.test(operator.word) || isCounted) continue;
    const behind = MINUS.test(operator.word) ? end + 2 + thing.length : end + 2;
    const amount = tokens.slice(at, at + 1);
    return [...tokens.slice(0, at), ...amount, operator, other, ...thing, ...tokens.slice(behind)];
  }
  return tokens;
}

/** "10 / 4", whose sign is that of a fraction ("10/4"). */
function divided(tokens: readonly Token[], at: number, locale: string): Computed | null {
  const { raw = '' } = tokens[at] ?? {};
  const [, top, bottom] = /^(\d{1,6}) [/÷] (\d{1,6})$/.exec(raw) ?? [];
  const value = top === undefined ? null : (readAmount(`${top}/${bottom}`, locale)?.value ?? null);
  if (value === null) return null;
  return {
    tokens: [...tokens.slice(0, at), wordOf(plain(rounded(value))), ...tokens.slice(at + 1)],
    remarks: [`I read ${raw} as ${spelledOut(rounded(value), locale)}.`],
  };
}

/** Typed in one word, these may be a range ("5-10") or a date ("9/10/2026"). */
const UNCLEAR = /^\S*[-−–/÷]\S*$/;

/** "5 * 3 tao", "2+3 tao": one result, of what is counted. A range has two, and is refused with both offered. */
function calculated(tokens: readonly Token[], at: number, vocabulary: Vocabulary, locale: string): Computed | null {
  const { raw = '' } = tokens[at] ?? {};
  if (UNCLEAR.test(raw) || !/^[$€£]?[\d.].*\d$/.test(raw)) return null;
  const [value, other] = arithmeticOf(raw, locale);
  if (value === undefined || other !== undefined || thingEnd(tokens, at + 1, vocabulary) === null) return null;
  return {
    tokens: [...tokens.slice(0, at), wordOf(plain(rounded(value))), ...tokens.slice(at + 1)],
    remarks: [`I read ${raw} as ${spelledOut(rounded(value), locale)}.`],
  };
}

/** "10% of 5 tao", "10 % of 5 tao". */
function partOf(tokens: readonly Token[], from: number, vocabulary: Vocabulary, locale: string): Computed | null {
  const multiple = multipleOf(tokens, from, vocabulary, locale);
  if (multiple !== null) return multiple;
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

/** "half of 5 tao", "a third of 10 tao", "twice 5 tao", "double 5 tao". */
function multipleOf(tokens: readonly Token[], from: number, vocabulary: Vocabulary, locale: string): Computed | null {
  const words = tokens.slice(from, from + MOST_WORDS).map(({ word }) => word);
  const isDouble = /^(?:twice|double|doppelt)$/.test(words[0] ?? '');
  const times = isDouble ? { value: 2, length: 1 } : wordAmount(words);
  if (times === null || (times.value >= 1 && !isDouble)) return null;
  const behind = from + times.length;
  const isOf = OF.test(tokens[behind]?.word ?? '');
  if (!isDouble && !isOf) return null;
  const at = behind + (isOf ? 1 : 0);
  const whole = numberAt(tokens, at, vocabulary, locale);
  if (whole === null || thingEnd(tokens, at + 1, vocabulary) === null) return null;
  const said = tokens
    .slice(from, at + 1)
    .map(({ raw }) => raw)
    .join(' ');
  const value = rounded(whole * times.value);
  return {
    tokens: [...tokens.slice(0, from), wordOf(plain(value)), ...tokens.slice(at + 1)],
    remarks: [`I read ${said} as ${spelledOut(value, locale)}.`],
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

// One amount in a single token: a number, and the unit that stands at it when it is known ("10usd", "0.1btc").
import { isWellKnown } from '../coins.ts';
import { isNoNumber, readAmount } from '../numbers.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { COIN_SIGNS, COIN_UNITS, currencyWord } from '../words.ts';

/** A number with a unit that is known ("10usd", "0.1btc") or none. "1inch" is a coin; "τ64" is an amount where one is wanted. */
export function amountOf(text: string, vocabulary: Vocabulary, locale: string): ReturnType<typeof readAmount> {
  const read = readAmount(text, locale);
  if (read === null || read.unit === null) return read;
  if (Object.hasOwn(COIN_UNITS, read.unit)) return read;
  const whole = COIN_SIGNS[read.unit] === undefined ? vocabulary.coin(text) : null;
  const unit = whole !== null && isWellKnown(whole, vocabulary) ? null : unitOf(read.unit, vocabulary);
  return unit === null ? null : { ...read, unit };
}

/** "$", "eur", "btc" at a number. */
function unitOf(unit: string, vocabulary: Vocabulary): string | null {
  const sign = COIN_SIGNS[unit];
  const currency = currencyWord(unit, vocabulary.currencies);
  return sign ?? currency?.code ?? (vocabulary.coin(unit) === null ? null : unit);
}

/** Years since there are coins, and those that people ask about. */
const YEAR = /^20(?:09|[1-9]\d)$/;

/** "in 2021", "tao price 2024": a year rather than an amount, when nothing behind it is counted. */
export function isYear(tokens: readonly Token[], index: number, vocabulary: Vocabulary): boolean {
  const [before, here, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (/^(?:in|by|since|of)$/.test(before?.word ?? '') && /^(?:19|20)\d\d$/.test(here?.word ?? '')) return true;
  if (!YEAR.test(here?.word ?? '')) return false;
  if (next === undefined) return true;
  const coin = vocabulary.coin(next.raw);
  return currencyWord(next.word, vocabulary.currencies) === null && (coin === null || !isWellKnown(coin, vocabulary));
}

/** True for "0x10" and the like, beside a coin: the answer says that it is no number. Dates and percents are something else. */
export function isNoAmount(text: string, locale: string): boolean {
  return isNoNumber(text, locale) && !/%$|^\d{4}-\d{1,2}-\d{1,2}$|^\d{1,2}\.\d{1,2}\.\d{2,4}$/.test(text);
}

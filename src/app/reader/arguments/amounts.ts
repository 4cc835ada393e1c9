// One amount in a single token: a number, and the unit that stands at it when it is known ("10usd", "0.1btc").
import { isWellKnown } from '../coins.ts';
import { readAmount } from '../numbers.ts';
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

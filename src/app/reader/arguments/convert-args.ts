// Arguments of `/convert`: how much, from what, to what – in any order that people write.
import { subnetNumber } from '../../subnets/number.ts';
import { coinAt, isWellKnown, saysCoin } from '../coins.ts';
import { amountOf } from './amounts.ts';
import { type Sum, takeSum } from './sums.ts';
import { fractionBehind, isNoNumber, isScale, readAmount, spelledOut, wordAmount } from '../numbers.ts';
import { type Reading, type Row } from '../reading.ts';
import type { Token } from '../tokens.ts';
import { pairOf } from './market-args.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { COIN_UNITS, currencyWord } from '../words.ts';

const INTO = new Set(['in', 'to', 'into', '=', '->', '→', '=>', 'as', 'en', 'em', 'auf', 'zu', 'nach']);
/** Between a number and what it counts: "half of a bitcoin", "$50 of tao". */
const OF = new Set(['of', 'a', 'an', 'the', 'de', 'von']);
/** Before a number that is not meant exactly. */
const ABOUT = /^(?:about|around|roughly|approx(?:imately)?|circa|ca|etwa|ungefähr|unos|environ)$/;
/** A number is cut here in a remark. */
const LONGEST_NUMBER = 30;
const SURE = { known: true, sure: true };

/** `sure`: a currency, a well-known coin, or written as a coin. */
type Side = { text: string; index: number; known: boolean; sure: boolean };
/** `next`: the index of the token behind the amount and its scale; `unit`: what stood at the number itself ("$", "btc"). */
type Amount = { text: string; unit: string | null; next: number };

/**
 * Reads "2.5 tao to eur", "$400 to tao", "to tao 100 eur", "how many tao for 100 usd", "1 btc sats", "bitcoin cash usd". What stands right
 * behind the amount is what it counts; "to" decides the direction; a missing amount means one. What the row does not use stays in it.
 */
export function readConvertArgs(row: Row, vocabulary: Vocabulary, locale: string): Omit<Reading, 'left'> {
  const remarks: string[] = [];
  const sum = takeSum(row, vocabulary, locale);
  const amount = sum === null ? takeAmount(row, vocabulary, locale, remarks) : amountOfSum(sum, remarks);
  const sides = takeSides(row, vocabulary, locale);
  const { from, to, over } = directionOf(row, sides, amount, vocabulary);
  const args: Record<string, string> = {};
  if (amount !== null) args['amount'] = amount.text;
  else if (row.left().length === 0) args['amount'] = '1'; // a word that might have been a number is asked about
  if (from !== undefined) args['from'] = from;
  if (to !== undefined) args['to'] = to;
  return {
    args,
    unknown: [...sides.filter(({ known }) => !known), ...over.filter(({ sure }) => !sure)].map(({ text }) => text),
    remarks: [...remarks, ...surplus(over.map(({ text }) => text))],
  };
}

function amountOfSum({ value, unit, next, remark }: Sum, remarks: string[]): Amount {
  remarks.push(remark);
  return { text: plainNumber(value), unit, next };
}

function directionOf(
  { tokens }: Row,
  sides: readonly Side[],
  amount: Amount | null,
  { home }: Vocabulary,
): { from?: string; to?: string; over: Side[] } {
  const led = sides.find(({ index }) => INTO.has(tokens[index - 1]?.word ?? ''));
  const plain = sides.filter((side) => side !== led);
  const { next = -1, unit = null } = amount ?? {};
  const counted = plain.find(({ index }) => index === next || (index === next + 1 && OF.has(tokens[next]?.word ?? '')));
  const others = plain.filter((side) => unit !== null || side !== counted);
  const from = unit ?? counted?.text ?? others.shift()?.text;
  const to = led?.text ?? others.shift()?.text;
  if (from !== undefined) return { from, ...(to === undefined ? {} : { to }), over: others };
  if (to === undefined) return { over: others };
  if (amount === null) return { from: to, over: others }; // "convert to tao": nothing else was named
  return to === home ? { to, over: others } : { from: home, to, over: others }; // "100 to tao"
}

/** Digits that mean the same in every locale: "1.125" could be read as a thousand. */
export function plainNumber(value: number): string {
  const text = String(value);
  return /^\d{1,3}\.\d{3}$/.test(text) ? `${text}0` : text;
}

function surplus(texts: readonly string[]): string[] {
  return texts.length === 0
    ? []
    : [`I left out ${texts.map((text) => `"${text}"`).join(', ')}: a conversion has two sides.`];
}

/** The first number, with the scale and the unit that stand at it; else one in words; else what looks like one and cannot be read. */
function takeAmount(row: Row, vocabulary: Vocabulary, locale: string, remarks: string[]): Amount | null {
  for (const index of row.free()) {
    const joined = [3, 2, 1].flatMap((length) => {
      const words = row.tokens.slice(index, index + length).map(({ raw }) => raw);
      return words.length === length && (length === 1 || words.every((word) => /^[+-]?[$€£]?\d[\d.,]*$/.test(word)))
        ? [{ length, text: words.join(' ') }]
        : [];
    });
    for (const { length, text } of joined) {
      const read = amountOf(text, vocabulary, locale);
      if (read === null) continue;
      const scale = row.tokens[index + length]?.word ?? '';
      const scaled =
        isScale(scale) && row.tokens.length > index + length + 1 ? readAmount(`${text}${scale}`, locale) : null;
      const more =
        read.unit === null
          ? fractionBehind(
              row.tokens.map(({ word }) => word),
              index + length,
            )
          : null;
      const used = length + (scaled === null ? 0 : 1) + (more?.length ?? 0);
      row.take(index, used);
      if (ABOUT.test(row.tokens[index - 1]?.word ?? '')) row.take(index - 1);
      if (scale === 'mil' && scaled !== null)
        remarks.push(`I read ${text} mil as ${spelledOut(scaled.value, locale)}.`);
      if (read.doubtful) remarks.push(`I read ${text.slice(0, LONGEST_NUMBER)} as ${spelledOut(read.value, locale)}.`);
      const { unit } = read;
      return { text: plainNumber((scaled ?? read).value + (more?.value ?? 0)), unit, next: index + used };
    }
  }
  return amountInWords(row, vocabulary) ?? unreadable(row, locale);
}

function amountInWords(row: Row, vocabulary: Vocabulary): Amount | null {
  for (const index of row.free()) {
    const read = wordAmountAt(row.tokens, index, vocabulary);
    if (read === null) continue;
    row.take(index, read.length);
    return { text: plainNumber(read.value), unit: null, next: index + read.length };
  }
  return null;
}

/** "half a btc", "a hundred dollars" from `index` on: only before what is counted, because some of these words are tickers, too. */
export function wordAmountAt(
  tokens: readonly Token[],
  index: number,
  vocabulary: Vocabulary,
): { value: number; length: number } | null {
  const read = wordAmount(tokens.slice(index).map(({ word }) => word));
  const behind = index + (read?.length ?? 0);
  const next = behind + [0, 1].filter((step) => OF.has(tokens[behind + step]?.word ?? '')).length; // "two thirds of a tao"
  const counted = tokens[next];
  if (read === null || counted === undefined || INTO.has(counted.word)) return null;
  const isCounted =
    currencyWord(counted.word, vocabulary.currencies) !== null || coinAt(tokens, next, vocabulary) !== null;
  return isCounted ? read : null;
}

/** "1,000,00" is handed over as it is, so that the answer can say that it is no number. */
function unreadable(row: Row, locale: string): Amount | null {
  const index = row.free().find((free) => isNoNumber(row.tokens[free]?.raw ?? '', locale));
  if (index === undefined) return null;
  row.take(index);
  return { text: row.tokens[index]?.raw ?? '', unit: null, next: index + 1 };
}

/** Currencies come before coins of the same ticker; a coin's longer name before both. */
function takeSides(row: Row, vocabulary: Vocabulary, locale: string): Side[] {
  const sides: Side[] = [];
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined || row.taken.has(index) || INTO.has(token.word)) continue;
    const isNumber = subnetNumber(token.word) === null && amountOf(token.raw, vocabulary, locale) !== null;
    if (isNumber) continue; // a second number is no coin
    const pair = saysCoin(token) ? null : pairOf(token.word, vocabulary);
    const coin = coinAt(row.tokens, index, vocabulary, row.taken);
    const currency = saysCoin(token) ? null : currencyWord(token.word, vocabulary.currencies);
    if (Object.hasOwn(COIN_UNITS, token.word)) {
      sides.push({ ...SURE, text: token.word, index });
      row.take(index);
      continue;
    }
    if (pair !== null) sides.push({ ...SURE, text: pair.coin, index }, { ...SURE, text: pair.currency, index: -1 });
    else if (coin !== null && (coin.length > 1 || currency === null))
      sides.push({ text: coin.text, index, known: true, sure: saysCoin(token) || isWellKnown(coin, vocabulary) });
    else if (currency !== null) sides.push({ ...SURE, text: currency.code, index });
    else continue;
    row.take(index, pair === null && (coin?.length ?? 0) > 1 ? (coin?.length ?? 1) : 1);
  }
  return sides.length >= 2 ? sides : [...sides, ...unknownSide(row, sides.length, vocabulary, locale)];
}

/** A word that is neither coin nor currency stands for a side that is missing, so that the answer can ask about it. */
function unknownSide(row: Row, have: number, vocabulary: Vocabulary, locale: string): Side[] {
  const left = new Set(row.left());
  const index = row.free().find((free) => {
    const raw = row.tokens[free]?.raw ?? '';
    return left.has(raw) && amountOf(raw, vocabulary, locale) === null;
  });
  if (index === undefined || have >= 2) return [];
  row.take(index);
  return [{ text: row.tokens[index]?.raw ?? '', index, known: false, sure: false }];
}

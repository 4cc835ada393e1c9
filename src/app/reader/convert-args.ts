// Arguments of `/convert`: how much, from what, to what – in any order that people write.
import { coinAt, saysCoin } from './coins.ts';
import { isScale, readAmount } from './numbers.ts';
import { type Reading, type Row } from './reading.ts';
import { pairOf } from './market-args.ts';
import type { Vocabulary } from './vocabulary.ts';
import { COIN_SIGNS, currencyWord } from './words.ts';

const INTO = new Set(['in', 'to', 'into', '=', '->', '→', '=>', 'as', 'en', 'auf']);
/** A number is cut here in a remark. */
const LONGEST_NUMBER = 30;

type Side = { text: string; index: number; known: boolean };

/**
 * Reads "2.5 tao to eur", "$400 to tao", "to tao 100 eur", "1 btc sats", "bitcoin cash usd". A missing amount means one. What the row does not
 * use stays in it.
 */
export function readConvertArgs(row: Row, vocabulary: Vocabulary, locale: string): Omit<Reading, 'left'> {
  const args: Record<string, string> = {};
  const remarks: string[] = [];
  const amount = takeAmount(row, vocabulary, locale, remarks);
  const sides = takeSides(row, vocabulary);
  const led = sides.find(({ index }) => INTO.has(row.tokens[index - 1]?.word ?? ''));
  const plain = sides.filter((side) => side !== led);
  const unit = amount?.unit ?? null;
  const from = unit ?? plain[0]?.text;
  const to = led?.text ?? (unit === null ? plain[1]?.text : plain[0]?.text);
  if (amount !== null) args['amount'] = plainNumber(amount.value);
  else if (row.left().length === 0) args['amount'] = '1'; // a word that might have been a number is asked about
  if (from !== undefined) args['from'] = from;
  if (to !== undefined) args['to'] = to;
  if (from === undefined && led !== undefined) {
    args['from'] = led.text; // "convert to tao": nothing else was named
    delete args['to'];
  }
  const used = new Set([from, to, args['from']]);
  return {
    args,
    unknown: sides.flatMap(({ known, text }) => (known ? [] : [text])),
    remarks: [...remarks, ...surplus(sides.filter(({ text }) => !used.has(text)).map(({ text }) => text))],
  };
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

/** The first number, with the scale and the unit that stand at it. */
function takeAmount(
  row: Row,
  vocabulary: Vocabulary,
  locale: string,
  remarks: string[],
): { value: number; unit: string | null } | null {
  for (const index of row.free()) {
    const joined = [3, 2, 1].flatMap((length) => {
      const words = row.tokens.slice(index, index + length).map(({ raw }) => raw);
      return words.length === length && (length === 1 || words.every((word) => /^[+-]?[$€£]?\d[\d.,]*$/.test(word)))
        ? [{ length, text: words.join(' ') }]
        : [];
    });
    for (const { length, text } of joined) {
      const read = readAmount(text, locale);
      if (read === null || (read.unit !== null && unitOf(read.unit, vocabulary) === null)) continue;
      const scale = row.tokens[index + length]?.word ?? '';
      const scaled =
        isScale(scale) && row.tokens.length > index + length + 1 ? readAmount(`${text}${scale}`, locale) : null;
      row.take(index, length + (scaled === null ? 0 : 1));
      if (read.doubtful) remarks.push(`I read ${text.slice(0, LONGEST_NUMBER)} as ${spelled(read.value, locale)}.`);
      return { value: (scaled ?? read).value, unit: read.unit === null ? null : unitOf(read.unit, vocabulary) };
    }
  }
  return null;
}

function spelled(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 8 }).format(value);
}

/** "$", "eur", "btc" at a number. */
function unitOf(unit: string, vocabulary: Vocabulary): string | null {
  const sign = COIN_SIGNS[unit];
  const currency = currencyWord(unit, vocabulary.currencies);
  return sign ?? currency?.code ?? (vocabulary.coin(unit) === null ? null : unit);
}

/** Currencies come before coins of the same ticker; a coin's longer name before both. */
function takeSides(row: Row, vocabulary: Vocabulary): Side[] {
  const sides: Side[] = [];
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined || row.taken.has(index) || INTO.has(token.word)) continue;
    const pair = saysCoin(token) ? null : pairOf(token.word, vocabulary);
    const coin = coinAt(row.tokens, index, vocabulary, row.taken);
    const currency = saysCoin(token) ? null : currencyWord(token.word, vocabulary.currencies);
    if (pair !== null)
      sides.push({ text: pair.coin, index, known: true }, { text: pair.currency, index: -1, known: true });
    else if (coin !== null && (coin.length > 1 || currency === null))
      sides.push({ text: coin.text, index, known: true });
    else if (currency !== null) sides.push({ text: currency.code, index, known: true });
    else continue;
    row.take(index, pair === null && (coin?.length ?? 0) > 1 ? (coin?.length ?? 1) : 1);
  }
  return sides.length >= 2 ? sides : [...sides, ...unknownSide(row, sides.length)];
}

/** A word that is neither coin nor currency stands for a side that is missing, so that the answer can ask about it. */
function unknownSide(row: Row, have: number): Side[] {
  const [index] = row.free().filter((free) => row.left().includes(row.tokens[free]?.raw ?? ''));
  if (index === undefined || have >= 2) return [];
  row.take(index);
  return [{ text: row.tokens[index]?.raw ?? '', index, known: false }];
}

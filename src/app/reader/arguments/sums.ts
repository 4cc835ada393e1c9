// Several amounts in a row: those of one coin are added up ("5 tao + 3 tao"), others are left out and named ("5 tao 10 near").
import { subnetNumber } from '../../subnets/number.ts';
import { coinAt, saysCoin } from '../coins.ts';
import { quoted, type Row } from '../reading.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { currencyWord } from '../words.ts';
import { amountOf } from './amounts.ts';
import { spelledOut } from '../numbers.ts';

/** What stands between things that are added. A minus is no such mark. */
const PLUS = /^(?:\+|plus|and|&|und|y|e|et)$/;

/** `of`: the coin's id or the currency's code; `text`: what to hand to a command. Tokens from `at` to before `end`. */
type Part = { value: number; of: string; text: string; isMoney: boolean; at: number; end: number };

/** `next`: the index behind all of them. */
export type Sum = { value: number; unit: string; next: number; remark: string };

/** Takes a row of two amounts or more from the row; null when there is none. */
export function takeSum(row: Row, vocabulary: Vocabulary, locale: string): Sum | null {
  const start = row.free().find((index) => partAt(row.tokens, index, vocabulary, locale) !== null);
  const parts: Part[] = [];
  for (let at = start ?? row.tokens.length; at < row.tokens.length;) {
    const joins = parts.length > 0 && PLUS.test(row.tokens[at]?.word ?? '') ? 1 : 0;
    const part = partAt(row.tokens, at + joins, vocabulary, locale);
    if (part === null) break;
    parts.push(part);
    at = part.end;
  }
  const [first, ...more] = parts;
  const last = more.at(-1);
  if (first === undefined || last === undefined) return null;
  const isOne = more.every(({ of }) => of === first.of);
  const plus = row.tokens.slice(first.at, last.end).some(({ word }) => word === '+' || word === 'plus');
  if (!isOne && !plus && more.some(({ isMoney }) => isMoney)) return null; // "5 tao 10 usd": rather in dollars
  if (row.tokens.some(({ raw }, at) => (at < first.at || at >= last.end) && /^\d/.test(raw))) return null;
  row.take(first.at, last.end - first.at);
  const words = (part: Part) =>
    row.tokens
      .slice(part.at, part.end)
      .map(({ raw }) => raw)
      .join(' ');
  const said = parts.map(({ value }) => spelledOut(value, locale)).join(' + ');
  return {
    value: isOne ? Number(parts.reduce((sum, { value }) => sum + value, 0).toPrecision(15)) : first.value,
    unit: first.text,
    next: last.end,
    remark: isOne ? `I added up ${said}.` : `I left out ${quoted(more.map(words))}: I convert one amount at a time.`,
  };
}

/** "5 tao", "5tao", "$5" from `at` on. */
function partAt(tokens: readonly Token[], at: number, vocabulary: Vocabulary, locale: string): Part | null {
  const token = tokens[at];
  const isCoin = token === undefined || saysCoin(token) || subnetNumber(token.word) !== null; // "τ64" is a subnet
  const read = isCoin ? null : amountOf(token.raw, vocabulary, locale);
  if (read === null || read.doubtful || read.value < 0) return null;
  if (read.unit !== null) {
    const of = nameOf(read.unit, vocabulary);
    return of === null ? null : { value: read.value, ...of, text: read.unit, at, end: at + 1 };
  }
  const next = tokens[at + 1];
  if (next === undefined || /^\d[\d.,]*$/.test(next.raw)) return null; // "1 000 tao"
  const currency = saysCoin(next) ? null : currencyWord(next.word, vocabulary.currencies);
  if (currency !== null && !currency.coin)
    return { value: read.value, of: currency.code, text: currency.code, isMoney: true, at, end: at + 2 };
  const coin = coinAt(tokens, at + 1, vocabulary);
  return coin === null
    ? null
    : { value: read.value, of: coin.coin.id, text: coin.text, isMoney: false, at, end: at + 1 + coin.length };
}

function nameOf(unit: string, vocabulary: Vocabulary): Pick<Part, 'of' | 'isMoney'> | null {
  const currency = currencyWord(unit, vocabulary.currencies);
  if (currency !== null && !currency.coin) return { of: currency.code, isMoney: true };
  const coin = vocabulary.coin(unit)?.coin;
  return coin === undefined ? null : { of: coin.id, isMoney: false };
}

// Arguments of commands about coins: currency, range and the coins themselves, from words in any order.
import { visibleArgs } from '../../input/arguments.ts';
import type { ArgSpec, Command } from '../../command.ts';
import { coinAt, isUnmistakable, isWellKnown, nameAround, saysCoin } from '../coins.ts';
import { quoted, type Reading, type Row } from '../reading.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { rangeRemark, rangeWord } from '../times/range-words.ts';
import { currencyWord, FILLERS, pairCurrency, peggedRemark, peggedTo } from '../words.ts';

/** Longest list of coins that a command is handed: as many as there are words in a line, so that the command counts all of them. */
const MOST_COINS = 120;
const LONGEST_TEXT = 100;
/** Words: "since the beginning of the year". */
const LONGEST_RANGE = 6;
const INTO = new Set(['in', 'to', 'into', '=', '->', '→', 'en', 'em', 'auf', 'zu', 'nach']);

/** Reads a row for a command with coins, a currency, a range. What the row does not use stays in it. */
export function readMarketArgs(command: Command, row: Row, vocabulary: Vocabulary): Omit<Reading, 'left'> {
  const specs = new Map(visibleArgs(command));
  const args: Record<string, string> = {};
  const remarks: string[] = [];
  if (specs.has('range')) takeRange(row, specs.get('range'), vocabulary.now(), args, remarks);
  const currencyArg = specs.has('currency');
  splitPairs(row, vocabulary, currencyArg, args, remarks);
  if (currencyArg) takeCurrency(row, vocabulary, args, remarks);
  const unknown = takeCoins(specs.has('coins') ? 'coins' : 'coin', row, vocabulary, args, remarks);
  return { args, unknown, remarks };
}

/** The longest run of words that is a range ("last 30 days"); the nearest offered range is said when it is another. */
function takeRange(
  row: Row,
  spec: ArgSpec | undefined,
  now: number,
  args: Record<string, string>,
  remarks: string[],
): void {
  for (const from of row.free()) {
    for (let length = Math.min(LONGEST_RANGE, row.tokens.length - from); length >= 1; length--) {
      const words = row.tokens.slice(from, from + length).map(({ word }) => word);
      const found = words.some((_, index) => row.taken.has(from + index)) ? null : rangeWord(words.join(' '), now);
      if (found === null || !(spec?.choices ?? []).includes(found.range)) continue;
      row.take(from, length);
      args['range'] = found.range;
      if (!found.exact) remarks.push(rangeRemark(words.join(' '), found));
      return;
    }
  }
}

/** "TAO/USDT", "btc-usd", "taousdt": a coin and what it is priced in. */
function splitPairs(
  row: Row,
  vocabulary: Vocabulary,
  currencyArg: boolean,
  args: Record<string, string>,
  remarks: string[],
): void {
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined || saysCoin(token)) continue;
    const pair = pairOf(token.word, vocabulary);
    if (pair === null) continue;
    row.take(index);
    args['coin'] = args['coins'] = [args['coins'], pair.coin].filter(Boolean).join(',');
    if (!currencyArg) continue;
    if (args['currency'] === undefined) remarks.push(...peggedRemark(pair.quote));
    args['currency'] ??= pair.currency;
  }
}

/** The two halves of a pair, with the second as it was typed, or null. A small token that is called like the pair does not stand in its way; a known one ("crvUSD") does. */
export function pairOf(word: string, vocabulary: Vocabulary): { coin: string; currency: string; quote: string } | null {
  const [, left = '', right = ''] = /^\$?([\p{L}\p{N}]{2,12})[/\-_:]([\p{L}]{3,5})$/u.exec(word) ?? [];
  const [, stuck = '', quote = ''] = left === '' ? (/^([\p{L}\p{N}]{2,8})(usdt|usdc|usd|eur)$/u.exec(word) ?? []) : [];
  const currency = pairCurrency(right || quote, vocabulary.currencies);
  const coin = currency === null ? null : vocabulary.coin(left || stuck);
  if (currency === null || coin === null) return null;
  const whole = vocabulary.coin(word);
  const isSure = left === '' ? isUnmistakable(coin, vocabulary) : isWellKnown(coin, vocabulary);
  return whole !== null && (!isSure || isWellKnown(whole, vocabulary))
    ? null
    : { coin: left || stuck, currency, quote: right || quote };
}

/**
 * A currency after "in" or "to" first, else the last one that is no large coin; others are left out and named. A row of nothing but currencies
 * keeps its first one for where coins stand. No token that is called like a currency changes any of this.
 */
function takeCurrency(row: Row, vocabulary: Vocabulary, args: Record<string, string>, remarks: string[]): void {
  const found = row.free().flatMap((index) => {
    const token = row.tokens[index];
    if (token === undefined || saysCoin(token)) return [];
    const led = INTO.has(row.tokens[index - 1]?.word ?? '');
    const pegged = led ? peggedTo(token.word) : undefined;
    const currency = currencyWord(pegged ?? token.word, vocabulary.currencies);
    return currency === null || nameAround(row.tokens, index, vocabulary, row.taken) !== null
      ? []
      : [{ index, ...currency, led, said: pegged === undefined ? null : token.word }];
  });
  const only = found.filter(({ coin }) => !coin).map(({ index }) => index);
  const isThing = (index: number) => !only.includes(index) && !FILLERS.has(row.tokens[index]?.word ?? '');
  const things = args['coins'] !== undefined || row.free().some(isThing);
  const candidates = things ? found : found.filter(({ index }) => index !== only[0]);
  const chosen = candidates.findLast(({ led }) => led) ?? candidates.findLast(({ coin }) => !coin);
  const rest = candidates.filter((one) => one !== chosen && !one.coin);
  if (chosen !== undefined && args['currency'] === undefined) {
    row.take(chosen.index);
    args['currency'] = chosen.code;
    remarks.push(...peggedRemark(chosen.said ?? ''));
  } else if (chosen !== undefined && !chosen.coin) rest.push(chosen);
  for (const { index } of rest) row.take(index);
  if (rest.length > 0)
    remarks.push(`I left out ${quoted(rest.map(({ code }) => code))}: prices are in one currency at a time.`);
}

/** Coins by their longest names. Unknown words of a list stay in their places, so that the answer can name them. */
function takeCoins(
  arg: 'coin' | 'coins',
  row: Row,
  vocabulary: Vocabulary,
  args: Record<string, string>,
  remarks: string[],
): string[] {
  const found = args['coins'] === undefined ? [] : args['coins'].split(',');
  const unknown: string[] = [];
  delete args['coins'];
  delete args['coin'];
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined || row.taken.has(index) || found.length >= MOST_COINS) continue;
    const coin = coinAt(row.tokens, index, vocabulary, row.taken);
    if (coin === null && (arg === 'coin' || FILLERS.has(token.word))) continue;
    if (arg === 'coin' && found.length > 0 && (coin === null || !isWellKnown(coin, vocabulary))) continue;
    row.take(index, coin?.length ?? 1);
    found.push(coin?.text ?? listItem(token.raw));
    if (coin === null) unknown.push(token.raw);
  }
  if (arg === 'coin' && found.length > 1) {
    const over = found.splice(1);
    remarks.push(`I left out ${quoted(over)}: this shows one coin at a time, \`/compare\` shows several.`);
  }
  if (found.length === 0) {
    const words =
      arg === 'coin' && row.left().length > 0 ? row.left() : row.free().map((at) => row.tokens[at]?.raw ?? '');
    if (words.length > 0) found.push(listItem(words.join(' ')));
    unknown.push(...words);
    for (const index of row.free()) row.take(index);
  }
  if (found.length > 0) args[arg] = found.join(',');
  return unknown;
}

/** A list is handed over with commas between its items. */
function listItem(raw: string): string {
  return raw.replaceAll(',', ' ').slice(0, LONGEST_TEXT);
}

// Wishes in plain words: "what's the price of tao", "how much is 10 tao in dollars", "chart of tao last month", "tao vs near".
import type { Command } from '../command.ts';
import { coinAt, isWellKnown, saysCoin, surelyCoins, wordCoin } from './coins.ts';
import { readConvertArgs } from './convert-args.ts';
import { pairOf, readMarketArgs } from './market-args.ts';
import { readAmount } from './numbers.ts';
import { type Reading, rowOf } from './reading.ts';
import type { Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';
import { CHART_WORDS, currencyWord, FILLERS, PRICE_WORDS } from './words.ts';

export type Wish = { command: string; reading: Reading };

/** Words of a wish beside the fillers; "how much" counts as a word for the price. */
const WISH_WORDS = new Set([
  'how',
  'much',
  'many',
  'convert',
  'exchange',
  'swap',
  'compare',
  'coin',
  'token',
  'crypto',
  'does',
  'do',
  "what's",
  'of',
]);
const COMPARE_WORDS = new Set(['compare', 'vs', 'vs.', 'versus', 'against']);
/** Figures that are on the coin card. */
const FIGURES = /^(?:market ?cap(?:italization|italisation)?|mcap|volume|ath|all[- ]time[- ]high|rank)$/;
/** More words are a question, not a wish for a number. */
const MOST_WORDS = 14;

/**
 * A wish that can be met with a number, or null. Every word must belong to it: "why does the price of tao fall" is none.
 * @param commands those that wishes may lead to: price, convert, chart, compare, coin
 */
export function wishOf(
  tokens: readonly Token[],
  commands: ReadonlyMap<string, Command>,
  vocabulary: Vocabulary,
  locale: string,
): Wish | null {
  if (tokens.length === 0 || tokens.length > MOST_WORDS) return null;
  const words = tokens.map(({ word }) => word);
  const chart = words.some((word) => CHART_WORDS.has(word));
  const compare = words.some((word) => COMPARE_WORDS.has(word));
  const howMuch = words.some((word, index) => word === 'how' && /^(?:much|many)$/.test(words[index + 1] ?? ''));
  const price = howMuch || words.some((word) => PRICE_WORDS.has(word));
  const amount = tokens.some(({ raw }) => readAmount(raw, locale) !== null);
  const useful = tokens.filter(
    ({ word }) => !CHART_WORDS.has(word) && !PRICE_WORDS.has(word) && !WISH_WORDS.has(word) && !COMPARE_WORDS.has(word),
  );
  const make = (name: string): Wish | null => whole(name, useful, commands, vocabulary, locale);
  if (amount && !chart) return make('convert');
  if (chart) return make('chart');
  if (compare) return useful.length >= 2 ? make('compare') : null;
  if (price) return make('price');
  return (
    figureOf(words, useful, commands, vocabulary, locale) ?? (isBarePair(useful, vocabulary) ? make('price') : null)
  );
}

/** The wish when every word was understood, and every coin is one. */
function whole(
  name: string,
  tokens: readonly Token[],
  commands: ReadonlyMap<string, Command>,
  vocabulary: Vocabulary,
  locale: string,
): Wish | null {
  const command = commands.get(name);
  if (command === undefined) return null;
  const row = rowOf(tokens);
  const read = name === 'convert' ? readConvertArgs(row, vocabulary, locale) : readMarketArgs(command, row, vocabulary);
  const left = row.left();
  const enough =
    name === 'convert' ? read.args['from'] !== undefined : (read.args['coin'] ?? read.args['coins']) !== undefined;
  const two = name !== 'compare' || (read.args['coins'] ?? '').includes(',');
  if (left.length > 0 || read.unknown.length > 0 || !enough || !two || !surelyCoins(read.args, vocabulary)) return null;
  return { command: name, reading: { ...read, left } };
}

/** "market cap of tao": a figure of the card. */
function figureOf(
  words: readonly string[],
  useful: readonly Token[],
  commands: ReadonlyMap<string, Command>,
  vocabulary: Vocabulary,
  locale: string,
): Wish | null {
  const joined = words
    .join(' ')
    .replace(/\b(?:market|all[- ]time) (?:cap|high)\b/, (match) => match.replaceAll(' ', ''));
  if (!joined.split(' ').some((word) => FIGURES.test(word) || word === 'alltimehigh' || word === 'marketcap'))
    return null;
  const rest = useful.filter(
    ({ word }) => !FIGURES.test(word) && !/^(?:market|cap|all|time|all-time|high)$/.test(word),
  );
  return whole('coin', rest, commands, vocabulary, locale);
}

/** "tao eur", "TAO/USDT": a well-known coin and a currency, nothing else. */
function isBarePair(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const [first, second, more] = tokens.filter(({ word }) => !FILLERS.has(word));
  if (first === undefined || more !== undefined) return false;
  if (second === undefined) return pairOf(first.word, vocabulary) !== null;
  const coin = coinAt([first], 0, vocabulary);
  return coin !== null && isWellKnown(coin, vocabulary) && currencyWord(second.word, vocabulary.currencies) !== null;
}

/** The coin that a message of nothing but its name means: profiled, well known, or written with "$". */
export function bareCoin(tokens: readonly Token[], vocabulary: Vocabulary): string | null {
  const [first] = tokens;
  if (first === undefined || tokens.length > 5) return null;
  if (tokens.length === 1 && saysCoin(first)) return wordCoin(first, vocabulary)?.text ?? null;
  const found = coinAt(tokens, 0, vocabulary);
  return found !== null && found.length === tokens.length && isWellKnown(found, vocabulary) ? found.text : null;
}

// Wishes in plain words: "what's the price of tao", "how much is 10 tao in dollars", "chart of tao last month", "tao vs near".
import type { Command } from '../../command.ts';
import { isUnmistakable, saysCoin, surelyCoins } from '../coins.ts';
import { amountOf, isNoAmount, isYear } from '../arguments/amounts.ts';
import { readConvertArgs, wordAmountAt } from '../arguments/convert-args.ts';
import { readMarketArgs } from '../arguments/market-args.ts';
import { type FigureAsked, figureAsked } from './figures.ts';
import { listWish } from './lists.ts';
import { areBareCoins, isBarePair, isRate } from './rates.ts';
import { type Reading, rowOf } from '../reading.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import {
  AROUND_MOVES,
  CHART_WORDS,
  COIN_UNITS,
  COMPARE_WORDS,
  currencyWord,
  FILLERS,
  MOVE_WORDS,
  PRICE_WORDS,
  WEAK_PRICE_WORDS,
  wordsBeforeMoved,
} from '../words.ts';

export type Wish = { command: string; reading: Reading };

/** Words of a wish beside the fillers, in the languages that prices are often asked in. */
const WISH_WORDS = new Set(
  `how how's much many convert exchange swap coin token crypto does do what's of worth be
  wie viel wieviel rechne umrechnen combien convertir convertis font fait cuánto cuanto quanto quanta ile hoeveel wat berapa kaç ne kadar
  сколько скільки o da il lo di jest wynosi qual jaka van в на son é está esta gerade aktuell ahora agora ora was`
    .trim()
    .split(/\s+/),
);
/** A question for a number: "how much", "how is tao", "what's tao at". "buy" and "get" say nothing more in it. */
const HOW_MUCH =
  /(?:^| )(?:how (?:much|many)|wie ?viel|combien|cu[aá]nto|quant[oa]|сколько|скільки|ile|hoeveel|berapa|kaç)(?: |$)/u;
const HOW_IS = /^(?:how(?:'s|s| is) |what(?:'s|s| is) .+ at(?: right now| now| rn| atm| today)?$)/;
/** "i have 12 tao how much is that in usd". */
const OWNS = /^(?:if )?(?:i|we) (?:have|got|own|hold) /;
/** "tao was 250 now what": that number is a price, no amount. */
const PRICED = /\S (?:was|were|hit|hits) [$€£]?\d/;
/** "how many rao in a tao": one of the last thing, counted in the first. */
const HOW_MANY_IN = /^how (?:many|much) .+ (?:in|is|are in|make|makes) an? \S/;
/** More words are a question, not a wish for a number. */
const MOST_WORDS = 14;
const TAO = 'bittensor';
/** Of more words around a figure it is rather explained ("what is market cap") than asked for. */
const MOST_AROUND = 1;

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
  const text = words.join(' ');
  const has = (set: ReadonlySet<string>) => words.some((word) => set.has(word));
  const howMuch = HOW_MUCH.test(text);
  const howMany = text.startsWith('how many ');
  const useful = tokens.filter(
    ({ word }) =>
      ![CHART_WORDS, PRICE_WORDS, WEAK_PRICE_WORDS, WISH_WORDS, COMPARE_WORDS].some((set) => set.has(word)) &&
      !(howMuch && /^(?:buy|get)$/.test(word)) &&
      !(OWNS.test(text) && /^(?:have|got|own|hold)$/.test(word)),
  );
  const make = (name: string): Wish | null => whole(name, useful, commands, vocabulary, locale);
  const list = listWish(text, vocabulary);
  if (list !== null) return list;
  if (has(CHART_WORDS)) return make('chart') ?? alone('chart', useful);
  const compared = has(COMPARE_WORDS) ? make('compare') : null;
  if (compared !== null) return compared;
  const moved = moveOf(tokens, commands, vocabulary, locale);
  if (moved !== null) return moved;
  const asked = figureAsked(tokens);
  const figure = asked === null ? null : figureOf(asked, commands, vocabulary, locale);
  if (figure !== null || asked?.explained != null) return figure;
  const ranged = wordAmountAt(useful, 0, vocabulary) === null ? rangeOfCoin(useful, make, vocabulary) : null;
  if (ranged !== null) return ranged;
  if (HOW_MANY_IN.test(text)) return turned(make('convert'));
  if (PRICED.test(text)) return null;
  if (useful.some((token, index) => isAmount(useful, index, vocabulary, locale) || isNoAmount(token.raw, locale)))
    return make('convert');
  if (has(COMPARE_WORDS)) return helpOn('compare', useful);
  if (words.includes('ratio')) return ratioOf(useful, commands, vocabulary, locale);
  if (isRate(useful, vocabulary)) return make('convert');
  if (has(PRICE_WORDS) && useful.some(({ word }) => Object.hasOwn(COIN_UNITS, word))) return make('convert'); // "price of gwei"
  if (howMuch || has(PRICE_WORDS))
    return priceOf(make('price'), useful, vocabulary) ?? (howMany ? null : alone('price', useful));
  if (has(WEAK_PRICE_WORDS) || HOW_IS.test(text)) return unmistakable(make('price'), vocabulary);
  const judges = /^(?:is|are|was|should|can|could|does|do|did|will|would|has|have) /.test(text); // "is sn64 safe" wants an opinion, no price of Safe
  return !judges && (isBarePair(useful, vocabulary) || areBareCoins(useful, vocabulary))
    ? make('price')
    : whatIs(text, useful, make, vocabulary);
}

/** The wish when every coin of it is profiled, written as a coin, or so large that its name is hardly another word. */
function unmistakable(wish: Wish | null, vocabulary: Vocabulary): Wish | null {
  const named = wish?.reading.args['coin'] ?? wish?.reading.args['coins'] ?? '';
  const sure = named.split(',').every((text) => {
    const found = vocabulary.coin(text.replace(/^\$/, ''));
    if (found === null || saysCoin({ raw: text, word: text })) return found !== null;
    return isUnmistakable(found, vocabulary);
  });
  return sure ? wish : null;
}

function isAmount(tokens: readonly Token[], index: number, vocabulary: Vocabulary, locale: string): boolean {
  if (isYear(tokens, index, vocabulary)) return false;
  return (
    amountOf(tokens[index]?.raw ?? '', vocabulary, locale) !== null || wordAmountAt(tokens, index, vocabulary) !== null
  );
}

/** "24h change of tao", "how much did tao move this week", "did tao go up today": the price says the day's change, the chart that of longer times. */
function moveOf(
  tokens: readonly Token[],
  commands: ReadonlyMap<string, Command>,
  vocabulary: Vocabulary,
  locale: string,
): Wish | null {
  const lead = wordsBeforeMoved(tokens.map(({ word }) => word));
  if (lead === null) return null;
  const rest = tokens
    .slice(lead)
    .filter(({ word }) => ![MOVE_WORDS, AROUND_MOVES, PRICE_WORDS].some((set) => set.has(word)));
  const wish = unmistakable(whole('chart', rest, commands, vocabulary, locale), vocabulary);
  const { range, coin } = wish?.reading.args ?? {};
  if (lead > 0 && /^sn\d/.test(coin ?? '')) return null; // its story
  if (wish === null || coin === undefined || (range !== undefined && range !== '24h')) return wish;
  if (range === undefined && !/^(?:how|what(?:'s|s)?|is|has|did)$/.test(tokens[0]?.word ?? '')) return null;
  const { range: _day, coin: _coin, ...args } = wish.reading.args;
  return { command: 'price', reading: { ...wish.reading, args: { ...args, coins: coin } } };
}

/** "live price in eur" is that of TAO, "eur price" a rate. */
function priceOf(wish: Wish | null, useful: readonly Token[], vocabulary: Vocabulary): Wish | null {
  const code = currencyWord(wish?.reading.args['coins'] ?? '', vocabulary.currencies);
  if (wish === null || code === null || code.coin) return wish;
  const led = useful.some(({ word }) => /^(?:in|to|into|en|auf)$/.test(word));
  const args: Record<string, string> = led
    ? { coins: 'tao', currency: code.code }
    : {
        amount: '1',
        from: code.code,
        ...(wish.reading.args['currency'] === undefined ? {} : { to: wish.reading.args['currency'] }),
      };
  return { command: led ? 'price' : 'convert', reading: { ...wish.reading, args } };
}

/** "price?", "price today", "show chart": TAO's, as after a slash. */
function alone(command: string, useful: readonly Token[]): Wish | null {
  if (useful.some(({ word }) => !FILLERS.has(word))) return null;
  return { command, reading: { args: {}, unknown: [], left: [], remarks: [] } };
}

/** "compare": what it shall be of is asked back. */
function helpOn(command: string, useful: readonly Token[]): Wish | null {
  const wish = alone('help', useful);
  return wish === null ? null : { ...wish, reading: { ...wish.reading, args: { about: command } } };
}

/** "tao 7d", "bitcoin last month": a coin and a range behind it. */
function rangeOfCoin(
  useful: readonly Token[],
  make: (name: string) => Wish | null,
  vocabulary: Vocabulary,
): Wish | null {
  const counts = /^(?:half|quarter)$/.test(useful.find(({ word }) => !FILLERS.has(word))?.word ?? ''); // "a quarter btc"
  const wish = counts || /^\d/.test(useful[0]?.raw ?? '') ? null : make('chart');
  return wish?.reading.args['range'] === undefined ? null : unmistakable(wish, vocabulary);
}

/** The same conversion the other way round. */
function turned(wish: Wish | null): Wish | null {
  const { from, to, amount = '1' } = wish?.reading.args ?? {};
  if (wish === null || from === undefined || to === undefined || amount !== '1') return wish;
  return { ...wish, reading: { ...wish.reading, args: { amount, from: to, to: from } } };
}

/** "tao btc ratio": the first thing in the second. */
function ratioOf(
  useful: readonly Token[],
  commands: ReadonlyMap<string, Command>,
  vocabulary: Vocabulary,
  locale: string,
): Wish | null {
  const things = useful.filter(({ word }) => word !== 'ratio' && !FILLERS.has(word));
  const wish = things.length < 2 ? null : whole('convert', things, commands, vocabulary, locale);
  return wish?.reading.args['to'] === undefined ? null : wish;
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

/** "market cap of tao": a figure instead of the price. What is known of TAO's supply is an answer of the FAQ. */
function figureOf(
  asked: FigureAsked,
  commands: ReadonlyMap<string, Command>,
  vocabulary: Vocabulary,
  locale: string,
): Wish | null {
  const rest = asked.rest.filter(({ word }) => !WISH_WORDS.has(word));
  if (asked.explained === null && rest.every(({ word }) => FILLERS.has(word)) && rest.length <= MOST_AROUND)
    return { command: 'price', reading: { args: { figure: asked.figure }, unknown: [], left: [], remarks: [] } };
  const wish = whole('price', rest, commands, vocabulary, locale);
  const coins = wish?.reading.args['coins'];
  if (wish === null || coins === undefined) return null;
  const id = vocabulary.coin(coins)?.coin.id ?? '';
  const isExplained = asked.explained === 'profiled' ? vocabulary.profiled(id) : asked.explained !== null && id === TAO;
  if (isExplained) return null;
  return { command: 'price', reading: { ...wish.reading, args: { figure: asked.figure, ...wish.reading.args } } };
}

/** "what is solana": the card of a well-known coin; profiled ones are explained by the FAQ, or from their profile. */
function whatIs(
  text: string,
  useful: readonly Token[],
  make: (name: string) => Wish | null,
  vocabulary: Vocabulary,
): Wish | null {
  if (!/^(?:what(?:'s|s| is| are)|was ist|c'est quoi) /.test(text)) return null;
  const wish = make('coin');
  const found = vocabulary.coin(wish?.reading.args['coin'] ?? '');
  return found === null || vocabulary.profiled(found.coin.id) || useful.length > 6 ? null : wish;
}

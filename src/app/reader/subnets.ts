// Subnets in words: `sn64`, `subnet 64`, `τ64` stand where a coin can; names count only beside the word "subnet".
import { coinAt, isWellKnown } from './coins.ts';
import { isSentence } from './names/own-name.ts';
import { subnetNumber } from '../subnets/number.ts';
import type { Command } from '../command.ts';
import type { Reading, Row } from './reading.ts';
import type { Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';
import { rangeRemark, rangeWord } from './times/range-words.ts';
import { CHART_WORDS, COMPARE_WORDS, currencyWord, FILLERS, PRICE_WORDS } from './words.ts';

const PREFIX = /^(?:sn|subnet|netuid)$/u;
/** Words around a subnet in a question for its card. */
const ASKING = new Set(
  'next about info information details stats data card does do how much explain everything'.split(' '),
);
/** Figures of the card: whoever asks for one of them gets all. */
const FIGURES = new Set(
  'emission emissions share pool volume cap market rank age symbol tempo payout epoch alpha alphas token tokens'.split(
    ' ',
  ),
);
/** Words of a question for the newest block, beside the fillers. */
const BLOCK = new Set(
  'block blockheight height number head newest finalized finalised chain network bittensor tao we'.split(' '),
);
const WHICH_BLOCK = /\b(?:current|latest|newest|last|now|today|height|blockheight|number|head)\b/u;
/** Shorter names alone are too often small talk. */
const SHORTEST_NAME = 4;
/** A name has at most forty characters; longer questions are for the FAQ. */
const MOST_WORDS = 12;
/** Questions for what a subnet is or does; the name stands in the group. */
const EXPLAIN: readonly RegExp[] = [
  /^(?:what is|what's|whats|who is|who's|tell me about|explain|info on) (.+?)(?: (?:doing|about|up to))?$/iu,
  /^what (?:does|do) (.+?) do$/iu,
  /^how(?:'s| is) (.+?) doing$/iu,
  /^who (?:runs|owns|made|built|operates|is behind) (.+)$/iu,
];
/** Words of a name beside others. */
const MOST_NAMED = 4;
/** Beside these, and beside an amount, the name of a subnet is meant as one. */
const MARKS: readonly ReadonlySet<string>[] = [CHART_WORDS, PRICE_WORDS, COMPARE_WORDS];

/** The same row with "subnet 64" and "sn 64" as one token "sn64", so that the number is no amount. */
export function joinSubnets(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    if (before !== undefined && PREFIX.test(before.word) && /^[1-9]\d{0,4}$/.test(token.word)) {
      const text = `sn${token.word}`;
      joined[joined.length - 1] = { raw: text, word: text };
    } else joined.push(token);
  }
  return joined;
}

/**
 * A number and what is left over, or all words as the name of one subnet; a range and a currency at the end ("64 30d", "chutes in eur"). Whether
 * there is one is found out later.
 */
export function readSubnetArgs(command: Command, row: Row, vocabulary: Vocabulary): Omit<Reading, 'left'> {
  const args: Record<string, string> = {};
  const numbered = /^(?:sn|τ|#)?\d{1,5}$/u.test(row.tokens[0]?.word ?? '');
  const last = row.tokens.length - 1;
  const remarks: string[] = [];
  const asked = row.tokens[last]?.word ?? '';
  const range = last < 1 ? null : rangeWord(asked, vocabulary.now());
  if (range !== null && (command.args['range']?.choices ?? []).includes(range.range)) {
    args['range'] = range.range;
    if (!range.exact) remarks.push(rangeRemark(asked, range));
    row.take(last);
  }
  takeCurrency(row, numbered, vocabulary, args);
  const own = numbered ? [0] : row.free();
  const subnet = own.map((index) => row.tokens[index]?.raw ?? '').join(' ');
  for (const index of own) row.take(index);
  return { args: subnet === '' ? args : { subnet, ...args }, unknown: [], remarks };
}

/** "eur" or "in eur" behind a subnet; a word that belongs to the name of one stays there. */
function takeCurrency(row: Row, numbered: boolean, vocabulary: Vocabulary, args: Record<string, string>): void {
  const free = row.free();
  const at = free.at(-1) ?? 0;
  const currency = at === 0 ? null : currencyWord(row.tokens[at]?.word ?? '', vocabulary.currencies);
  if (currency === null) return;
  const led = /^(?:in|to|en)$/.test(row.tokens[at - 1]?.word ?? '');
  const words = (until: number): string =>
    row.tokens
      .slice(0, until)
      .map(({ raw }) => raw)
      .join(' ');
  if (!led && !numbered && (vocabulary.subnet(words(at + 1)) || !vocabulary.subnet(words(at)))) return;
  args['currency'] = currency.code;
  row.take(at);
  if (led) row.take(at - 1);
}

/**
 * The subnet that a message is about and nothing else: "what is subnet 64?", "sn64 price", "chutes subnet"; null for other questions. Its name alone
 * will do beside a word for its price, when no well-known coin is called so.
 */
export function askedSubnet(tokens: readonly Token[], vocabulary: Vocabulary): string | null {
  if (tokens.length > MOST_WORDS) return null;
  const rest = joinSubnets(tokens).filter(
    ({ word }) => !FILLERS.has(word) && !ASKING.has(word) && !PRICE_WORDS.has(word),
  );
  const figureless = rest.filter(({ word }) => !FIGURES.has(word)); // a name may be made of such words
  return (
    subnetIn(rest, tokens, vocabulary) ??
    subnetIn(figureless, tokens, vocabulary) ??
    explainedSubnet(tokens.map(({ raw }) => raw).join(' '), vocabulary)
  );
}

/** "what is chutes?", "who runs targon": the name of a subnet, where no coin is called so. */
function explainedSubnet(line: string, vocabulary: Vocabulary): string | null {
  const [, name = ''] = EXPLAIN.map((form) => form.exec(line)).find((match) => match !== null) ?? [];
  const number = subnetNumber(name.toLowerCase());
  if (number !== null) return `sn${number}`;
  const known = name.length >= SHORTEST_NAME && vocabulary.subnet(name) && vocabulary.coin(name) === null;
  return known && !isSentence(name) ? name : null;
}

function subnetIn(rest: readonly Token[], tokens: readonly Token[], vocabulary: Vocabulary): string | null {
  const [first] = rest;
  if (first === undefined) return null;
  if (rest.length === 1) {
    const number = subnetNumber(first.word);
    if (number !== null) return `sn${number}`;
  }
  const isSaid = first.word === 'subnet' || rest.at(-1)?.word === 'subnet';
  if (!isSaid && !tokens.some(({ word }) => PRICE_WORDS.has(word))) return null;
  const named = !isSaid ? rest : first.word === 'subnet' ? rest.slice(1) : rest.slice(0, -1);
  const name = named.map(({ raw }) => raw).join(' ');
  if (!vocabulary.subnet(name)) return null;
  const coin = isSaid ? null : coinAt(rest, 0, vocabulary);
  return coin !== null && isWellKnown(coin, vocabulary) ? null : name;
}

/** A message of nothing but the name of a subnet, where no coin is called so and it is no question: "private key" is one for the FAQ. */
export function bareSubnet(tokens: readonly Token[], vocabulary: Vocabulary): string | null {
  const name = tokens.map(({ raw }) => raw).join(' ');
  const known = name.length >= SHORTEST_NAME && tokens.length <= MOST_WORDS && vocabulary.subnet(name);
  const isQuestion = isSentence(name) || (tokens.length > 1 && tokens.every(({ word }) => vocabulary.topical(word)));
  return known && !isQuestion && vocabulary.coin(name) === null ? name : null;
}

/** The same row with the name between an amount and "in" or "to" as its number: "10 chutes in tao" → "10 sn64 in tao". */
export function countedSubnet(tokens: readonly Token[], vocabulary: Vocabulary): readonly Token[] {
  const to = tokens.findIndex(({ word }) => /^(?:in|to|into)$/u.test(word));
  const from = tokens.findIndex(({ word }) => /^\d[\d.,]*[km]?$/u.test(word)) + 1;
  if (from === 0 || to <= from || to - from > MOST_WORDS) return tokens;
  const name = tokens
    .slice(from, to)
    .map(({ raw }) => raw)
    .join(' ');
  const id = vocabulary.coin(name) === null ? vocabulary.onlySubnet(name) : null;
  return id === null ? tokens : [...tokens.slice(0, from), { raw: id, word: id }, ...tokens.slice(to)];
}

/** The same row with names of subnets beside a chart, a price, a comparison or an amount as their numbers: "chutes chart 7d", "chutes vs targon". */
export function numberedSubnet(tokens: readonly Token[], vocabulary: Vocabulary): readonly Token[] {
  const isMark = ({ word }: Token) => MARKS.some((set) => set.has(word));
  if (tokens.length > MOST_WORDS) return tokens;
  if (!tokens.some((token) => isMark(token) || /^\d[\d.,]*[km]?$/.test(token.word))) return tokens;
  let row = tokens;
  for (let length = Math.min(MOST_NAMED, tokens.length); length >= 1; length--)
    for (let from = 0; from + length <= row.length; from++) {
      const span = row.slice(from, from + length);
      const name = span.map(({ raw }) => raw).join(' ');
      if (name.length < SHORTEST_NAME || span.some((token) => isMark(token) || FILLERS.has(token.word))) continue;
      const id = vocabulary.coin(name) === null ? vocabulary.onlySubnet(name) : null;
      if (id !== null) row = [...row.slice(0, from), { raw: id, word: id }, ...row.slice(from + length)];
    }
  return row;
}

/** "current block", "what's the block height?": for the card of the network. */
export function asksForBlock(tokens: readonly Token[]): boolean {
  const words = tokens.map(({ word }) => word);
  const text = words.join(' ');
  if (/^(?:the )?(?:bittensor |tao )?(?:network|chain) (?:status|stats|info)$/.test(text)) return true;
  return (
    /\bblock(?:height)?\b/u.test(text) &&
    WHICH_BLOCK.test(text) &&
    words.every((word) => BLOCK.has(word) || FILLERS.has(word))
  );
}

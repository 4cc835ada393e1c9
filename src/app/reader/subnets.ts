// Subnets in words: `sn64`, `subnet 64`, `τ64` stand where a coin can; names count only beside the word "subnet".
import { subnetNumber } from '../subnets/number.ts';
import type { Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';
import { FILLERS, PRICE_WORDS } from './words.ts';

const PREFIX = /^(?:sn|subnet|netuid)$/u;
/** Words around a subnet in a question for its card. */
const ASKING = new Set('about info information details stats data card does do how much explain everything'.split(' '));
/** A name has at most forty characters; longer questions are for the FAQ. */
const MOST_WORDS = 12;

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

/** The subnet that a message is about and nothing else: "what is subnet 64?", "sn64 price", "chutes subnet"; null for other questions. */
export function askedSubnet(tokens: readonly Token[], vocabulary: Vocabulary): string | null {
  if (tokens.length > MOST_WORDS) return null;
  const rest = joinSubnets(tokens).filter(
    ({ word }) => !FILLERS.has(word) && !ASKING.has(word) && !PRICE_WORDS.has(word),
  );
  const [first, second] = rest;
  if (first === undefined) return null;
  if (second === undefined) {
    const number = subnetNumber(first.word);
    return number === null ? null : `sn${number}`;
  }
  if (first.word !== 'subnet' && rest.at(-1)?.word !== 'subnet') return null;
  const name = (first.word === 'subnet' ? rest.slice(1) : rest.slice(0, -1)).map(({ raw }) => raw).join(' ');
  return vocabulary.subnet(name) ? name : null;
}

// Wishes with a mistake in a word or two: "pirce tao", "bitcion price", "what is etherium at". How it was read is said.
import { editDistance } from '../../../base/edit-distance.ts';
import type { Command } from '../../command.ts';
import { isWellKnown, saysCoin, stretchedCoin } from '../coins.ts';
import { quoted } from '../reading.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { type Wish, wishOf } from './wishes.ts';

/** Words that make a wish. Shorter ones are a mistake away from other words. */
const WORDS = ['price', 'chart', 'convert', 'compare'];
const SHORTEST_WORD = 5;
/** Words of their own that are a mistake away from those: "tao chat" asks for people. */
const OWN_WORDS = new Set(['chat', 'prince', 'pride', 'start', 'smart', 'charm', 'chars']);
/** Beside the words of a wish, a shorter name will do than alone. */
const SHORTEST_NAME = 6;
const MOST_WORDS = 14;
/** More than this is guesswork. */
const MOST_MISTAKES = 2;

type Correction = { token: Token; read: string };

/** The wish that the words make when one or two of them are put right, or null. */
export function mistypedWish(
  tokens: readonly Token[],
  commands: ReadonlyMap<string, Command>,
  vocabulary: Vocabulary,
  locale: string,
): Wish | null {
  if (tokens.length < 2 || tokens.length > MOST_WORDS) return null;
  const corrections = tokens.flatMap((token, index) => {
    const correction = wordOf(token) ?? coinOf(token, vocabulary);
    return correction === null ? [] : [{ index, ...correction }];
  });
  const one = corrections.map((correction) => [correction]);
  const tries = corrections.length === MOST_MISTAKES ? [...one, corrections] : one;
  for (const made of tries) {
    const right = made.reduce<readonly Token[]>((row, { index, token }) => row.with(index, token), tokens);
    const wish = wishOf(right, commands, vocabulary, locale);
    if (wish === null) continue;
    const said = made.map(({ index, read }) => `I read ${quoted([tokens[index]?.raw ?? ''])} as ${read}.`);
    return { ...wish, reading: { ...wish.reading, remarks: [...said, ...wish.reading.remarks] } };
  }
  return null;
}

function wordOf({ word }: Token): Correction | null {
  if (word.length < SHORTEST_WORD - 1 || OWN_WORDS.has(word)) return null;
  const meant = WORDS.find((one) => editDistance(word, one, 1) === 1);
  return meant === undefined ? null : { token: { raw: meant, word: meant }, read: `"${meant}"` };
}

/** One of the largest coins; a well-known coin of that name, or a word of the FAQ's, is no mistake; a small token of that name changes nothing. */
function coinOf(token: Token, vocabulary: Vocabulary): Correction | null {
  const { word } = token;
  if (saysCoin(token) || vocabulary.topical(word)) return null;
  const itself = vocabulary.coin(word);
  if (itself !== null && isWellKnown(itself, vocabulary)) return null;
  const near = stretchedCoin(word, vocabulary) ?? (word.length < SHORTEST_NAME ? null : vocabulary.mistyped(word));
  return near === null ? null : { token: { raw: `id:${near.id}`, word: `id:${near.id}` }, read: near.name };
}

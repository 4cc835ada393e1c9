// Words around a question for a price in the languages of members: "tao precio hoy porfa", "tao ka price kya hai", "kolik stojí tao".
import { isWellKnown, wordCoin } from '../coins.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { FILLERS } from '../words.ts';

/** "Now", "today", "please", "mate", "is". Each may be a ticker, too: they say nothing only beside a coin that people know. */
const ASIDES = new Set(
  `hoy ahorita porfa porfavor hoje tá ta grad teraz nu idag sekarang abhi щас сейчас зараз ka ki hai bhai bang gan kak waard`.split(
    ' ',
  ),
);
/** They ask what something costs. */
const ASKS = new Set('hoch kolik stojí stoji vad kostar bao nhiêu kya kitna kitne'.split(' '));
/** Longer messages are no such question. */
const MOST_WORDS = 10;

/** The same row without such words, the first that asks as "price"; the same row where no well-known coin remains. */
export function withoutAsides(tokens: readonly Token[], vocabulary: Vocabulary): readonly Token[] {
  if (tokens.length > MOST_WORDS || !tokens.some(({ word }) => ASIDES.has(word) || ASKS.has(word))) return tokens;
  const rest = tokens.filter(({ word }) => !ASIDES.has(word) && !ASKS.has(word));
  const isKnown = rest.some((token) => {
    const coin = FILLERS.has(token.word) ? null : wordCoin(token, vocabulary);
    return coin !== null && isWellKnown(coin, vocabulary);
  });
  if (!isKnown) return tokens;
  const asks = tokens.some(({ word }) => ASKS.has(word));
  return asks ? [{ raw: 'price', word: 'price' }, ...rest] : rest;
}

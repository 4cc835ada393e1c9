// What of a message in another language can be read as English, and how much of it cannot.
import type { ForeignLanguage } from './detect.ts';
import { isEverydayWord } from './detect.ts';

/** Shorter words that nobody knows are particles and endings rather than topics. */
const SHORTEST_LATIN = 3;
const SHORTEST_ASIAN = 2;
const ASIAN = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]/u;
const WORD = /^\p{L}+$/u;
const PARTICLES = /^\p{Script=Hiragana}+$/u;
/** Many languages ask "X what is". */
const ASKED_LAST = /^(.+) what is$/u;

export type ForeignReading = {
  /** The words that are English or were translated, each once, in the order of an English question. */
  readonly words: readonly string[];
  /** Words that could be a topic and are not known. */
  readonly unread: number;
};

/**
 * @param translated the message with the words of the glossary in English
 * @param knows whether a word is one of our English ones
 */
export function readForeign(
  translated: string,
  language: ForeignLanguage,
  knows: (word: string) => boolean,
): ForeignReading {
  const all = [...new Set(translated.replace(ASKED_LAST, 'what is $1').split(' '))];
  const words = all.filter((word) => knows(word) && !isEverydayWord(word, language));
  const unread = all.filter((word) => !knows(word) && !isEverydayWord(word, language) && isTopic(word));
  return { words, unread: unread.length };
}

function isTopic(word: string): boolean {
  if (!WORD.test(word) || PARTICLES.test(word)) return false;
  return word.length >= (ASIAN.test(word) ? SHORTEST_ASIAN : SHORTEST_LATIN);
}

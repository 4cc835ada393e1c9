// English word stems, remembered: the stemmer is far slower than a look-up and chat uses few different words.
import { newStemmer } from 'snowball-stemmers';

const MAX_REMEMBERED = 20_000;
const stemmer = newStemmer('english');
const remembered = new Map<string, string>();

/** Stem of one lower-case word; words with digits or foreign letters are their own stem. */
export function stem(word: string): string {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const result = /^[a-z]{3,30}$/u.test(word) ? stemmer.stem(word) : word;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(word, result);
  return result;
}

/** Gives their memory back; they are worked out anew, or taken over again. */
export function forgetStems(): void {
  remembered.clear();
}

/** Takes over stems that were worked out before: stemming a whole vocabulary at start would take longer than all the rest. */
export function rememberStems(stems: Readonly<Record<string, string>>): void {
  for (const [word, result] of Object.entries(stems)) remembered.set(word, result);
}

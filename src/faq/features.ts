// From a message to features of two kinds: words with concepts, and character n-grams that forgive spelling.
import { trimChatter } from './language/small-talk.ts';
import type { Lexicon } from './language/lexicon.ts';
import { isWord } from './language/lexicon.ts';
import { normaliseText } from './language/normalise.ts';
import type { Speller } from './language/spelling.ts';
import { stem } from './language/stem.ts';

/** Words that carry no topic: left out of pairs, kept as single words and neighbours. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the of to in on at for from by with as is are was were be been am do does did have has had i you he she it we ' +
    'they my your our their me them this that these those and or but if so just please there here then than what which ' +
    'would could will can should about into any some not no urltoken also too very really get got'
  )
    .split(' ')
    .map(stem),
);

/** A message, read. */
export type Reading = {
  /** Words as typed, without sentence marks. */
  readonly words: readonly string[];
  readonly stems: readonly string[];
  /** Names of concepts: see the lexicon. */
  readonly concepts: readonly string[];
  /** Words that the vocabulary does not hold, and those of them that spelling correction explained. */
  readonly unknown: number;
  readonly corrected: number;
};

export type Reader = { read(raw: string): Reading };

export function createReader(lexicon: Lexicon, speller: Speller): Reader {
  function read(raw: string): Reading {
    const text = trimChatter(normaliseText(raw));
    const words = text.split(' ').filter(isWord);
    let unknown = 0;
    let corrected = 0;
    const stems = words.map((word) => {
      if (speller.knows(word)) return stem(word);
      unknown++;
      const better = speller.correct(word);
      if (better !== undefined) corrected++;
      return stem(better ?? word);
    });
    return { words, stems, concepts: lexicon.find(stems), unknown, corrected };
  }
  return { read };
}

/** Words, neighbours, pairs of content words, concepts and pairs of concepts; a feature may repeat. */
export function wordFeatures(reading: Reading): string[] {
  const { stems, concepts } = reading;
  const features: string[] = [];
  for (const [index, word] of stems.entries()) {
    features.push(`w ${word}`);
    features.push(`b ${index === 0 ? '^' : stems[index - 1]} ${word}`);
  }
  features.push(`b ${stems.at(-1) ?? ''} $`);
  pushPairs(features, 's', stems.filter((word) => !STOP_WORDS.has(word)).slice(0, 14));
  for (const concept of concepts) features.push(`c ${concept}`);
  pushPairs(features, 'd', concepts.slice(0, 14));
  return features;
}

function pushPairs(features: string[], kind: string, items: readonly string[]): void {
  const distinct = [...new Set(items)].toSorted();
  for (const [index, first] of distinct.entries()) {
    for (const second of distinct.slice(index + 1)) features.push(`${kind} ${first} ${second}`);
  }
}

/** Character n-grams of 3 to 5 within `^word$`, for words as typed, plus short words whole. */
export function gramFeatures(reading: Reading): string[] {
  const features: string[] = [];
  for (const word of reading.words.slice(0, 120)) {
    const marked = `^${word}$`;
    for (let size = 3; size <= 5; size++) {
      for (let start = 0; start + size <= marked.length; start++) features.push(marked.slice(start, start + size));
    }
    if (marked.length < 6) features.push(marked);
  }
  return features;
}

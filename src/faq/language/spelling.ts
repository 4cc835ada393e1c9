// Spelling tolerance: an unknown word becomes the nearest word of the vocabulary, when one is near enough.
import { editDistance } from '../../base/edit-distance.ts';

export type Speller = {
  knows(word: string): boolean;
  /** The nearest known word, or undefined. Ties go to the word that comes first in the vocabulary. */
  correct(word: string): string | undefined;
};

/** `vocabulary`: lower-case words, the most common first. */
export function createSpeller(vocabulary: readonly string[]): Speller {
  const known = new Set(vocabulary);
  const byStart = groupByStart(vocabulary);
  const remembered = new Map<string, string | undefined>();
  function correct(word: string): string | undefined {
    if (word.length < 4 || word.length > 20 || !/^[a-z]+$/u.test(word)) return undefined;
    if (remembered.has(word)) return remembered.get(word);
    const found = nearest(word, byStart);
    if (remembered.size >= 5_000) remembered.clear();
    remembered.set(word, found);
    return found;
  }
  return { knows: (word) => known.has(word), correct };
}

// Typing errors seldom hit the first letter, and a swap of the first two keeps both of them.
function groupByStart(vocabulary: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const word of vocabulary) {
    if (word.length < 4) continue;
    for (const letter of new Set([word[0] ?? '', word[1] ?? ''])) {
      const group = groups.get(letter);
      if (group === undefined) groups.set(letter, [word]);
      else group.push(word);
    }
  }
  return groups;
}

function nearest(word: string, byStart: ReadonlyMap<string, readonly string[]>): string | undefined {
  const limit = word.length >= 8 ? 2 : 1;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of byStart.get(word[0] ?? '') ?? []) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word, candidate, bestDistance - 1);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

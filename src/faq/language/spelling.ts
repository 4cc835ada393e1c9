// Spelling tolerance: an unknown word becomes the nearest word of the vocabulary, when one is near enough.

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

/** Edits (insert, delete, replace, swap of neighbours) from `a` to `b`; anything above `limit` is reported as `limit + 1`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let smallest = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}

// How far apart two words are in typing mistakes, and the known words closest to a mistyped one.

/** Longest word that is compared; the rest of a longer one cannot make it a better guess. */
const MAX_TYPED = 60;

/**
 * Insertions, deletions, replacements and swaps of neighbours from `a` to `b`, each counting one (optimal string
 * alignment); Infinity when there are more than `atMost`, which is found out early.
 */
export function editDistance(a: string, b: string, atMost = Infinity): number {
  if (Math.abs(a.length - b.length) > atMost) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = nextRow(a, b, row, last, beforeLast);
    if (Math.min(...current) > atMost) return Infinity;
    beforeLast = last;
    last = current;
  }
  const distance = last[b.length] ?? 0;
  return distance > atMost ? Infinity : distance;
}

/** Distances from the first `row` letters of `a` to each beginning of `b`. */
function nextRow(a: string, b: string, row: number, last: readonly number[], beforeLast: readonly number[]): number[] {
  const current = [row];
  for (let column = 1; column <= b.length; column++) {
    const replaced = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
    const cost = Math.min(replaced, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
    const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    current.push(swapped ? Math.min(cost, (beforeLast[column - 2] ?? 0) + 1) : cost);
  }
  return current;
}

/** Up to `limit` words within a third of their length in mistakes (at least one), closest first. */
export function nearest(word: string, known: readonly string[], limit: number): string[] {
  const typed = word.toLowerCase().slice(0, MAX_TYPED);
  return known
    .map((candidate) => ({ candidate, distance: distanceTo(typed, candidate) }))
    .filter(({ distance }) => distance < Infinity)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

function distanceTo(typed: string, candidate: string): number {
  return editDistance(typed, candidate.toLowerCase(), Math.max(1, Math.floor(candidate.length / 3)));
}

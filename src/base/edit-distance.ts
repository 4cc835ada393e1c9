// How far apart two words are in typing mistakes, and the known words closest to a mistyped one.

/** Longest word that is compared; the rest of a longer one cannot make it a better guess. */
const MAX_TYPED = 60;

/**
 * Insertions, deletions, replacements and swaps of neighbours from `a` to `b`, each counting one (optimal string
 * alignment); Infinity when there are more than `atMost`, which is found out early.
 */
export function editDistance(a: string, b: string, atMost = Infinity): number {
  const [height, width] = [a.length, b.length];
  if (Math.abs(height - width) > atMost) return Infinity;
  let [beforeLast, last, current] = rowsOf(width + 1);
  for (let column = 0; column <= width; column++) last[column] = column;
  for (let row = 1; row <= height; row++) {
    current[0] = row;
    let smallest = row;
    for (let column = 1; column <= width; column++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let cost = Math.min(at(last, column - 1) + (same ? 0 : 1), at(last, column) + 1, at(current, column - 1) + 1);
      if (!same && row > 1 && column > 1 && swapped(a, row, b, column))
        cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current[column] = cost;
      if (cost < smallest) smallest = cost;
    }
    if (smallest > atMost) return Infinity;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  const distance = at(last, width);
  return distance > atMost ? Infinity : distance;
}

function swapped(a: string, row: number, b: string, column: number): boolean {
  return a.charCodeAt(row - 1) === b.charCodeAt(column - 2) && a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
}

type Rows = [Uint16Array, Uint16Array, Uint16Array];
let scratch: Rows = [new Uint16Array(64), new Uint16Array(64), new Uint16Array(64)];

/** Three rows of the table, used again and again: thousands of words are compared for one mistyped name. */
function rowsOf(length: number): Rows {
  if (scratch[0].length < length) scratch = [new Uint16Array(length), new Uint16Array(length), new Uint16Array(length)];
  return scratch;
}

function at(row: Uint16Array, column: number): number {
  return row[column] ?? Infinity;
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

// How far apart two names are: against the textbook's slow way, and the quick look at the letters that saves most comparisons.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from '../../../src/base/edit-distance.ts';
import { lettersAllow, letterMask } from '../../../src/content/coin-search/coin-names.ts';

/** The definition of the optimal string alignment distance, word for word. */
function slowDistance(word: string, other: string): number {
  const table = new Map<string, number>();
  const of = (row: number, column: number): number => {
    if (row === 0 || column === 0) return row + column;
    const key = `${row} ${column}`;
    const known = table.get(key);
    if (known !== undefined) return known;
    const changed = word[row - 1] === other[column - 1] ? 0 : 1;
    const ways = [of(row - 1, column) + 1, of(row, column - 1) + 1, of(row - 1, column - 1) + changed];
    const swapped = row > 1 && column > 1 && word[row - 1] === other[column - 2] && word[row - 2] === other[column - 1];
    const best = Math.min(...ways, ...(swapped ? [of(row - 2, column - 2) + 1] : []));
    table.set(key, best);
    return best;
  };
  return of(word.length, other.length);
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'é', 'ж'), maxLength: 9 });

it('the distance is that of the definition, up to the limit, and infinite beyond', () => {
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 4 }), (one, other, limit) => {
      const distance = slowDistance(one, other);
      expect(editDistance(one, other, limit)).toBe(distance <= limit ? distance : Infinity);
    }),
    { numRuns: 3000 },
  );
});

it('words longer than any before are compared, too', () => {
  const long = 'abc'.repeat(100);
  expect(editDistance(long, `${long.slice(0, 150)}x${long.slice(150)}`, 2)).toBe(1);
  expect(editDistance(long, long, 0)).toBe(0);
});

it('the letters never speak against a word that is near enough, and do against most others', () => {
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (one, other, limit) => {
      const near = slowDistance(one, other) <= limit;
      expect(near && !lettersAllow(letterMask(one), letterMask(other), limit)).toBe(false);
    }),
    { numRuns: 3000 },
  );
  expect(lettersAllow(letterMask('bitcoin'), letterMask('monero'), 2)).toBe(false);
});

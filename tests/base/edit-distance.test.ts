// Distances between words, and the nearest known word to a mistyped one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/base/edit-distance.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });

describe('edit distance', () => {
  it.each([
    ['halving', 'halving', 0],
    ['halving', 'halvign', 1],
    ['pirce', 'price', 1],
    ['walet', 'wallet', 1],
    ['wallets', 'wallet', 1],
    ['validater', 'validator', 1],
    ['ca', 'abc', 3], // no letter is touched twice (optimal string alignment)
    ['', 'tao', 3],
  ])('%s → %s is %s', (a, b, wanted) => expect(editDistance(a, b)).toBe(wanted));

  it('is symmetrical, and zero only for equal words', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });

  it('with a bound is the same or Infinity', () => {
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, atMost) => {
        const distance = editDistance(a, b);
        expect(editDistance(a, b, atMost)).toBe(distance <= atMost ? distance : Infinity);
      }),
    );
  });
});

describe('nearest', () => {
  const known = ['price', 'chart', 'compare', 'convert', 'coin'];

  it('forgives one mistake in three letters, whatever the capitals, closest first', () => {
    expect(nearest('Pirce', known, 3)).toEqual(['price']);
    expect(nearest('convret', known, 3)).toEqual(['convert']);
    expect(nearest('coim', ['coins', 'coin'], 2)).toEqual(['coin']);
    expect(nearest('compere', ['compete', 'compare', 'compered'], 2)).toEqual(['compete', 'compare']);
  });

  it('finds nothing far away, and bears endless text', () => {
    expect(nearest('weather', known, 3)).toEqual([]);
    expect(nearest('price'.repeat(10_000), known, 3)).toEqual([]);
  });
});

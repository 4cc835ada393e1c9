// Numbers as people of five locales write them, and what is no number.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmount, spelledOut, wordAmount } from '../../../src/app/reader/numbers.ts';

describe("numbers in the reader's locale", () => {
  it.each([
    ['de', '1.500', 1500, true],
    ['de', '1,500', 1.5, true],
    ['de', '1.500,50', 1500.5, false],
    ['de', '2,5', 2.5, false],
    ['de', '0.125', 0.125, false],
    ['en', '1,500', 1500, true],
    ['en', '1.500', 1.5, true],
    ['en', '1,500.50', 1500.5, false],
    ['fr', '1 500,5', 1500.5, false],
    ['fr', '1 500', 1500, false],
    ['de-CH', "1'500.50", 1500.5, false],
    ['de-CH', '1’500', 1500, false],
    ['en-IN', '1,00,000', 100_000, false],
    ['en-IN', '2 lakh', 200_000, false],
    ['en-IN', '1.5 crore', 15_000_000, false],
    ['en', '1k', 1000, false],
    ['en', '2mio', 2_000_000, false],
    ['en', '400k', 400_000, false],
    ['en', '2bn', 2e9, false],
    ['en', '1_000', 1000, false],
    ['en', '１２３', 123, false],
    ['en', '𝟏𝟎', 10, false],
    ['en', '𝟙𝟘', 10, false],
    ['en', '𝟣𝟢𝟧', 105, false],
    ['en', '𝟭𝟮', 12, false],
    ['en', '𝟶.𝟻', 0.5, false],
    ['en', '٣٠', 30, false],
    ['en', '1/2', 0.5, false],
    ['en', '1e-6', 1e-6, false],
    ['en', '.5', 0.5, false],
    ['en', '1.000.000', 1_000_000, false],
  ] as const)('%s: %s → %d', (locale, text, value, doubtful) => {
    expect(readAmount(text, locale)).toEqual({ value, unit: null, doubtful });
  });

  it.each([
    ['$400', '$', 400],
    ['100$', '$', 100],
    ['€50', '€', 50],
    ['10usd', 'usd', 10],
    ['0.1btc', 'btc', 0.1],
    ['400k$', '$', 400_000],
    ['1/2 btc', 'btc', 0.5],
    ['τ5', 'τ', 5],
  ] as const)('%s has the unit %s', (text, unit, value) => {
    expect(readAmount(text)).toMatchObject({ unit, value });
  });

  it.each(['NaN', 'Infinity', '1e309', '0x10', '', '1,00,0', '1.2.3', '--1', '5%%', '$5€', '1/0', 'abc'])(
    '%j is no number',
    (text) => {
      expect(readAmount(text)).toBeNull();
    },
  );

  it('reads back what it writes, in every locale', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e9, noNaN: true }),
        fc.constantFrom('en', 'de', 'fr', 'de-CH', 'en-IN'),
        (number, locale) => {
          const value = Math.round(number * 100) / 100;
          const written = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
            value,
          );
          expect(readAmount(written, locale)?.value).toBeCloseTo(value, 6);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});

it.each([
  ['five', 5, 1],
  ['half a', 0.5, 2],
  ['a hundred', 100, 2],
  ['two million', 2_000_000, 2],
  ['half a million', 500_000, 3],
  ['two and a half', 2.5, 4],
  ['two and a half million', 2_500_000, 5],
  ['twenty five', 25, 2],
  ['three hundred fifty', 350, 3],
  ['half a dozen', 6, 3],
  ['drei', 3, 1],
  ['deux', 2, 1],
] as const)('"%s tao" begins with %d', (words, value, length) => {
  expect(wordAmount([...words.split(' '), 'tao'])).toEqual({ value, length });
});

it.each(['a tao', 'two three tao', 'mil reais', 'tao five', 'constructor tao', 'm usd', ''])(
  '"%s" begins with no number',
  (words) => {
    expect(wordAmount(words.split(' '))).toBeNull();
  },
);

it.each([
  ['en', 1500, '1500'],
  ['de', 1500, '1500'],
  ['en', 1.5, '1.5'],
  ['de', 1.5, '1,5'],
  ['en', 12.345, '12.3450'],
  ['de', 12.345, '12,3450'],
] as const)('%s: %d is spelled %s, which nobody can read otherwise', (locale, value, text) => {
  expect(spelledOut(value, locale)).toBe(text);
});

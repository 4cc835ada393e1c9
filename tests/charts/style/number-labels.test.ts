// Numbers and dates in pictures: letters that the font has, zeros that can be counted, and one number of decimals for what belongs together.
import { describe, expect, it } from 'vitest';
import { cardDecimals, createFigures } from '../../../src/charts/style/number-labels.ts';

const english = createFigures('en', 'usd');
const AT = Date.UTC(2026, 10, 22, 9, 5);

describe('a price', () => {
  it.each([
    [250.28, 2, '$250.28'],
    [250.28, 0, '$250'],
    [0.00001088, 2, '$0.0₄1088'],
    [0.0001088, 2, '$0.0001088'],
    [0.0000000000000001088, 2, '$0.0₁₅1088'],
    [0, 2, '$0.00'],
  ])('%d with %d decimals', (value, decimals, text) => {
    expect(english.price(value, decimals)).toBe(text);
  });

  it('loses its code, but not its sign, where the pair is named already', () => {
    expect(createFigures('en', 'btc').bare(0.003251, 6)).toBe('0.003251');
    expect(english.bare(250.28, 2)).toBe('$250.28');
  });

  it('in a sign that the font lacks has the code of its currency instead', () => {
    expect(createFigures('en', 'bdt').price(30_512.5, 2)).toBe('BDT 30,512.50');
  });

  it('moves by a sum with its sign, and by nothing without one', () => {
    expect([8.7, -8.7, 0.001].map((value) => english.signedMoney(value, 2))).toEqual(['+$8.70', '−$8.70', '$0.00']);
  });
});

it('high, low and price share their decimals: more of them the closer they lie', () => {
  expect(cardDecimals(250.28, 241.48, 251.06, 'usd')).toBe(2);
  expect(cardDecimals(1.0001, 0.9999, 1.0003, 'usd')).toBe(5);
  expect(cardDecimals(1, 1, 1, 'usd')).toBe(2);
  expect(cardDecimals(0.00001088, 0.00001, 0.000011, 'usd')).toBe(8);
  expect(cardDecimals(37_042, 36_900, 37_100, 'jpy')).toBe(0);
});

describe('on an axis', () => {
  it.each([
    [1_500, 500, '$1.5K'],
    [1_500_000, 500_000, '$1.5M'],
    [2_000_000_000, 500_000_000, '$2.0B'],
    [0, 500, '$0'],
    [950, 50, '$950'],
  ])('%d in steps of %d', (value, step, text) => {
    expect(english.bareCompact(value, step)).toBe(text);
  });

  it('percentages have their sign, and are short when they are absurd', () => {
    expect([english.axisPercent(-5, 0), english.axisPercent(12.5, 1)]).toEqual(['−5%', '+12.5%']);
    expect(english.axisPercent(250_000, 0)).toBe('+250K%');
  });
});

describe('a change', () => {
  it.each([
    [3.6, '+3.60%', '3.60%'],
    [-0.5, '−0.50%', '0.50%'],
    [1_234_567, '+1.235M%', '1.235M%'],
    [-2e15, '−>999T%', '>999T%'],
  ])('%d', (value, signed, size) => {
    expect([english.percent(value), english.size(value)]).toEqual([signed, size]);
  });

  it('has the direction of its number', () => {
    expect([3, -3, 0].map((value) => english.direction(value))).toEqual(['up', 'down', 'flat']);
  });
});

describe('in another language', () => {
  it.each([
    ['de', 'So., 22. Nov. 2026'],
    ['fr', 'dim. 22 nov. 2026'],
    ['en', 'Sun, 22 Nov 2026'],
  ])('%s', (locale, text) => {
    expect(createFigures(locale, 'eur').longDate(AT)).toBe(text);
  });

  it.each(['hi', 'ar', 'ja', 'th', 'not-a-language'])(
    '%s has letters that the font lacks: English rather than boxes',
    (locale) => {
      const figures = createFigures(locale, 'usd');
      expect(figures.weekday(AT)).toBe('Sun');
      expect(figures.month(AT)).toBe('Nov 2026');
      expect(figures.shortNumber(11_218_142)).toMatch(/^[\d.,]+M$/);
    },
  );
});

it('ticks say what changes from one to the next', () => {
  const tick = (form: 'clock' | 'weekday' | 'day' | 'month' | 'year') => english.tick({ at: AT, form, strong: false });
  expect([tick('clock'), tick('weekday'), tick('day'), tick('month'), tick('year')]).toEqual([
    '09:05',
    'Sun 22',
    '22 Nov',
    'Nov',
    '2026',
  ]);
  expect(english.moment(AT)).toBe('22 Nov, 09:05');
});

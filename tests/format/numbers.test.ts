// Numbers as people read them, in any locale and currency.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  amount,
  change,
  compactMoney,
  compactNumber,
  money,
  moneyRange,
  percent,
  share,
} from '../../src/format/numbers.ts';

describe('money', () => {
  it.each([
    [250.28, 'usd', 'en', '$250.28'],
    [0.00001234, 'usd', 'en', '$0.00001234'],
    [0.0321, 'usd', 'en', '$0.0321'],
    [120_000, 'usd', 'en', '$120,000'],
    [250.28, 'eur', 'de', '250,28 €'],
    [0.003251, 'btc', 'en', '0.003251 BTC'],
    [1234.5, 'jpy', 'en', '¥1,235'],
    [37_042.4, 'jpy', 'ja', '￥37,042'],
    [345_678.9, 'krw', 'en', '₩345,679'],
    [231_456.7, 'clp', 'es', '231.457 CLP'],
    [4_012_345.6, 'idr', 'en', 'Rp 4,012,346'],
    [1.62, 'jpy', 'en', '¥1.62'], // a price below a hundred units would lose its digits
    [0, 'jpy', 'en', '¥0'],
    [25_028, 'sats', 'en', '25,028 SATS'],
    [-3, 'usd', 'en', '−$3.00'],
  ])('%s %s in %s', (value, currency, locale, text) => {
    expect(money(value, currency, locale).replaceAll('\u00a0', ' ')).toBe(text);
  });

  it.each([
    [0.9996, 1.0004, 'usd', '$0.9996 – $1.0004'],
    [1.0001, 1.0004, 'usd', '$1.0001 – $1.0004'],
    [241.48, 251.06, 'usd', '$241.48 – $251.06'],
    [1, 1, 'usd', '$1.00 – $1.00'],
    [36_900.2, 37_042.4, 'jpy', '¥36,900 – ¥37,042'],
    [149.21, 149.34, 'jpy', '¥149.2 – ¥149.3'],
    [99_000.5, 101_000, 'usd', '$99,001 – $101,000'],
    [0.00001231, 0.00001234, 'usd', '$0.00001231 – $0.00001234'],
  ])('from %s to %s in %s', (low, high, currency, text) => {
    expect(moneyRange(low, high, currency, 'en')).toBe(text);
  });

  it('is short for large sums', () => {
    expect(compactMoney(2_840_120_259, 'usd', 'en')).toBe('$2.84B');
    expect(compactMoney(168_200_000, 'usd', 'en')).toBe('$168M');
  });

  it('prints something sensible for every size, currency and even a broken locale', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-12, max: 1e18, noNaN: true }),
        fc.constantFrom('usd', 'eur', 'btc', 'sats', 'bits', 'xau', 'link', 'vef'),
        fc.constantFrom('en', 'de', 'ar', 'hi', 'xx-INVALID', '!!'),
        (value, currency, locale) => {
          const text = money(value, currency, locale);
          expect(text).not.toMatch(/NaN|Infinity|undefined/);
          expect(text).toMatch(/\p{N}/u);
          if (locale === 'en') expect(text).toMatch(/[1-9]/);
        },
      ),
      { seed: 11 },
    );
  });
});

it('signs and arrows carry the direction, not colour', () => {
  expect(change(3.63, 'en')).toEqual({ direction: 'up', text: '▲ +3.63%' });
  expect(change(-0.5, 'en')).toEqual({ direction: 'down', text: '▼ −0.50%' });
  expect(change(0.001, 'en')).toEqual({ direction: 'flat', text: '0.00%' });
  expect(percent(12_345, 'en')).toBe('+12,345%');
});

it.each([
  [23.4, 'en', 1, '23.4%'],
  [0, 'en', undefined, '0.00%'],
  [-3.5, 'en', 1, '−3.5%'],
  [1234, 'en', undefined, '1,234%'],
  [94.8, 'de', 1, '94,8 %'],
])('a share of a whole carries no plus: %s in %s', (value, locale, decimals, text) => {
  expect(share(value, locale, decimals).replaceAll('\u00a0', ' ')).toBe(text);
  expect(percent(Math.abs(value), 'en')).toBe(`${value === 0 ? '' : '+'}${share(Math.abs(value), 'en')}`);
});

it('amounts and counts', () => {
  expect(amount(1_234_567.891, 'en')).toBe('1,234,567.89');
  expect(amount(-0.5, 'en', 1)).toBe('−0.5');
  expect(compactNumber(11_218_142, 'en')).toBe('11.22M');
});

it('a sign that several currencies share is told apart', () => {
  expect(money(347.89, 'cad', 'en')).toBe('CA$347.89');
  expect(money(347.89, 'usd', 'en')).toBe('$347.89');
  expect(money(347.89, 'usd', 'en-CA')).toBe('US$347.89');
  expect(money(1.5, 'cny', 'en')).toBe('CN¥1.50');
  expect(money(250.28, 'try', 'en')).toBe('₺250.28');
  expect(compactMoney(2.84e9, 'aud', 'en')).toBe('A$2.84B');
});

it('five hundred forms are kept, the ones last used: made-up locales cost no memory', () => {
  const made = vi.spyOn(Intl, 'NumberFormat');
  const formsMadeBy = (...locales: string[]): number => {
    made.mockClear();
    for (const locale of locales) amount(1, locale);
    return made.mock.calls.length;
  };
  const madeUp = Array.from({ length: 600 }, (_, at) => `en-x-a${at}`);
  expect(formsMadeBy('en-x-mine', ...madeUp)).toBe(601);
  expect(formsMadeBy(...madeUp.slice(100))).toBe(0);
  expect(formsMadeBy('en-x-mine')).toBe(1);
  made.mockRestore();
});

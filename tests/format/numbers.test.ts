// Numbers as people read them, in any locale and currency, and ages that never flatter.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { age, change, compactMoney, freshness, money, percent } from '../../src/format/numbers.ts';

describe('money', () => {
  it.each([
    [250.28, 'usd', 'en', '$250.28'],
    [0.00001234, 'usd', 'en', '$0.00001234'],
    [0.0321, 'usd', 'en', '$0.0321'],
    [120_000, 'usd', 'en', '$120,000'],
    [250.28, 'eur', 'de', '250,28 €'],
    [0.003251, 'btc', 'en', '0.003251 BTC'],
    [1234.5, 'jpy', 'en', '¥1,234.50'],
    [25_028, 'sats', 'en', '25,028.00 SATS'],
    [-3, 'usd', 'en', '−$3.00'],
  ])('%s %s in %s', (value, currency, locale, text) => {
    expect(money(value, currency, locale).replaceAll('\u00a0', ' ')).toBe(text);
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

describe('age', () => {
  const UNITS: Record<string, number> = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

  it('never makes a number look younger than it is, and is not far off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * 86_400_000 }), (ms) => {
        const [, count = '', unit = ''] = /^(\d+) (s|min|h|d) ago$/.exec(age(ms)) ?? [];
        const said = Number(count) * (UNITS[unit] ?? NaN);
        expect(said).toBeGreaterThanOrEqual(ms);
        expect(said - ms).toBeLessThanOrEqual(UNITS[unit] ?? 0);
      }),
      { seed: 13 },
    );
  });

  it('changes its mark at 90 s, 15 min and 24 h', () => {
    expect([90_000, 90_001, 899_999, 900_000, 86_400_000, 86_400_001].map(freshness)).toEqual([
      'live',
      'recent',
      'recent',
      'delayed',
      'delayed',
      'old',
    ]);
  });
});

// The canvas for phones: letters of at least 11 px at 277 px width, nothing outside, nothing touching, whatever the data.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompareSpec, type PriceSpec } from '../../src/charts/spec.ts';
import { problems, texts } from './look.ts';
import { AT, compare, compareFive, CURRENCIES, price, walk } from './samples.ts';
import { DAY, HOUR } from '../../src/base/clock.ts';

const phone: PriceSpec = { ...price, canvas: 'phone' };
const phoneCompare: CompareSpec = { ...compare, canvas: 'phone' };

describe('price', () => {
  it('says the window, its change, the highest and lowest price and at least three days; the message says the rest', () => {
    const seen = texts({ ...phone, change: -3.7 });
    expect(seen.slice(0, 2)).toEqual(['7 days', '3.70%']);
    expect(seen.filter((text) => text.startsWith('$'))).toHaveLength(2);
    const days = seen.filter((text) => /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/.test(text));
    expect(days.length).toBeGreaterThanOrEqual(3);
    expect(seen).not.toContain('Bittensor');
  });

  it('marks late data, states no change beyond a day, and says so when there is none', () => {
    expect(texts({ ...phone, now: AT + 45 * 60_000 })).toContain('45 min old');
    const old = texts({ ...phone, now: AT + 3 * DAY, change: 5 });
    expect(old).toContain('3 d old');
    expect(old.some((text) => text.includes('%'))).toBe(false);
    expect(texts({ ...phone, points: [] })).toContain('No data for this range');
    expect(texts({ ...phone, range: '30d' })[0]).toMatch(/^Since 15 Nov/);
    expect(texts({ ...phone, points: [[AT, 5]] })).toContain('One price only');
  });

  it.each([
    ['24h', walk(6, 289, 400, 300_000)],
    ['30d', walk(7, 721, 400)],
    ['90d', walk(8, 2161, 400)],
    ['1y', walk(9, 366, 400, DAY, AT, 0.09)],
  ] as const)('names evenly spaced moments over %s', (range, points) => {
    const seen = texts({ ...phone, range, points });
    expect(seen.filter((text) => !/[$%]/.test(text)).length).toBeGreaterThanOrEqual(4); // the window and three moments
  });

  it('is sound for flat, stable and jumping series, every currency and many languages', () => {
    const scaled = (factor: number): PriceSpec['points'] =>
      phone.points.map(([at, value]) => [at, (value ?? 0) * factor]);
    for (const value of [1e-9, 1.088e-5, 0.0123, 1, 999.99, 121_904, 1e9])
      expect(problems({ ...phone, points: scaled(value / 398.4) })).toEqual([]);
    for (const [index, currency] of CURRENCIES.entries())
      expect(problems({ ...phone, currency, points: scaled([3e-8, 0.01, 2, 31_000][index % 4] ?? 1) })).toEqual([]);
    for (const locale of ['de', 'fr', 'ru', 'ar', 'ja', 'hi', 'xx-nonsense'])
      for (const range of ['24h', '7d', '1y'] as const) expect(problems({ ...phone, locale, range })).toEqual([]);
    expect(problems({ ...phone, points: phone.points.map(([at]) => [at, 5]) })).toEqual([]);
    expect(problems({ ...phone, points: phone.points.map(([at], i) => [at, i === 80 ? 1e9 : 1e-9]) })).toEqual([]);
  });

  it('never leaves the picture, whatever the numbers', () => {
    const value = fc.oneof(fc.double(), fc.constant(null), fc.double({ min: 1e-9, max: 1e9, noNaN: true }));
    const at = fc.oneof(fc.double(), fc.integer({ min: AT - 400 * DAY, max: AT }));
    const points = fc.array(fc.tuple(at, value), { maxLength: 40 });
    fc.assert(
      fc.property(
        points,
        fc.constantFrom(...CURRENCIES),
        fc.constantFrom('24h', '7d', '1y'),
        (series, currency, range) => {
          expect(problems({ ...phone, points: series, currency, range })).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('comparison', () => {
  it('names the lines at their ends, the window above, and no legend: the message is one', () => {
    const seen = texts(phoneCompare);
    expect(seen[0]).toBe('30 days, % change');
    for (const ticker of ['TAO', 'RENDER', 'FET']) expect(seen.filter((text) => text === ticker)).toHaveLength(1);
    expect(seen.some((text) => text.startsWith('$'))).toBe(false);
  });

  it('is sound with five coins, long tickers, late data, tiny and huge moves', () => {
    const long = phoneCompare.coins.map((coin) => ({ ...coin, symbol: 'ABCDEFGHIJKLMN' }));
    const still = phoneCompare.coins.map((coin) => ({ ...coin, points: walk(3, 200, 5, HOUR, AT, 1e-6) }));
    const wild = phoneCompare.coins.map((coin) => ({ ...coin, points: walk(4, 300, 5, HOUR, AT, 0.8) }));
    for (const coins of [compareFive.coins, long, still, wild])
      for (const now of [AT, AT + 2 * HOUR]) expect(problems({ ...phoneCompare, coins, now })).toEqual([]);
    expect(texts({ ...phoneCompare, coins: phoneCompare.coins.map((coin) => ({ ...coin, points: [] })) })).toContain(
      'No data for this range',
    );
  });
});

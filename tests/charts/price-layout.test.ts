// The price chart as a person would see it: every label inside the picture and apart from the others, whatever the data, currency and language.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartSvg } from '../../src/charts/pictures/draw.ts';
import type { PriceSpec } from '../../src/charts/spec.ts';
import { problems, texts } from './look.ts';
import { AT, compare, CURRENCIES, digest, price, walk } from './samples.ts';
import { DAY, HOUR } from '../../src/base/clock.ts';

const scaled = (factor: number): PriceSpec['points'] =>
  price.points.map(([at, value]) => [at, ((value ?? 0) / 398.4) * factor]);

describe('price chart', () => {
  it('says price, change, high, low, moment and source', () => {
    const seen = texts({ ...price, points: [...walk(40, 168, 398.4, HOUR, AT - HOUR), [AT, 412.87]] });
    expect(seen).toEqual(
      expect.arrayContaining(['Bittensor', 'TAO/USD', 'Past 7 days', '$412.87', '3.63%', '+$14.47 in 7 days']),
    );
    expect(seen).toEqual(expect.arrayContaining(['Price data by CoinGecko', 'As of 22 Nov 2026, 10:00 UTC']));
    expect(seen.filter((text) => /^(High|Low) \$\d+\.\d\d$/.test(text))).toHaveLength(2);
    expect(seen.filter((text) => /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+$/.test(text)).length).toBeGreaterThanOrEqual(6);
  });

  it('says the change that the card says when it is told, and the amount that belongs to it', () => {
    const points: PriceSpec['points'] = [...walk(40, 168, 398.4, HOUR, AT - HOUR), [AT, 412.87]];
    expect(texts({ ...price, points, change: 25 })).toEqual(
      expect.arrayContaining(['$412.87', '25.00%', '+$82.57 in 7 days']),
    );
  });

  it('says no amount for a fall by all of it: what it was before cannot be told', () => {
    const seen = texts({ ...price, change: -100 });
    expect(seen).toContain('100.00%');
    expect(seen.filter((text) => /∞|NaN/.test(text))).toEqual([]);
  });

  it('marks late data and states no change beyond a day', () => {
    expect(texts({ ...price, now: AT + 45 * 60_000 })).toContain('45 min old');
    const old = texts({ ...price, now: AT + 3 * DAY });
    expect(old).toContain('3 d old');
    expect(old.some((text) => text.includes('%') || /^[+−]/.test(text))).toBe(false);
  });

  it('says so when there is no data, one price, or less than the range', () => {
    expect(texts({ ...price, points: [] })).toContain('No data for this range');
    expect(
      texts({
        ...price,
        points: [
          [AT, Number.NaN],
          [AT, -1],
          [AT, 0],
          [AT, null],
          [Number.NaN, 5],
        ],
      }),
    ).toContain('No data for this range');
    const one = texts({ ...price, points: [[AT, 412.87]] });
    expect(one).toContain('One price only');
    expect(one.some((text) => text.includes('%'))).toBe(false);
    expect(texts({ ...price, range: '30d' })).toContain('Since 15 Nov, 10:00');
  });

  it('draws flat, stable, jumping, gapped, unsorted and enormous series', () => {
    expect(texts({ ...price, points: price.points.map(([at]) => [at, 5]) })).toContain('0.00%');
    expect(problems({ ...price, points: price.points.map(([at], index) => [at, 1 + (index % 3) * 0.0001]) })).toEqual(
      [],
    );
    expect(problems({ ...price, points: price.points.map(([at], index) => [at, index === 80 ? 1e9 : 1e-9]) })).toEqual(
      [],
    );
    const gapped = price.points.filter((_, index) => index < 40 || index > 90);
    expect(chartSvg({ ...price, points: gapped })).toContain('stroke-dasharray="5 8"');
    expect(chartSvg({ ...price, points: price.points.toReversed() })).toBe(chartSvg(price));
    expect(problems({ ...price, range: '1y', points: walk(5, 1_000_000, 398.4, 31_000, AT, 0.002) })).toEqual([]);
  });

  it.each([1e-9, 3.3e-7, 1.088e-5, 0.0123, 0.4567, 1, 12.3, 999.99, 99_999, 121_904, 1e6, 1e9])(
    'is sound at a price of %d',
    (value) => {
      for (const currency of ['usd', 'eur', 'btc', 'idr'])
        expect(problems({ ...price, currency, points: scaled(value) })).toEqual([]);
    },
  );

  it('writes tiny prices with counted zeros and quote coins once', () => {
    expect(texts({ ...price, points: scaled(1.088e-5) }).join(' ')).toMatch(/\$0\.0₄1\d{3} /);
    const inBitcoin = texts({ ...price, currency: 'btc', points: scaled(0.00345) });
    expect(inBitcoin.filter((text) => text.includes('BTC')).length).toBeLessThanOrEqual(3);
  });

  it('holds for every currency that CoinGecko lists', () => {
    for (const [index, currency] of CURRENCIES.entries()) {
      const amount = [0.000012, 3.2, 812, 12_345_678][index % 4] ?? 1;
      expect(problems({ ...price, currency, points: scaled(amount) })).toEqual([]);
      expect(
        problems({
          ...digest,
          currency,
          price: amount,
          high24h: amount * 1.1,
          low24h: amount * 0.9,
          marketCap: amount * 1e10,
        }),
      ).toEqual([]);
    }
  });

  it.each([
    'de',
    'fr',
    'pl',
    'ru',
    'el',
    'tr',
    'pt-BR',
    'ja',
    'zh',
    'ko',
    'ar',
    'he',
    'hi',
    'th',
    'fa',
    'xx-nonsense',
    '',
  ])('holds in the language %s', (locale) => {
    for (const currency of ['usd', 'bdt', 'jpy', 'sats']) expect(problems({ ...price, locale, currency })).toEqual([]);
    expect(problems({ ...digest, locale })).toEqual([]);
    expect(problems({ ...compare, locale })).toEqual([]);
  });

  it.each([
    ['24h', walk(6, 289, 400, 300_000)],
    ['30d', walk(7, 721, 400)],
    ['90d', walk(8, 2161, 400)],
    ['1y', walk(9, 366, 400, DAY, AT, 0.09)],
    // The days when European and American clocks change: labels are UTC, so nothing may move or double.
    ['24h', walk(10, 289, 400, 300_000, Date.UTC(2026, 9, 25, 11))],
    ['24h', walk(11, 289, 400, 300_000, Date.UTC(2026, 2, 29, 11))],
    ['7d', walk(12, 169, 400, HOUR, Date.UTC(2026, 10, 2, 3))],
  ] as const)('draws %s', (range, points) => {
    const at = points.at(-1)?.[0] ?? AT;
    const seen = texts({ ...price, range, points, at, now: at });
    const axis = seen
      .slice(0, -1)
      .filter((text) => /^(\d\d:\d\d|\d+ [A-Z][a-z]+|[A-Z][a-z]{2,3}( \d+)?|20\d\d)$/.test(text));
    expect(axis.length).toBeGreaterThanOrEqual(5);
    expect(new Set(axis).size).toBe(axis.length);
  });

  it('takes names that cannot be drawn and names without end', () => {
    expect(texts({ ...price, name: '比特现金', symbol: 'BCH' })).toContain('BCH');
    expect(texts({ ...price, name: '🚀🚀', symbol: '🚀' })).toContain('Coin');
    expect(texts({ ...price, name: 'A'.repeat(300), symbol: 'B'.repeat(80) }).join(' ')).toContain('…');
    expect(chartSvg({ ...price, name: '<script>"&\u202E</script>' })).not.toContain('script');
  });

  it('never throws and never leaves the picture, whatever the numbers', () => {
    const value = fc.oneof(fc.double(), fc.constant(null), fc.double({ min: 1e-9, max: 1e9, noNaN: true }));
    const points = fc.array(fc.tuple(fc.oneof(fc.double(), fc.integer({ min: AT - DAY, max: AT })), value), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        points,
        fc.constantFrom(...CURRENCIES),
        fc.constantFrom('24h', '7d', '1y'),
        (series, currency, range) => {
          expect(problems({ ...price, points: series, currency, range })).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

// Digest and comparison as a person would see them: every label inside the picture and apart from the others.
import { describe, expect, it } from 'vitest';
import { chartSvg } from '../../src/charts/pictures/draw.ts';
import { problems, texts } from './look.ts';
import { AT, compare, compareFive, digest, price, walk } from './samples.ts';
import { DAY, HOUR } from '../../src/base/clock.ts';

describe('digest', () => {
  it('shows market figures and progress over one denominator', () => {
    const seen = texts(digest);
    expect(seen).toEqual(
      expect.arrayContaining(['Daily digest', 'Sun, 22 Nov 2026', '$412.87', '2.41%', '24h', '7 days', '+3.63%']),
    );
    expect(seen).toEqual(
      expect.arrayContaining(['$4.84B', 'Rank #34', '3.5% of market cap', '$399.12', '$417.95', '23.4%']),
    );
    expect(seen).toEqual(expect.arrayContaining(['1.23M of 5.25M TAO issued this era', 'Est. Nov 2029 – Jan 2030']));
  });

  it('names what is unknown, is shorter without progress, and takes a supply instead of a halving', () => {
    const { progress: _, ...rest } = digest;
    const empty = {
      ...rest,
      marketCap: null,
      volume24h: null,
      high24h: null,
      low24h: null,
      rank: null,
      change24h: null,
      change7d: null,
    };
    expect(texts({ ...empty, points: [] }).filter((text) => text === 'Unknown')).toHaveLength(3);
    expect(chartSvg(rest)).toContain('width="2000" height="908"');
    const supply = texts({ ...digest, progress: { kind: 'supply', circulating: 19.9e6, max: 21e6 } });
    expect(supply).toEqual(expect.arrayContaining(['Circulating supply', '94.8%', '19.9M of 21M TAO']));
    expect(chartSvg({ ...digest, progress: { kind: 'halving', issued: 1, era: 0 } })).toContain('height="908"');
  });

  it('makes room for long prices', () => {
    expect(
      problems({
        ...digest,
        price: 1.7e12,
        currency: 'idr',
        high24h: 1.8e12,
        low24h: 1.6e12,
        marketCap: 9e21,
        change24h: -12_345.6,
      }),
    ).toEqual([]);
    expect(
      problems({ ...digest, now: AT + 2 * HOUR, name: 'A coin with a very long name that goes on and on' }),
    ).toEqual([]);
  });
});

describe('comparison', () => {
  it('puts the best first and starts all at their common moment', () => {
    const late = compare.coins.map((coin, index) => (index === 1 ? { ...coin, points: coin.points.slice(200) } : coin));
    const seen = texts({ ...compare, coins: late });
    expect(seen).toEqual(expect.arrayContaining(['TAO vs RENDER vs FET', 'Since 31 Oct, 18:00, % change', '0%']));
    const svg = chartSvg({
      ...compare,
      coins: [
        {
          ...price,
          points: [
            [AT - DAY, 100],
            [AT, 150],
          ],
        },
        {
          symbol: 'B',
          name: 'B',
          points: [
            [AT - DAY, 4],
            [AT, 2],
          ],
        },
      ],
    });
    expect(svg).not.toContain('NaN');
  });

  it('takes five coins, equal ends, coins without data, and states the change it is given', () => {
    expect(texts(compareFive)).toContain('TAO vs RENDER vs FET vs BTC vs NEAR');
    const same = compareFive.coins.map((coin) => ({ ...coin, points: compare.coins[0]?.points ?? [] }));
    expect(problems({ ...compareFive, coins: same })).toEqual([]);
    const [first, second] = compare.coins;
    if (first === undefined || second === undefined) throw new Error('samples');
    expect(texts({ ...compare, coins: [first, { ...second, points: [] }] })).toContain('no data');
    expect(texts({ ...compare, coins: [{ ...first, change: 12.34 }, second] })).toContain('12.34%');
    expect(texts({ ...compare, coins: [{ ...first, points: [] }] })).toContain('No data for this range');
    const apart = [first, { ...second, points: walk(4, 100, 1, HOUR, AT - 60 * DAY) }];
    expect(texts({ ...compare, coins: apart })).toContain('No data for this range');
  });

  it('bears wild changes and endless tickers', () => {
    const wild = compareFive.coins.map((coin, index) => ({
      ...coin,
      symbol: `${coin.symbol}${'X'.repeat(30)}`,
      points: coin.points.map(([at, value], place): [number, number] => [
        at,
        (value ?? 1) * (1 + (place * 10 ** index) / 10),
      ]),
    }));
    expect(problems({ ...compareFive, coins: wild })).toEqual([]);
    expect(problems({ ...compare, coins: wild.slice(0, 2) })).toEqual([]);
  });
});

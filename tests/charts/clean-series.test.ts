// Series cleaning and tick choice: order, duplicates, thinning without loss of extremes, round steps, calendar boundaries.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, pack } from '../../src/charts/clean-series.ts';
import type { Point } from '../../src/charts/spec.ts';
import { timeTicks, valueTicks } from '../../src/charts/parts/ticks.ts';
import { AT, DAY, HOUR, walk } from './samples.ts';

const cleaned = (points: readonly Point[]) => clean(pack(points));

describe('clean', () => {
  it('sorts, drops what is no price, and keeps the later of two entries for one moment', () => {
    const points: Point[] = [
      [30, 3],
      [10, 1],
      [20, null],
      [20, Number.NaN],
      [25, Number.POSITIVE_INFINITY],
      [26, 0],
      [27, -4],
      [Number.NaN, 5],
      [10, 1.5],
      [9e15, 1],
    ];
    expect(cleaned(points).points).toEqual([
      [10, 1.5],
      [30, 3],
    ]);
    expect(cleaned([]).points).toEqual([]);
  });

  it('thins a million points but keeps first, last, lowest and highest', () => {
    const points = walk(1, 1_000_000, 400, 1000, AT, 0.002);
    const kept = cleaned(points).points;
    expect(kept.length).toBeLessThanOrEqual(3204);
    expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
    const values = (list: readonly (readonly [number, number])[]) => list.map((point) => point[1]);
    const extreme = (list: number[], pick: (a: number, b: number) => number) => list.reduce((a, b) => pick(a, b));
    for (const pick of [Math.min, Math.max]) expect(extreme(values(kept), pick)).toBe(extreme(values(points), pick));
  });

  it('ends in strictly ascending time for any input', () => {
    const point = fc.tuple(
      fc.oneof(fc.double(), fc.integer({ min: 1, max: 50 })),
      fc.option(fc.double(), { nil: null }),
    );
    fc.assert(
      fc.property(fc.array(point, { maxLength: 60 }), (points) => {
        const times = cleaned(points).points.map(([at]) => at);
        expect(times.every((at, index) => index === 0 || at > (times[index - 1] ?? at))).toBe(true);
      }),
    );
  });
});

describe('ticks', () => {
  it('uses round steps and between three and six of them', () => {
    expect(valueTicks(386, 440)).toMatchObject({ values: [390, 400, 410, 420, 430, 440], step: 10, decimals: 0 });
    expect(
      [valueTicks(5, 5), valueTicks(0, Number.POSITIVE_INFINITY), valueTicks(Number.NaN, 1)].flatMap(
        (ticks) => ticks.values,
      ),
    ).toEqual([]);
    const bounds = fc.tuple(
      fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
      fc.double({ min: 0.003, max: 50, noNaN: true }),
    );
    fc.assert(
      fc.property(bounds, ([low, share]) => {
        const ticks = valueTicks(low, low * (1 + share));
        expect(ticks.values.length).toBeGreaterThanOrEqual(3);
        expect(ticks.values.length).toBeLessThanOrEqual(6);
        expect(Number((ticks.step / 10 ** Math.floor(Math.log10(ticks.step * 1.0000001))).toFixed(6))).toSatisfy(
          (digit: number) => [1, 2, 2.5, 5].includes(digit),
        );
        expect(
          ticks.values.every((value) => value >= low * (1 - 1e-9) && value <= low * (1 + share) * (1 + 1e-9)),
        ).toBe(true);
      }),
    );
  });

  it('puts time ticks on UTC boundaries, few enough and inside', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2015, 0), max: AT }),
        fc.integer({ min: 60_000, max: 4000 * DAY }),
        (from, span) => {
          const ticks = timeTicks(from, from + span);
          expect(ticks.length).toBeLessThanOrEqual(9);
          expect(ticks.length).toBeGreaterThanOrEqual(span >= 2 * HOUR && span < 1000 * DAY ? 2 : 0);
          expect(ticks.filter(({ at }) => at < from || at > from + span)).toEqual([]);
          expect(ticks.filter(({ at, form }) => form !== 'clock' && at % DAY !== 0)).toEqual([]);
          const large = ticks.filter(({ form }) => form === 'month' || form === 'year');
          expect(large.filter(({ at }) => new Date(at).getUTCDate() !== 1)).toEqual([]);
        },
      ),
    );
    expect(timeTicks(AT - 90 * DAY, AT)).toHaveLength(7);
  });
});

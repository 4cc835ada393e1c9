// Series cleaning: order, duplicates, thinning without loss of extremes.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, evenly, pack } from '../../src/charts/clean-series.ts';
import type { Point } from '../../src/charts/spec.ts';
import { AT, walk } from './samples.ts';

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

  it('takes points evenly where there are too many, always the last one', () => {
    const points = Array.from({ length: 10 }, (_, at): [number, number] => [at, at]);
    const places = (most: number) => evenly(points, most).map(([at]) => at);
    expect(evenly(points, 10)).toBe(points);
    expect(places(9)).toEqual([1, 3, 5, 7, 9]);
    expect(places(4)).toEqual([0, 3, 6, 9]);
    expect(places(1)).toEqual([9]);
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 50 }), (length, most) => {
        const kept = evenly(
          Array.from({ length }, (_, at): [number, number] => [at, at]),
          most,
        );
        expect(kept.length).toBeLessThanOrEqual(most);
        expect(kept.at(-1)?.[0]).toBe(length === 0 ? undefined : length - 1);
      }),
    );
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

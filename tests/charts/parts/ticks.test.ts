// Tick choice: round steps, calendar boundaries.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeTicks, valueTicks } from '../../../src/charts/parts/ticks.ts';
import { AT } from '../samples.ts';
import { DAY, HOUR } from '../../../src/base/clock.ts';

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

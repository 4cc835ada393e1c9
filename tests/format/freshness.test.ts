// Ages never flatter, and old numbers say no more than they may.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { age, ageText, freshness, staleText, statesChange } from '../../src/format/freshness.ts';

const UNITS: Record<string, number> = { s: 1000, min: MINUTE, h: HOUR, d: DAY };

it('an age never makes a number look younger than it is, and is not far off', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 * DAY }), (ms) => {
      const [, count = '', unit = ''] = /^(\d+) (s|min|h|d)$/.exec(ageText(ms)) ?? [];
      const said = Number(count) * (UNITS[unit] ?? NaN);
      expect(said).toBeGreaterThanOrEqual(ms);
      expect(said - ms).toBeLessThanOrEqual(UNITS[unit] ?? 0);
      expect(age(ms)).toBe(`${ageText(ms)} ago`);
    }),
    { seed: 13 },
  );
});

it.each([
  [-5000, '0 s'],
  [120_000, '120 s'],
  [120_001, '3 min'],
  [2 * HOUR, '120 min'],
  [2 * HOUR + 1, '3 h'],
  [2 * DAY, '48 h'],
  [2 * DAY + 1, '3 d'],
])('%d ms are %s', (ms, text) => {
  expect(ageText(ms)).toBe(text);
});

it('the mark changes at 90 s, 15 min and 24 h', () => {
  expect([90_000, 90_001, 15 * MINUTE - 1, 15 * MINUTE, DAY, DAY + 1].map(freshness)).toEqual([
    'live',
    'recent',
    'recent',
    'delayed',
    'delayed',
    'old',
  ]);
});

it('data is called old from 15 minutes on, and states no change beyond a day', () => {
  const now = 5 * DAY;
  expect(staleText(now - 15 * MINUTE + 1, now)).toBeNull();
  expect(staleText(now - 15 * MINUTE, now)).toBe('15 min old');
  expect(staleText(now - 3 * DAY, now)).toBe('3 d old');
  expect([now, now - DAY, now - DAY - 1].map((at) => statesChange(at, now))).toEqual([true, true, false]);
});

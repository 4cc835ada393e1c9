// Ends of alerts as dates: which day is meant, to its last minute, in the asker's zone.
import { expect, it } from 'vitest';
import { untilIn } from '../../../src/app/alerts/until.ts';
import { DAY } from '../../../src/base/clock.ts';

/** A Saturday, 20:00 in Berlin. */
const NOW = Date.parse('2026-11-28T19:00:00Z');

it.each([
  ['above 300 until friday', 'above 300', '2026-12-04'],
  ['above 300 until saturday', 'above 300', '2026-12-05'],
  ['until sun above 300', 'above 300', '2026-11-29'],
  ['above 300 until tomorrow', 'above 300', '2026-11-29'],
  ['above 300 till end of month', 'above 300', '2026-11-30'],
  ['above 300 until the end of the year', 'above 300', '2026-12-31'],
  ['above 300 until 24 dec', 'above 300', '2026-12-24'],
  ['above 300 until December 24th', 'above 300', '2026-12-24'],
  ['above 300 until 3rd of january', 'above 300', '2027-01-03'],
  ['above 300 until 31.12.', 'above 300', '2026-12-31'],
  ['above 300 until 24 dec 2027', 'above 300', '2027-12-24'],
  ['above 300 until 3rd of january, 2027', 'above 300', '2027-01-03'],
  ['above 300 until dec 24 2026', 'above 300', '2026-12-24'],
  ['above 300 until December 24th, 2026', 'above 300', '2026-12-24'],
  ['above 300 until tues', 'above 300', '2026-12-01'],
  ['above 300 until thurs', 'above 300', '2026-12-03'],
  ['above 300 until weds', 'above 300', '2026-12-02'],
  ['above 300 until 3.1.2027', 'above 300', '2027-01-03'],
  ['above 300 until 2026-12-31', 'above 300', '2026-12-31'],
])('%s', (text, rest, date) => {
  const found = untilIn(text, NOW, 'Europe/Berlin');
  expect(found?.rest).toBe(rest);
  const end = Temporal.Instant.fromEpochMilliseconds(NOW + (found?.days ?? 0) * DAY).toZonedDateTimeISO(
    'Europe/Berlin',
  );
  expect(end.toPlainDateTime().toString({ smallestUnit: 'minute' })).toBe(`${date}T23:59`);
});

it('29 February is the next one that there is', () => {
  const found = untilIn('above 300 until 29 feb', Date.parse('2027-11-28T19:00:00Z'), 'UTC');
  expect(found?.days).toBeCloseTo(93.2, 1);
  expect(() => untilIn('above 300 until 30 feb', NOW, 'UTC')).toThrow(RangeError);
});

it.each([
  ['above 300 for 30 days', 'above 300', 30],
  ['above 300 for 2 weeks daily', 'above 300 daily', 14],
  ['above 300 expires 90d', 'above 300', 90],
  ['above 300 for a week', 'above 300', 7],
  ['above 300 for a month', 'above 300', 30],
])('%s', (text, rest, days) => {
  expect(untilIn(text, NOW, 'Europe/Berlin')).toEqual({ rest, days });
});

it('leaves other texts alone and knows the calendar', () => {
  expect(untilIn('above 300', NOW, 'UTC')).toBeNull();
  expect(untilIn('until the moon', NOW, 'UTC')).toBeNull();
  expect(() => untilIn('until 31 feb', NOW, 'UTC')).toThrow(RangeError);
});

// What the Date of an answer says about our own clock.
import { expect, it } from 'vitest';
import { clockAheadMs } from '../../src/http/date-header.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const date = 'Sun, 22 Nov 2026 10:00:00 GMT';

it.each([
  ['the same second', date, null, NOW + 900, NOW + 950, 0],
  ['a slow answer', date, null, NOW - 5_000, NOW + 3_000, 0],
  ['an hour ahead, at least', date, null, NOW + 3_600_000, NOW + 3_600_050, 3_599_000],
  ['an hour behind, at least', date, null, NOW - 3_600_000, NOW - 3_600_000, -3_601_000],
  ['an answer kept by a cache for 40 s', date, '40', NOW + 40_000, NOW + 40_000, 0],
  ['no header', null, null, NOW, NOW, null],
  ['junk', 'yesterday', null, NOW, NOW, null],
  ['our clock stepped back under way', date, null, NOW, NOW - 60_000, null],
])('%s', (_case, header, age, askedAt, answeredAt, ahead) => {
  expect(clockAheadMs({ date: header, age }, askedAt, answeredAt)).toBe(ahead);
});

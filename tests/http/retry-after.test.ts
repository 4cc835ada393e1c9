// What stands in Retry-After, including the junk that turns up in it.
import { expect, it } from 'vitest';
import { LONGEST_PAUSE_MS, retryAfterMs } from '../../src/http/retry-after.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

it.each([
  ['120', 120_000],
  [' 5 ', 5000],
  ['0', 0],
  ['999999999999', LONGEST_PAUSE_MS],
  ['Sun, 22 Nov 2026 10:02:00 GMT', 120_000],
  ['Sunday, 22-Nov-2026 10:02:00 GMT', 120_000],
  ['Sun, 22 Nov 2026 10:00:00 GMT', null],
  ['Wed, 21 Oct 2015 07:28:00 GMT', null],
  ['-5', null],
  ['1.5', null],
  ['1e3', null],
  ['soon', null],
  ['', null],
  [null, null],
])('%s is a pause of %s', (value, pause) => {
  expect(retryAfterMs(value, NOW)).toBe(pause);
});

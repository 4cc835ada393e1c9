// Times of the source are judged by the source's own clock, ours being right or wrong.
import { expect, it } from 'vitest';
import { createSourceClock } from '../../../src/market/plausibility/source-clock.ts';
import { MINUTE, START } from '../scene.ts';

const HOURS = 60 * MINUTE;
const read = (at: number, aheadMs: number) => createSourceClock({ source: 'Far', now: () => START }).read(at, aheadMs);

it.each([
  ['both clocks agree', START - 20_000, 0, START - 20_000],
  ['one minute ahead is a clock, not a lie', START + MINUTE, 0, START],
  ['further ahead is from the future', START + MINUTE + 1, 0, null],
  ['ours is three minutes slow', START + 3 * MINUTE - 20_000, -3 * MINUTE, START - 20_000],
  ['ours is two hours fast', START - 2 * HOURS - 20_000, 2 * HOURS, START - 20_000],
  ['from the future by both', Date.parse('2099-01-01T00:00:00Z'), -3 * MINUTE, null],
  ['the Date of the source is what is wrong', START - 20_000, 24 * HOURS, START - 20_000],
])('%s', (_case, at, aheadMs, moment) => {
  expect(read(at, aheadMs)).toBe(moment);
});

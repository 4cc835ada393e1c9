// The fake goes on for a day with delayed events, and no longer: https://docs.slack.dev/apis/events-api#delayed-events-retry
import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { repeatUntilTaken } from '../../fakes/slack/repeats.ts';

it.each([
  [true, [MINUTE, 5 * MINUTE, ...Array.from({ length: 24 }, () => HOUR)]],
  [false, [MINUTE, 5 * MINUTE]],
])('an event that is never taken, delayed events %s', async (delayed, expected) => {
  const waits: number[] = [];
  const sleep = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
  const refused = () => Promise.resolve({ reason: 'http_error' });
  expect(await repeatUntilTaken({ reason: 'http_error' }, refused, { sleep, delayed, ended: () => false })).toBe(false);
  expect(waits).toEqual(expected);
});

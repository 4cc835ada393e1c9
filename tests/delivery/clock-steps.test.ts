// A wall clock that is set back: pauses and holds of sending are lengths of time, so they end when their time is over all the same.
import { afterEach, expect, it } from 'vitest';
import type { PostFault } from '../fakes/platform.ts';
import { openVirtual, type Virtual } from '../digests/virtual.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const HALF_PAST_SEVEN = NINE - 90 * MINUTE;

let virtual: Virtual;
afterEach(() => virtual.close());

it.each<[string, NonNullable<PostFault['refuse']>]>([
  ['a refused token', { status: 401, code: 'invalid_auth' }],
  ['a rate limit', { status: 429, code: 'ratelimited', retryAfterMs: MINUTE }],
])('what waits because of %s goes on, two hours before the wall clock is there again', async (_name, refuse) => {
  let uptime = 0;
  virtual = await openVirtual({
    name: 'slack',
    engine: { monotonic: () => uptime },
    sendRules: { perSecond: { start: 1000, most: 1000 } },
    platform: { fault: (channel) => (channel === 'c00000' ? { refuse } : {}) },
  });
  await virtual.add(0, { channel: 'c00000', tenant: 't1', local_time: '09:00', next_at: NINE, after_at: NINE - DAY });
  await virtual.at(NINE + 100);
  expect(virtual.platform.requests).toHaveLength(1);
  const early = { local_time: '07:30', next_at: HALF_PAST_SEVEN, after_at: HALF_PAST_SEVEN - DAY };
  await virtual.add(1, { channel: 'c00001', tenant: 't1', ...early });
  uptime += HOUR;
  await virtual.at(HALF_PAST_SEVEN + 100);
  expect(virtual.platform.posts.map(({ channel }) => channel)).toEqual(['c00001']);
});

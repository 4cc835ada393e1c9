// A digest that somebody paused stays silent, whatever was under way at that moment and whatever the channel does.
import { expect, it } from 'vitest';
import type { PostFault } from '../../fakes/platform.ts';
import { createStage } from '../virtual.ts';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';

const stage = createStage();
const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - DAY };
const ASKER = { platform: 'discord', tenant: 't1', channel: 'c1', userId: 'u1' };

it('while its post was under way: one that the platform put off is not posted later, one that is asked for is', async () => {
  const gate = Promise.withResolvers<void>();
  let fault: PostFault = { until: gate.promise, refuse: { status: 429, code: '429', retryAfterMs: 5 * MINUTE } };
  const virtual = await stage({ platform: { fault: () => fault } });
  await virtual.add(1, daily);
  virtual.clock.now = NINE + 1000;
  await virtual.engine.tick();
  await expect.poll(() => virtual.platform.requests).toHaveLength(1);
  await virtual.engine.digests.pause('s00001', ASKER);
  gate.resolve();
  await virtual.engine.settled();
  fault = {};
  await virtual.until(NINE + HOUR, 10 * MINUTE);
  expect(virtual.platform.posts).toEqual([]);
  await virtual.engine.digests.now('s00001', ASKER);
  await virtual.at(NINE + HOUR + 1000);
  expect(virtual.platform.posts).toHaveLength(1);
});

it('when a post that was asked for is refused in an archived channel: it does not go on when that is opened again', async () => {
  let fault: PostFault = { refuse: { status: 403, code: 'x1', reason: 'archived' } };
  const virtual = await stage({ platform: { fault: () => fault } });
  await virtual.add(1, { ...daily, status: 'paused', next_at: null });
  virtual.clock.now = NINE;
  await virtual.engine.digests.now('s00001', ASKER);
  await virtual.at(NINE + 1000);
  fault = {};
  await virtual.engine.revive({ platform: 'discord', tenant: 't1', channel: 'c1' });
  await virtual.until(NINE + 2 * DAY, 6 * HOUR);
  expect((await virtual.row(1)).status).toBe('paused');
  expect(virtual.platform.posts.filter(({ channel }) => channel === 'c1')).toEqual([]);
});

it.each([true, false])(
  'when nobody knows whether its post was made: it is looked for (history: %s), not made again',
  async (history) => {
    let fault: PostFault = { refuse: { status: 502, code: '502' } };
    const virtual = await stage({ platform: { history, fault: () => fault } });
    await virtual.add(1, daily);
    await virtual.at(NINE + 1000);
    expect((await virtual.engine.totals()).ambiguous).toBe(1);
    await virtual.engine.digests.pause('s00001', ASKER);
    fault = {};
    await virtual.until(NINE + 6 * HOUR, MINUTE);
    expect(virtual.platform.posts).toEqual([]);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'ambiguous:stopped': 1 });
  },
);

it('when its post was made though its answer was lost: it is found, and the digest knows its message', async () => {
  let fault: PostFault = { lost: 'reset' };
  const virtual = await stage({ platform: { fault: () => fault } });
  await virtual.add(1, daily);
  await virtual.at(NINE + 1000);
  await virtual.engine.digests.pause('s00001', ASKER);
  fault = {};
  await virtual.until(NINE + 10 * MINUTE, MINUTE);
  expect((await virtual.row(1)).last_message_id).toBe(virtual.platform.posts[0]?.id);
});

// A digest whose time zone the data does not hold (any more): it says what to do, and the others of its place and time go on.
import { expect, it } from 'vitest';
import { createStage } from '../virtual.ts';
import { DAY, HOUR } from '../../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const stage = createStage();
const STOPPED = { status: 'suspended', next_at: null, last_error: 'forbidden', stopped_at: NINE - DAY } as const;
const PLACE = { tenant: 't1', channel: 'c1' };

it('when another try is due, the ones behind it get theirs', async () => {
  const virtual = await stage();
  await virtual.add(0, { ...STOPPED, zone: 'Mars/Phobos', suspended_until: NINE - 2 });
  await virtual.add(1, { ...STOPPED, suspended_until: NINE - 1 });
  await virtual.until(NINE + 2 * HOUR, 10 * 60_000);
  expect(await virtual.row(1)).toMatchObject({ status: 'active' });
  expect(await virtual.row(0)).toMatchObject({
    status: 'suspended',
    last_error: 'bad-schedule',
    suspended_until: null,
  });
});

it('when rights come back, the others of the channel go on', async () => {
  const virtual = await stage();
  await virtual.add(0, { ...STOPPED, ...PLACE, zone: 'Mars/Phobos' });
  await virtual.add(1, { ...STOPPED, ...PLACE });
  expect(await virtual.engine.revive({ platform: 'discord', ...PLACE })).toBe(1);
  expect(await virtual.row(1)).toMatchObject({ status: 'active' });
});

it.each(['paused', 'suspended'] as const)('whoever resumes one that is %s reads what to do', async (status) => {
  const virtual = await stage();
  const { id } = await virtual.add(0, { ...STOPPED, ...PLACE, status, zone: 'Mars/Phobos' });
  const asker = { platform: 'discord', ...PLACE, userId: 'u1' };
  await expect(virtual.engine.digests.resume(id, asker)).rejects.toThrow(
    'Its time or time zone cannot be computed. Delete it and create it again.',
  );
});

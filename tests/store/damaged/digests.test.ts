// Digests that cannot be read any more: those beside them go on, their owner hears of it once, and can be rid of them.
import { expect, it } from 'vitest';
import type { SubscriptionRow } from '../../../src/store/digests/subscriptions.ts';
import { DAY, HOUR } from '../../../src/base/clock.ts';
import { createStage, type Virtual } from '../../digests/virtual.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const OWNER = 'user:u1';
const PLACE = { tenant: 't1', channel: 'c1' };
const ASKER = { platform: 'discord', ...PLACE, userId: 'u1' };
const daily = { ...PLACE, local_time: '09:00', next_at: NINE, after_at: NINE - DAY };
const whole = { coins: ['bittensor'], currency: 'usd', locale: 'en', replace: false, subnets: false };
const text = (change: object): string => JSON.stringify({ ...whole, ...change });

/** What the stored text became, and a word of what its owner reads. */
const DAMAGES: [Partial<SubscriptionRow>, string][] = [
  ...[
    '{broken',
    '',
    'null',
    '[1]',
    text({ coins: 'bittensor' }),
    text({ coins: [] }),
    text({ coins: [7] }),
    text({ currency: null }),
    text({ locale: 'no locale!' }),
    text({ registrations: null, coins: ['sn64'] }),
    text({ registrations: { sn64: '1' }, coins: ['sn64'] }),
  ].map((spec): [Partial<SubscriptionRow>, string] => [{ spec }, 'unreadable']),
  [{ kind: 'moonphase' }, 'unreadable'],
  [{ zone: 'Mars/Phobos' }, 'bad-schedule'],
  [{ zone: '' }, 'bad-schedule'],
  [{ local_time: '99:99' }, 'bad-schedule'],
  [{ days: 'someday' }, 'bad-schedule'],
];

const stage = createStage();
const told = ({ platform }: Virtual) => platform.posts.filter(({ channel }) => channel === OWNER);
const posted = ({ platform }: Virtual) => platform.posts.filter(({ channel }) => channel !== OWNER);

it.each(DAMAGES)(
  '%j: it is set aside when it is due, its owner hears of it once, and the others are posted',
  async (damage, reason) => {
    const virtual = await stage();
    await virtual.add(0, daily);
    await virtual.add(1, { ...daily, ...damage });
    await virtual.until(NINE + 3 * DAY + HOUR, HOUR);
    expect(posted(virtual)).toHaveLength(4);
    expect(await virtual.row(1)).toMatchObject({ status: 'suspended', next_at: null, last_error: reason, told: 1 });
    expect(told(virtual).map(({ text: message }) => message)).toEqual([
      expect.stringContaining('Delete it and create it again'),
    ]);
    expect(await virtual.engine.digests.notices(ASKER)).toEqual([]);
    expect((await virtual.engine.totals()).reasons).toEqual({});
    expect(await virtual.engine.digests.totals()).toMatchObject({ unreadable: 1, dead: 0 });
    const lines = virtual.logs.filter(({ level }) => level === 'error');
    expect(lines.map(({ fields }) => fields)).toEqual([{ digest: 's00001', reason }]);
  },
);

const BROKEN = { spec: '{broken' };
const MARS = { zone: 'Mars/Phobos' };

it.each([
  ['unreadable', BROKEN],
  ['bad-schedule', MARS],
])('%s: found when its channel is open again, it is told as news, and no later try is', async (reason, damage) => {
  const virtual = await stage();
  const place = { platform: 'discord', ...PLACE };
  virtual.clock.now = NINE;
  await virtual.add(1, { ...daily, next_at: NINE + DAY });
  await virtual.engine.suspend(place, 'archived');
  await virtual.at(NINE);
  expect(told(virtual)).toHaveLength(1);
  await virtual.database.sql.updateTable('subscription').set(damage).execute();
  virtual.clock.now = NINE + HOUR;
  for (let times = 0; times < 2; times++) {
    expect(await virtual.engine.revive(place)).toBe(0);
    await virtual.until(virtual.clock.now + HOUR, HOUR / 2);
    expect(await virtual.row(1)).toMatchObject({
      status: 'suspended',
      last_error: reason,
      suspended_until: null,
      told: 1,
    });
    expect(told(virtual)).toHaveLength(2);
  }
  await expect(virtual.engine.digests.resume('s00001', ASKER)).rejects.toThrow('Delete it and create it again');
});

it('a zone that new time zone data does not know: its digest is set aside at once, before it is due', async () => {
  const virtual = await stage();
  await virtual.add(0, { ...daily, next_at: NINE + DAY });
  await virtual.add(1, { ...daily, ...MARS, next_at: NINE + DAY });
  await virtual.restart({ zoneData: () => 'new' });
  await virtual.at(NINE);
  expect(await virtual.row(0)).toMatchObject({ status: 'active', zone_data: 'new' });
  expect(await virtual.row(1)).toMatchObject({ status: 'suspended', last_error: 'bad-schedule' });
  expect(told(virtual)).toHaveLength(1);
});

it('what waits to be posted of it is not posted any more', async () => {
  let isAway = true;
  const away = { status: 429, code: 'x', retryAfterMs: 60_000 };
  const virtual = await stage({ platform: { fault: () => (isAway ? { refuse: away } : {}) } });
  await virtual.add(1, daily);
  await virtual.at(NINE + 1000);
  await virtual.database.sql.updateTable('subscription').set(MARS).execute();
  await virtual.restart({ zoneData: () => 'new' });
  await virtual.at(NINE + 2000);
  isAway = false;
  await virtual.until(NINE + HOUR, HOUR / 4);
  expect(posted(virtual)).toEqual([]);
  expect((await virtual.engine.totals()).reasons).toEqual({ 'skipped:stopped': 1 });
});

it('damaged while its post waits: that one is given up, and at the next run it is set aside', async () => {
  const virtual = await stage({ platform: { fault: () => ({ refuse: { status: 503, code: 'x' } }) } });
  await virtual.add(1, daily);
  await virtual.at(NINE + 1000);
  await virtual.database.sql.updateTable('subscription').set(BROKEN).execute();
  await virtual.until(NINE + 4 * HOUR, HOUR / 4);
  expect(await virtual.row(1)).toMatchObject({ status: 'active' });
  await virtual.until(NINE + DAY + HOUR, HOUR / 4);
  expect(await virtual.row(1)).toMatchObject({ status: 'suspended', last_error: 'unreadable' });
});

it('mended by hand, it can be resumed, and is posted again', async () => {
  const virtual = await stage();
  const { spec } = await virtual.add(1, daily);
  await virtual.database.sql.updateTable('subscription').set(BROKEN).execute();
  await virtual.at(NINE + 1000);
  await virtual.database.sql.updateTable('subscription').set({ spec }).execute();
  expect(await virtual.engine.digests.resume('s00001', ASKER)).toMatchObject({ status: 'active', trouble: null });
  await virtual.until(NINE + DAY + HOUR, HOUR);
  expect(posted(virtual)).toHaveLength(1);
});

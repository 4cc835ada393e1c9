// What happens once an hour: removals that were cut short, old rows, and another chance for suspended channels.
import { afterEach, expect, it } from 'vitest';
import { overduePosts } from '../../src/store/delivery/overdue.ts';
import { LEDGER_DAYS } from '../../src/store/delivery/ledger.ts';
import { delivery } from '../contracts/store/rows.ts';
import { openVirtual, type Virtual } from '../digests/virtual.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const idle = { next_at: null } as const;

let open: Virtual[] = [];
afterEach(async () => {
  for (const virtual of open) await virtual.close();
  open = [];
});

/** An engine that has just had its hourly round. */
async function stage(options: Parameters<typeof openVirtual>[0] = {}): Promise<Virtual> {
  const virtual = await openVirtual(options);
  open.push(virtual);
  await virtual.at(NINE);
  return virtual;
}

const subscriptionsOf = async ({ database }: Virtual): Promise<string[]> =>
  (await database.sql.selectFrom('subscription').select('id').orderBy('id').execute()).map((row) => row.id);

async function addSent({ database }: Virtual, id: string, change: Parameters<typeof delivery>[1]): Promise<void> {
  const sent = { state: 'sent', not_before: null, settled_at: NINE } as const;
  await database.sql
    .insertInto('delivery')
    .values(delivery(id, { ...sent, ...change }))
    .execute();
}

it('takes a replaced message away when the process ended before it could, and does so once', async () => {
  const virtual = await stage();
  const old = { id: 'old', channel: 'c1', text: 'yesterday', key: null, at: NINE - DAY };
  virtual.platform.posts.push(old, { ...old, id: 'new' });
  await addSent(virtual, 'a', { removes: 'old', due_at: NINE });
  await virtual.at(NINE + 59 * MINUTE);
  expect(virtual.platform.posts.map(({ id }) => id)).toEqual(['old', 'new']); // the hour is not over
  await virtual.at(NINE + HOUR);
  expect(virtual.platform.posts.map(({ id }) => id)).toEqual(['new']);
  virtual.platform.posts.push(old);
  await virtual.at(NINE + 2 * HOUR);
  expect(virtual.platform.posts.map(({ id }) => id)).toEqual(['new', 'old']);
});

it('tries a removal that fails no second time, and goes on with the rest', async () => {
  const virtual = await stage();
  await addSent(virtual, 'a', { removes: 'old', due_at: NINE });
  await addSent(virtual, 'ancient', { due_at: NINE - (LEDGER_DAYS + 1) * DAY });
  await virtual.platform.close();
  await virtual.at(NINE + HOUR);
  const rows = await virtual.database.sql.selectFrom('delivery').select(['id', 'removes']).execute();
  expect(rows).toEqual([{ id: 'a:once', removes: null }]);
  expect(virtual.logs.filter(({ level }) => level === 'error')).toEqual([]);
});

it('what was under way on a platform that was switched off ends a day after its time, and is not overdue for ever', async () => {
  const virtual = await stage();
  const claimed = { platform: 'slack', state: 'sending', not_before: NINE + MINUTE, due_at: NINE } as const;
  const inDoubt = { doubt: 1, first_attempt_at: NINE, body_id: 'b' } as const;
  const open = {
    claimed,
    posting: { ...claimed, ...inDoubt },
    unclear: { ...claimed, ...inDoubt, state: 'ambiguous' },
  } as const;
  for (const [id, change] of Object.entries(open))
    await virtual.database.sql
      .insertInto('delivery')
      .values(delivery(id, { ...change, expires_at: NINE + 3 * HOUR }))
      .execute();
  const overdue = async () => (await overduePosts(virtual.database, virtual.clock.now)).count;
  await virtual.until(NINE + DAY, HOUR);
  expect(await overdue()).toBe(3); // another process may look after that platform
  await virtual.until(NINE + 2 * DAY, HOUR);
  expect(await overdue()).toBe(0);
  expect((await virtual.engine.totals()).reasons).toEqual({ 'skipped:expired': 1, 'ambiguous:unclear': 2 });
  expect(virtual.logs.filter(({ message }) => /switched off/.test(message))).toHaveLength(1);
});

it('removes drafts after a day, dead digests after thirty, and settled deliveries after five weeks', async () => {
  const virtual = await stage();
  await virtual.add(0, { ...idle, status: 'draft', created_at: NINE - DAY });
  await virtual.add(1, { ...idle, status: 'draft', created_at: NINE });
  await virtual.add(2, { ...idle, status: 'dead', stopped_at: NINE - 30 * DAY, last_sent_at: NINE - DAY });
  await virtual.add(3, { ...idle, status: 'dead', stopped_at: NINE - 29 * DAY, created_at: NINE - 400 * DAY });
  await virtual.add(4, { ...idle, status: 'paused', created_at: NINE - 400 * DAY });
  await addSent(virtual, 'ancient', { due_at: NINE - (LEDGER_DAYS + 1) * DAY });
  await addSent(virtual, 'recent', { due_at: NINE - DAY });
  await virtual.at(NINE + HOUR);
  expect(await subscriptionsOf(virtual)).toEqual(['s00001', 's00003', 's00004']);
  expect((await virtual.engine.totals()).sent).toBe(1);
});

it('lets a suspended digest try again when its week is over; one refusal suspends it once more', async () => {
  let refuse = true;
  const forbidden = { status: 403, code: 'x1', reason: 'forbidden' } as const;
  const virtual = await stage({ platform: { fault: () => (refuse ? { refuse: forbidden } : {}) } });
  const stopped = { status: 'suspended', fail_streak: 3, stopped_at: NINE - 7 * DAY } as const;
  const suspended = { ...idle, ...stopped, local_time: '12:00', after_at: NINE } as const;
  await virtual.add(0, { ...suspended, suspended_until: NINE + 30 * MINUTE });
  await virtual.add(1, { ...suspended, suspended_until: NINE + DAY });
  await virtual.at(NINE + HOUR);
  expect((await virtual.row(0)).status).toBe('active');
  expect((await virtual.row(1)).status).toBe('suspended');
  await virtual.at(NINE + 3 * HOUR + 1000);
  expect(virtual.platform.requests).toHaveLength(1);
  expect(await virtual.row(0)).toMatchObject({
    status: 'suspended',
    suspended_until: NINE + 3 * HOUR + 1000 + 7 * DAY,
  });
  refuse = false;
  await virtual.at(NINE + 8 * DAY);
  await virtual.at(NINE + 8 * DAY + 3 * HOUR + 1000);
  expect(await virtual.row(0)).toMatchObject({ status: 'active', fail_streak: 0 });
});

it('ends what was refused for a month, tells its creator, and keeps nothing of it after another month', async () => {
  const forbidden = { status: 403, code: 'x1', reason: 'forbidden' } as const;
  const virtual = await stage({ platform: { fault: () => ({ refuse: forbidden }) } });
  await virtual.add(0, { local_time: '12:00', next_at: NINE + 3 * HOUR, after_at: NINE, last_sent_at: NINE - DAY });
  for (let day = 0; day < 45; day++) {
    await virtual.at(NINE + day * DAY + 3 * HOUR + 1000);
    await virtual.at(NINE + day * DAY + 5 * HOUR);
  }
  expect(await virtual.row(0)).toMatchObject({ status: 'dead', told: 0 });
  expect(virtual.platform.requests.length).toBeLessThanOrEqual(3 + 5); // three days in a row, then a try a week
  const asker = { platform: 'discord', tenant: 't0', channel: 'c0', userId: 'u1' };
  expect(await virtual.engine.digests.notices(asker)).toHaveLength(1);
  await virtual.at(NINE + 80 * DAY);
  expect(await subscriptionsOf(virtual)).toEqual([]);
});

it('a server that removed the bot: nothing is tried from that moment on, and in 30 days nothing of it is left', async () => {
  const virtual = await stage();
  const daily = { local_time: '12:00', next_at: NINE + 3 * HOUR, after_at: NINE };
  await virtual.add(0, { ...daily, tenant: 'left' });
  await virtual.add(1, {
    ...idle,
    tenant: 'left',
    status: 'suspended',
    stopped_at: NINE - DAY,
    suspended_until: NINE + DAY,
  });
  await virtual.add(2, { ...daily, tenant: 'stays' });
  await virtual.engine.retire({ platform: 'discord', tenant: 'left' }, 'uninstalled');
  await virtual.until(NINE + 29 * DAY, 6 * HOUR);
  expect(virtual.platform.requests.filter(({ channel }) => channel !== 'c2')).toEqual([]);
  expect(await subscriptionsOf(virtual)).toEqual(['s00000', 's00001', 's00002']);
  await virtual.until(NINE + 31 * DAY, 6 * HOUR);
  expect(await subscriptionsOf(virtual)).toEqual(['s00002']);
});

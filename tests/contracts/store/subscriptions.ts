// Subscriptions on every engine: found only where they belong, changed only from the right state, due once however many processes look.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DueRow, type DueTemplate, materialiseDue, type Plan } from '../../../src/store/digests/due.ts';
import { recordSent } from '../../../src/store/digests/sent.ts';
import { mulberry32 } from '../../../src/base/hash.ts';
import { createSubscriptions, type Subscriptions } from '../../../src/store/digests/subscriptions.ts';
import { addDelivery } from '../../../src/store/delivery/deliveries.ts';
import { createPersonalData } from '../../../src/store/privacy/personal-data.ts';
import { subscription } from '../../delivery/stage.ts';
import type { OpenProcesses, Processes } from './processes.ts';
import { add as addRow, delivery, NOW } from './rows.ts';
import { DAY } from '../../../src/base/clock.ts';

const PLACE = { platform: 'discord', tenant: 't1' };

const TODAY: DueTemplate = {
  occurrence: 'today',
  due_at: NOW,
  not_before: NOW,
  expires_at: NOW + DAY,
  late: 0,
  state: 'pending',
  reason: null,
  settled_at: null,
  priority: 1,
};
const TOMORROW = { next_at: NOW + DAY, after_at: NOW, last_date: 'today', last_due_at: NOW };

function plan(rows: readonly DueRow[]): Plan {
  const ids = rows.map((row) => row.id).filter((id) => id !== 'broken');
  return {
    groups: ids.length === 0 ? [] : [{ ids, due: [TODAY], advance: TOMORROW }],
    broken: rows.filter(({ id }) => id === 'broken').map(({ id }) => ({ id, reason: 'bad-schedule' })),
  };
}

export function subscriptionsContract(open: OpenProcesses): void {
  let processes: Processes;
  let store: Subscriptions;
  beforeEach(async () => {
    processes = await open();
    store = createSubscriptions(processes.all[0]);
  });
  afterEach(() => processes.close());
  const add = async (id: string, change: Parameters<typeof subscription>[2] = {}) =>
    await store.add(subscription(0, NOW, { id, tenant: 't1', channel: 'c1', ...change }));
  const idsOf = (rows: readonly { id: string }[]) => rows.map((row) => row.id);

  it('do not exist for another server, workspace or platform', async () => {
    await add('a');
    expect((await store.find('a', PLACE))?.id).toBe('a');
    expect(await store.find('a', { ...PLACE, tenant: 't2' })).toBeNull();
    expect(await store.find('a', { ...PLACE, platform: 'slack' })).toBeNull();
    expect(await store.find("a' OR '1'='1", PLACE)).toBeNull();
    expect((await store.get('a'))?.id).toBe('a');
    await store.remove('a', NOW);
    expect(await store.get('a')).toBeNull();
  });

  it('are listed oldest first without drafts, and counted without the dead', async () => {
    await add('young', { created_at: NOW });
    await add('old', { created_at: NOW - 1, channel: 'c2' });
    await add('draft', { status: 'draft' });
    await add('dead', { status: 'dead', created_at: NOW + 1 });
    expect(idsOf(await store.listAt(PLACE, 10))).toEqual(['old', 'young', 'dead']);
    expect(idsOf(await store.listAt({ ...PLACE, channel: 'c1' }, 1))).toEqual(['young']);
    await store.change('dead', ['dead'], { created_at: NOW - 2 });
    expect(idsOf(await store.listAt(PLACE, 10))).toEqual(['dead', 'old', 'young']);
    expect(idsOf(await store.listAt(PLACE, 2))).toEqual(['old', 'young']); // what is dead takes no place of what runs
    expect(await store.countAt(PLACE)).toBe(2);
    expect(await store.countAt({ ...PLACE, channel: 'c2' })).toBe(1);
    expect((await store.idsAt(PLACE, ['active', 'dead'])).toSorted()).toEqual(['dead', 'old', 'young']);
  });

  it('change only from a state that is expected', async () => {
    await add('a');
    expect(await store.change('a', ['paused'], { status: 'dead' })).toBe(false);
    expect(await store.change('a', ['active'], { status: 'paused', next_at: null })).toBe(true);
    expect(await store.change('a', ['active'], { status: 'dead' })).toBe(false);
    expect((await store.get('a'))?.status).toBe('paused');
  });

  it('tell their owner once why they stopped', async () => {
    await add('a', { told: 0, owner: 'u1', status: 'suspended' });
    await add('b', { told: 0, owner: 'u2', status: 'dead' });
    await add('again', { told: 0, owner: 'u1', status: 'active' });
    expect(idsOf(await store.takeNotices({ ...PLACE, owner: 'u1' }))).toEqual(['a']);
    expect(await store.takeNotices({ ...PLACE, owner: 'u1' })).toEqual([]);
  });

  it('start in the place of another one, or not at all: never without it and never beside it', async () => {
    await add('old');
    await add('new', { status: 'draft', next_at: null });
    await addRow(processes.all[0], delivery('old'));
    const statesOf = async () => [(await store.get('old'))?.status, (await store.get('new'))?.status];
    const start = async (replaces = 'old') =>
      await store.start({ ...PLACE, id: 'new' }, { status: 'active' }, () => Promise.resolve(replaces), NOW);
    const rename = async (from: string, to: string) =>
      await processes.all[0].sql.schema.alterTable(from).renameTo(to).execute();
    await rename('delivery', 'delivery_away');
    await expect(start()).rejects.toThrow(/delivery/);
    await expect(store.remove('old', NOW)).rejects.toThrow(/delivery/);
    await rename('delivery_away', 'delivery');
    expect(await statesOf()).toEqual(['active', 'draft']);
    expect(await start()).toBe(true);
    expect(await statesOf()).toEqual([undefined, 'active']);
    const row = await processes.all[0].sql.selectFrom('delivery').selectAll().executeTakeFirst();
    expect([row?.state, row?.reason]).toEqual(['skipped', 'deleted']);
    await add('another');
    expect(await start('another')).toBe(false);
    expect((await store.get('another'))?.status).toBe('active'); // pressed twice: nothing else ends
  });

  it('are found by zone data, in pages, and when their time has come', async () => {
    await add('a', { zone_data: 'old' });
    await add('b');
    await add('c', { next_at: null, status: 'suspended', suspended_until: NOW });
    await add('d', { next_at: null, status: 'suspended', suspended_until: NOW + 1 });
    expect(idsOf(await store.computedWithOther('test', 10))).toEqual(['a']);
    expect(idsOf(await store.active('', 1))).toEqual(['a']);
    expect(idsOf(await store.active('a', 10))).toEqual(['b']);
    expect(idsOf(await store.suspendedUntil(NOW, 10))).toEqual(['c']);
  });

  it('are removed when they ended long ago, and drafts when they are old', async () => {
    const long = NOW - 2 * DAY;
    await add('old', { status: 'dead', stopped_at: long, last_sent_at: NOW });
    await add('recent', { status: 'dead', stopped_at: NOW, created_at: long });
    await add('active', { created_at: long });
    await add('draft', { status: 'draft', created_at: long });
    await add('young', { status: 'draft', created_at: NOW });
    await store.removeDead(NOW - DAY);
    await store.removeDrafts(NOW - DAY);
    const left = await store.idsAt(PLACE, ['dead', 'active', 'draft']);
    expect(left.toSorted()).toEqual(['active', 'recent', 'young']);
  });

  it('note a sent message and give back the one before it only when it is replaced', async () => {
    await add('a', { last_message_id: 'm1', fail_streak: 2, last_error: 'other:1' });
    const note = (id: string, messageId: string, replaces: boolean) =>
      processes.all[0].sql
        .transaction()
        .execute((transaction) => recordSent(transaction, id, { messageId, at: NOW, replaces: () => replaces }));
    expect(await note('a', 'm2', false)).toBeNull();
    expect(await store.get('a')).toMatchObject({
      last_message_id: 'm2',
      last_sent_at: NOW,
      fail_streak: 0,
      last_error: null,
    });
    expect(await note('a', 'm3', true)).toBe('m2');
    expect(await note('a', 'm3', true)).toBeNull(); // the same message stays
    expect(await note('deleted', 'm4', true)).toBeNull();
  });

  it('that are due become deliveries once, whoever of three processes looks first; broken ones are set aside', async () => {
    for (let index = 0; index < 20; index++) await add(`s${index}`, { next_at: NOW });
    await add('broken', { next_at: NOW, suspended_until: NOW });
    await add('later', { next_at: NOW + 1 });
    for (let round = 0; round < 10; round++)
      await Promise.allSettled(processes.all.map((database) => materialiseDue(database, NOW, 5, plan))); // a file that another writes just now is looked at again with the next tick
    const rows = await processes.all[0].sql
      .selectFrom('delivery')
      .select(['subscription_id', 'kind', 'channel'])
      .execute();
    expect(new Set(rows.map((row) => row.subscription_id)).size).toBe(20);
    expect(rows).toHaveLength(20);
    expect(rows[0]).toMatchObject({ kind: 'digest', channel: 'c1' });
    expect(await store.get('s0')).toMatchObject({ next_at: NOW + DAY, last_date: 'today' });
    expect(await store.get('broken')).toMatchObject({ status: 'suspended', last_error: 'bad-schedule', told: 0 });
    expect(await store.suspendedUntil(NOW, 5)).toEqual([]); // nobody tries it again
    expect(await store.countSuspended(['unreadable', 'bad-schedule'])).toBe(1);
    expect(await store.countSuspended(['unreadable'])).toBe(0);
    expect((await store.get('later'))?.next_at).toBe(NOW + 1);
    expect(await materialiseDue(processes.all[0], NOW, 5, plan)).toBe(0);
  });

  it('that come as direct messages leave nothing when their person is forgotten while they are planned', async () => {
    const [database, planning] = processes.all;
    const channel = 'user:u1';
    await add('own', { channel, owner: 'u1', next_at: NOW });
    const [started, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const planned = planning.sql.transaction().execute(async (transaction) => {
      await transaction.updateTable('subscription').set(TOMORROW).where('id', '=', 'own').execute();
      started.resolve();
      await go.promise;
      await addDelivery({ sql: transaction }, delivery('own', { channel }));
    });
    await started.promise;
    const gone = createPersonalData(database).forget({ platform: 'discord', tenant: 't1', userId: 'u1' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    go.resolve();
    await Promise.all([planned, gone]);
    expect(await store.get('own')).toBeNull();
    expect(await database.sql.selectFrom('delivery').selectAll().execute()).toEqual([]);
  });

  it('that are due together are put in an order that is drawn anew each time: by the same lots the same', async () => {
    const [database] = processes.all;
    const ids = Array.from({ length: 30 }, (_, index) => `s${index}`);
    for (const id of ids) await add(id, { next_at: NOW });
    const orderBy = async (random: () => number) => {
      await database.sql.deleteFrom('delivery').execute();
      await database.sql.updateTable('subscription').set({ next_at: NOW }).execute();
      await materialiseDue(database, NOW, 100, plan, random);
      const rows = await database.sql.selectFrom('delivery').select(['subscription_id', 'shuffle']).execute();
      expect(new Set(rows.map(({ shuffle }) => shuffle)).size).toBe(ids.length);
      expect(rows.every(({ shuffle }) => shuffle >= 0 && shuffle < 2 ** 31)).toBe(true);
      return rows.toSorted((a, b) => a.shuffle - b.shuffle).map((row) => row.subscription_id);
    };
    const order = await orderBy(mulberry32(1));
    expect(await orderBy(mulberry32(1))).toEqual(order);
    const others = [await orderBy(mulberry32(2)), await orderBy(mulberry32(3)), await orderBy(mulberry32(4))];
    expect(new Set([order, ...others].map((one) => one.join())).size).toBe(4);
    expect(new Set([order, ...others].map((one) => one.at(-1))).size).toBeGreaterThan(1); // nobody is always last
  });
}

// The ledger as a whole on every engine: totals that balance, a mark that only rises, and what is taken back or removed.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBodies } from '../../../src/store/delivery/bodies.ts';
import { createDeliveryLedger, DIRECT_DAYS, HIGH_WATER, LEDGER_DAYS } from '../../../src/store/delivery/ledger.ts';
import type { OpenProcesses, Processes } from './processes.ts';
import { add, delivery, NOW, read, storeBody } from './rows.ts';
import { DAY, HOUR } from '../../../src/base/clock.ts';

const settled = { not_before: null, settled_at: NOW };

export function ledgerContract(open: OpenProcesses): void {
  let processes: Processes;
  beforeEach(async () => {
    processes = await open();
  });
  afterEach(() => processes.close());

  it('counts every delivery in exactly one state, with reasons', async () => {
    const [database] = processes.all;
    await add(
      database,
      delivery('a', { state: 'sent', ...settled }),
      delivery('b', { state: 'sent', reason: 'found', ...settled }),
      delivery('c', { state: 'skipped', reason: 'missed', ...settled }),
      delivery('d', { state: 'dead', reason: '50035', ...settled }),
      delivery('e', { reason: 'tried before' }),
      delivery('f', { state: 'sending' }),
      delivery('g', { state: 'ambiguous', doubt: 1 }),
    );
    expect(await createDeliveryLedger(database).totals()).toEqual({
      due: 7,
      sent: 2,
      skipped: 1,
      dead: 1,
      pending: 2,
      ambiguous: 1,
      gap: 0,
      reasons: { 'sent:found': 1, 'skipped:missed': 1, 'dead:50035': 1 },
    });
  });

  it('a high-water mark that is no number is as none, and rises again', async () => {
    const [one] = processes.all;
    await createDeliveryLedger(one).raiseHighWater(NOW);
    await one.sql.updateTable('meta').set({ value: '{broken' }).where('key', '=', HIGH_WATER).execute();
    expect(await createDeliveryLedger(one).highWater()).toBe(0);
    await createDeliveryLedger(one).raiseHighWater(NOW - 1);
    expect(await createDeliveryLedger(one).highWater()).toBe(NOW - 1);
  });

  it('raises the high-water mark and never lowers it', async () => {
    const [one, two] = processes.all;
    expect(await createDeliveryLedger(one).highWater()).toBe(0);
    await createDeliveryLedger(one).raiseHighWater(NOW);
    await createDeliveryLedger(two).raiseHighWater(NOW - 1);
    await createDeliveryLedger(two).raiseHighWater(999); // as text it would be larger
    expect(await createDeliveryLedger(one).highWater()).toBe(NOW);
  });

  it('skips what a lost future may have posted', async () => {
    const [database] = processes.all;
    await add(database, delivery('old', { due_at: NOW - 1 }), delivery('new', { due_at: NOW + 1 }));
    expect(await createDeliveryLedger(database).skipOpenDueUntil(NOW, 'restore', NOW)).toBe(1);
    expect(await read(database, 'old:once')).toMatchObject({ state: 'skipped', reason: 'restore', not_before: null });
    expect((await read(database, 'new:once')).state).toBe('pending');
  });

  it('takes back what lies ahead again and was never tried, of one kind only', async () => {
    const [database] = processes.all;
    const ahead = { due_at: NOW + 1 };
    await add(
      database,
      delivery('ahead', ahead),
      delivery('missed', { ...ahead, state: 'skipped', ...settled }),
      delivery('refused', { ...ahead, attempt: 1 }), // surely not posted either
      delivery('tried', { ...ahead, attempt: 1, doubt: 1, state: 'ambiguous' }),
      delivery('sent', { ...ahead, state: 'sent', ...settled }),
      delivery('other', { ...ahead, kind: 'other' }),
      delivery('due'),
    );
    const taken = await createDeliveryLedger(database).takeBackFuture('digest', NOW);
    expect([...taken].sort()).toEqual(['ahead', 'missed', 'refused']);
    const left = await database.sql.selectFrom('delivery').select('subscription_id').orderBy('id').execute();
    expect(left.map((row) => row.subscription_id)).toEqual(['due', 'other', 'sent', 'tried']);
  });

  it('a row that waits longer than any wait is due now, all others wait on', async () => {
    const [database] = processes.all;
    await add(
      database,
      delivery('long', { not_before: NOW + 2 * HOUR }),
      delivery('doubt', { not_before: NOW + 2 * HOUR, state: 'ambiguous', doubt: 1 }),
      delivery('claimed', { not_before: NOW + 2 * HOUR, state: 'sending' }),
      delivery('usual', { not_before: NOW + HOUR }),
      delivery('ahead', { due_at: NOW + 1, not_before: NOW + 2 * HOUR }),
      delivery('sent', { state: 'sent', ...settled }),
    );
    await createDeliveryLedger(database).shortenWaits(NOW);
    const rows = await database.sql.selectFrom('delivery').select(['subscription_id', 'not_before']).execute();
    expect(Object.fromEntries(rows.map((row) => [row.subscription_id, row.not_before]))).toEqual({
      long: NOW,
      doubt: NOW,
      claimed: NOW, // by a process that could not give it back
      usual: NOW + HOUR,
      ahead: NOW + 2 * HOUR,
      sent: null,
    });
  });

  it('stores equal bodies once, and removes old rows and bodies that no open row needs', async () => {
    const [database, other] = processes.all;
    const bodies = createBodies(database);
    const used = await storeBody(database, '{"used":true}', NOW - 2 * HOUR);
    const unused = await storeBody(database, '{"used":false}', NOW - 2 * HOUR);
    expect(await storeBody(other, '{"used":true}', NOW - 2 * HOUR)).toBe(used);
    const young = await storeBody(database, '{"young":true}', NOW);
    const ahead = await storeBody(database, '{"ahead":true}', NOW + 400 * DAY);
    const past = NOW - (LEDGER_DAYS + 1) * DAY;
    await add(
      database,
      delivery('open', { body_id: used, due_at: past }),
      delivery('past', { state: 'sent', ...settled, due_at: past, body_id: unused }),
      delivery('recent', { state: 'sent', ...settled, body_id: unused }),
    );
    await createDeliveryLedger(database).purge(NOW);
    expect(await bodies.load(used)).toEqual({ json: '{"used":true}', at: NOW - 2 * HOUR });
    expect(await bodies.load(young)).not.toBeNull();
    expect(await bodies.load(unused)).toBeNull();
    expect(await bodies.load(ahead)).toBeNull(); // written by a clock that was ahead: it would be young for a year
    const left = await database.sql.selectFrom('delivery').select('subscription_id').orderBy('id').execute();
    expect(left.map((row) => row.subscription_id)).toEqual(['open', 'recent']);
  });

  it('forgets early to whom a direct message went, once nothing is in doubt about it', async () => {
    const [database] = processes.all;
    const past = NOW - (DIRECT_DAYS + 1) * DAY;
    const direct = { channel: 'user:u1', due_at: past };
    await add(
      database,
      delivery('channel', { state: 'sent', ...settled, due_at: past }),
      delivery('open', direct),
      delivery('sent', { ...direct, state: 'sent', ...settled }),
      delivery('unclear', { ...direct, state: 'ambiguous', ...settled }),
      delivery('young', { ...direct, state: 'sent', ...settled, due_at: NOW - DAY }),
      delivery('zz-of-a-clock-ahead', { ...direct, state: 'sent', ...settled, due_at: NOW + 400 * DAY }),
    );
    await createDeliveryLedger(database).purge(NOW);
    const left = await database.sql.selectFrom('delivery').select('channel').orderBy('id').execute();
    expect(left.map((row) => row.channel)).toEqual(['c1', 'user:u1', 'user:', 'user:', 'user:u1', 'user:']);
  });

  it('ends what nobody looks for any more on platforms that are gone', async () => {
    const [database] = processes.all;
    const old = { state: 'ambiguous', doubt: 1, expires_at: NOW - 1 } as const;
    const slack = { ...old, platform: 'slack' };
    await add(
      database,
      delivery('here', old),
      delivery('there', slack),
      delivery('young', { ...slack, expires_at: NOW }),
    );
    const { endAbandoned } = createDeliveryLedger(database);
    expect(await endAbandoned(['discord', 'terminal'], NOW, NOW)).toBe(1);
    expect(await read(database, 'there:once')).toMatchObject({ reason: 'unclear', not_before: null, settled_at: NOW });
    expect(await endAbandoned([], NOW, NOW)).toBe(1);
  });

  it('remembers messages that are still to be taken away', async () => {
    const [database] = processes.all;
    const { pendingRemovals, removed } = createDeliveryLedger(database);
    await add(database, delivery('a', { state: 'sent', ...settled, removes: 'm1' }), delivery('b'));
    const expected = { id: 'a:once', tenant: 't1', channel: 'c1', removes: 'm1' };
    expect(await pendingRemovals('discord', 10)).toEqual([expected]);
    expect(await pendingRemovals('slack', 10)).toEqual([]);
    await removed('a:once');
    expect(await pendingRemovals('discord', 10)).toEqual([]);
  });
}

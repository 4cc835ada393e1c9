// The two writes of a post on every engine: "about to" only under both leases, "sent" together with what the owner keeps.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJournal } from '../../../src/store/delivery/journal.ts';
import { createLeases, type Lease } from '../../../src/store/delivery/leases.ts';
import type { DeliveryRow } from '../../../src/store/delivery/deliveries.ts';
import type { OpenProcesses, Processes } from './processes.ts';
import { add, claimAll, delivery, LEASE_MS, NOW, read } from './rows.ts';

const clock = { now: () => NOW, sleep: () => Promise.resolve() };
const keepsNothing = { sent: () => Promise.resolve(null) };
const BODY = { id: 'b1', json: () => '{}' };
const SENT = { messageId: 'm2', at: NOW, reason: null };

export function journalContract(open: OpenProcesses): void {
  let processes: Processes;
  let leases: ReturnType<typeof createLeases>;
  let lease: Lease;
  let row: DeliveryRow;
  beforeEach(async () => {
    processes = await open();
    const [database] = processes.all;
    leases = createLeases(database, clock.now);
    const taken = await leases.take('sender:discord', 'p1', LEASE_MS);
    if (taken === null) throw new Error('no lease');
    lease = taken;
    await add(database, delivery('a'));
    const [claimed] = await claimAll(database, lease);
    if (claimed === undefined) throw new Error('nothing claimed');
    row = claimed;
  });
  afterEach(async () => {
    leases.close();
    await processes.close();
  });

  it('marks the attempt before a post, and keeps the time of the first one', async () => {
    const [database] = processes.all;
    const { begin } = createJournal(database, clock);
    expect(await begin(row, { lease, at: NOW + 1, marginMs: 10, leaveMs: 5, body: BODY })).toBe(true);
    const marked = { doubt: 1, attempt: 1, first_attempt_at: NOW + 1, body_id: 'b1' };
    expect(await read(database, row.id)).toMatchObject(marked);
    expect(await begin(row, { lease, at: NOW + 2, marginMs: 10, leaveMs: 5, body: BODY })).toBe(true);
    expect(await read(database, row.id)).toMatchObject({ ...marked, attempt: 2 });
  });

  it.each<[string, { marginMs?: number; leaveMs?: number; fence?: number; released?: boolean }]>([
    ['the lease of the row is nearly over', { marginMs: LEASE_MS }],
    ['the lease of the platform ends before the post may leave', { leaveMs: LEASE_MS }],
    ['somebody else sends', { fence: 7 }],
    ['the lease of the platform was given back', { released: true }],
  ])('lets nothing be posted when %s', async (_why, { marginMs = 10, leaveMs = 5, fence, released }) => {
    const [database] = processes.all;
    if (released === true) await leases.release(lease);
    const used = fence === undefined ? lease : { ...lease, fence };
    expect(
      await createJournal(database, clock).begin(row, { lease: used, at: NOW, marginMs, leaveMs, body: BODY }),
    ).toBe(false);
    expect(await read(database, row.id)).toMatchObject({ doubt: 0, attempt: 0, body_id: null });
  });

  it('keeps a success and what the owner writes together, or neither', async () => {
    const [database] = processes.all;
    const { sent } = createJournal(database, clock);
    const fails = {
      async sent(transaction: Parameters<Parameters<typeof sent>[2]['sent']>[0]): Promise<string | null> {
        await transaction.insertInto('meta').values({ key: 'owner', value: 'kept' }).execute();
        throw new Error('the disk is full');
      },
    };
    await expect(sent(row, SENT, fails)).rejects.toThrow('full');
    expect((await read(database, row.id)).state).toBe('sending');
    expect(await database.sql.selectFrom('meta').selectAll().execute()).toEqual([]);
  });

  it('records a success once, whoever holds the row by now, with the message that goes away', async () => {
    const [database, other] = processes.all;
    const replaces = { sent: () => Promise.resolve('m1') };
    expect(await createJournal(other, clock).sent({ ...row, fence: 99 }, SENT, replaces)).toBe('m1');
    expect(await read(database, row.id)).toMatchObject({ state: 'sent', doubt: 0, message_id: 'm2', removes: 'm1' });
    expect(await createJournal(database, clock).sent(row, { ...SENT, messageId: 'm3' }, replaces)).toBeNull();
    expect(await read(database, row.id)).toMatchObject({ message_id: 'm2', not_before: null, settled_at: NOW });
  });

  it('tells nobody of a success before it is on disk', async () => {
    const [database, other] = processes.all;
    await createJournal(database, clock).sent(row, SENT, keepsNothing);
    expect((await read(other, row.id)).state).toBe('sent');
  });
}

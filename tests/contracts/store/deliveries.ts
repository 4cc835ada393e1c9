// Deliveries on every engine: added once, claimed by one, changed only by their claimer.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realRandom } from '../../../src/base/hash.ts';
import { addDelivery, createDeliveries } from '../../../src/store/delivery/deliveries.ts';
import type { OpenProcesses, Processes } from './processes.ts';
import { add, claimAll, delivery, LEASE_MS, NOW, read } from './rows.ts';

/** Which kinds are found fast changes nothing about who is claimed. */
const KNOWN_KINDS = [{ kinds: [] }, { kinds: ['alert'] }, { kinds: ['digest', 'alert', 'none'] }];
const lease = (fence: number, owner = `p${fence}`) => ({ name: 'sender:discord', owner, fence });

export function deliveriesContract(open: OpenProcesses): void {
  let processes: Processes;
  beforeEach(async () => {
    processes = await open();
  });
  afterEach(() => processes.close());

  it('adds one for each occurrence of an owner, whoever adds it', async () => {
    const added = await Promise.all(processes.all.map((database) => addDelivery(database, delivery('a'))));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await addDelivery(processes.all[0], delivery('a', { id: 'another id' }))).toBe(false);
    expect(await addDelivery(processes.all[0], delivery('a', { id: 'a:twice', occurrence: 'twice' }))).toBe(true);
  });

  it('adds nothing when the transaction around it fails', async () => {
    const [database] = processes.all;
    const failing = database.sql.transaction().execute(async (transaction) => {
      await addDelivery({ sql: transaction }, delivery('a'));
      throw new Error('the owner could not be written');
    });
    await expect(failing).rejects.toThrow('owner');
    expect(await addDelivery(database, delivery('a'))).toBe(true);
  });

  it.each(KNOWN_KINDS)(
    'claims of every tenant and kind in turn, so that nobody waits for the many of another; known kinds: $kinds',
    async ({ kinds }) => {
      const [database] = processes.all;
      const { claim } = createDeliveries(database, realRandom, kinds);
      const many = (tenant: string, kind: string, count: number, priority: number) =>
        Array.from({ length: count }, (_, index) =>
          delivery(`${tenant}-${kind}-${index}`, { tenant, kind, priority, shuffle: index }),
        );
      await add(
        database,
        ...many('big', 'alert', 60, 0),
        ...many('big', 'digest', 20, 1),
        ...many('small', 'digest', 2, 1),
        ...many('tiny', 'alert', 1, 0),
      );
      const take = async (limit: number) =>
        (await claim({ platform: 'discord' }, { lease: lease(1), now: NOW, leaseMs: LEASE_MS, limit }))
          .map((row) => `${row.tenant} ${row.kind}`)
          .toSorted();
      expect(await take(4)).toEqual(['big alert', 'big digest', 'small digest', 'tiny alert']);
      expect(await take(3)).toEqual(['big alert', 'big digest', 'small digest']);
      expect(await take(4)).toEqual(['big alert', 'big alert', 'big digest', 'big digest']);
    },
  );

  it.each(KNOWN_KINDS)(
    'begins with another of those that wait equally long, by the lot that it draws; known kinds: $kinds',
    async ({ kinds }) => {
      const [database] = processes.all;
      const lots = ['a', 'b', 'c'].map((tenant, index) => delivery(tenant, { tenant, shuffle: 1000 + index }));
      await add(database, ...lots);
      const firstBy = async (lot: number) => {
        const { claim, change } = createDeliveries(database, () => lot, kinds);
        const [row] = await claim({ platform: 'discord' }, { lease: lease(1), now: NOW, leaseMs: LEASE_MS, limit: 1 });
        if (row !== undefined) await change(row, lease(1), { state: 'pending', not_before: NOW });
        return row?.tenant;
      };
      const before = (shuffle: number) => 1 - shuffle / 2_147_483_647;
      expect(await firstBy(0)).toBe('a');
      expect(await firstBy(before(1000.5))).toBe('b');
      expect(await firstBy(before(1001.5))).toBe('c');
    },
  );

  it.each(KNOWN_KINDS)(
    'claims by priority, then by time, then by lot; only what is due, of one platform or one tenant; known kinds: $kinds',
    async ({ kinds }) => {
      const [database] = processes.all;
      const { claim, claimOf, tenantsDue } = createDeliveries(database, realRandom, kinds);
      await add(
        database,
        delivery('late', { shuffle: 2 }),
        delivery('lucky', { shuffle: 1 }),
        delivery('early', { not_before: NOW - 5, shuffle: 3 }),
        delivery('urgent', { priority: 0, shuffle: 9 }),
        delivery('future', { not_before: NOW + 1 }),
        delivery('elsewhere', { platform: 'slack', tenant: 't2' }),
        delivery('beside', { platform: 'slack', tenant: 't3' }),
        delivery('done', { state: 'sent', not_before: null }),
      );
      const order: string[] = [];
      for (let round = 0; round < 5; round++) {
        const rows = await claim({ platform: 'discord' }, { lease: lease(1), now: NOW, leaseMs: LEASE_MS, limit: 1 });
        order.push(...rows.map((row) => row.subscription_id));
      }
      expect(order).toEqual(['urgent', 'early', 'lucky', 'late']);
      const due = async (most: number, ...except: string[]) =>
        (await tenantsDue('slack', { now: NOW, most, except })).toSorted();
      expect(await due(9)).toEqual(['t2', 't3']);
      expect(await due(9, 't2')).toEqual(['t3']);
      expect(await due(1)).toHaveLength(1);
      const mine = await claimOf(
        { platform: 'slack', tenants: ['t3'] },
        { lease: lease(1), now: NOW, leaseMs: LEASE_MS, limit: 9 },
      );
      expect(mine.map((row) => row.subscription_id)).toEqual(['beside']);
    },
  );

  it('claims for several tenants in one write: of each as many as it may have, its kinds in turn, of nobody else', async () => {
    const [database] = processes.all;
    const { claimOf } = createDeliveries(database);
    const many = (tenant: string, kind: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        delivery(`${tenant}-${kind}-${index}`, { tenant, kind, platform: 'slack', priority: kind === 'alert' ? 0 : 1 }),
      );
    await add(database, ...many('a', 'alert', 5), ...many('a', 'digest', 3), ...many('b', 'digest', 1));
    await add(
      database,
      ...many('other', 'digest', 4),
      delivery('later', { tenant: 'b', platform: 'slack', not_before: NOW + 1 }),
    );
    const options = { lease: lease(1), now: NOW, leaseMs: LEASE_MS, limit: 4 };
    const take = async (...tenants: string[]) =>
      (await claimOf({ platform: 'slack', tenants }, options)).map((row) => `${row.tenant} ${row.kind}`).toSorted();
    expect(await take('a', 'b', 'nobody')).toEqual(['a alert', 'a alert', 'a digest', 'a digest', 'b digest']);
    expect(await take('a', 'b')).toEqual(['a alert', 'a alert', 'a alert', 'a digest']);
    expect(await take()).toEqual([]);
  });

  it('gives each row to one of three processes that claim at the same time', async () => {
    await add(processes.all[0], ...Array.from({ length: 30 }, (_, index) => delivery(`o${index}`)));
    const claimed = await Promise.all(processes.all.map((database, index) => claimAll(database, lease(index + 1))));
    const ids = claimed.flat().map((row) => row.id);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it('lets only the claimer change a row; what an earlier holder left is freed, or in doubt when its post may have been made', async () => {
    const [database, other] = processes.all;
    const { change } = createDeliveries(database);
    await add(database, delivery('a'), delivery('b'));
    const [a, b] = (await claimAll(database, lease(1))).toSorted((x, y) => x.id.localeCompare(y.id));
    if (a === undefined || b === undefined) throw new Error('nothing claimed');
    expect(await change(a, lease(2), { reason: 'stolen' })).toBe(false);
    expect(await change(a, lease(1), { doubt: 1 })).toBe(true);
    expect(await createDeliveries(other).recover(lease(2), 'discord', NOW)).toBe(2);
    expect(await read(database, a.id)).toMatchObject({ state: 'ambiguous', not_before: NOW, lease_owner: null });
    expect(await read(database, b.id)).toMatchObject({ state: 'pending', not_before: NOW });
    expect(await change(a, lease(1), { reason: 'too late' })).toBe(false);
    expect(await claimAll(other, lease(2))).toHaveLength(2);
  });

  it('knows its own former life by the fence', async () => {
    const [database] = processes.all;
    const { change, recover } = createDeliveries(database);
    await add(database, delivery('a'));
    const [before] = await claimAll(database, lease(1, 'p1'));
    if (before === undefined) throw new Error('nothing claimed');
    await recover(lease(2, 'p1'), 'discord', NOW);
    await claimAll(database, lease(2, 'p1'));
    expect(await change(before, lease(1, 'p1'), { reason: 'slept too long' })).toBe(false);
    expect(await change(before, lease(2, 'p1'), { reason: 'awake' })).toBe(true);
  });

  it('offers a row again when its lease is over', async () => {
    const [database] = processes.all;
    await add(database, delivery('a'));
    expect(await claimAll(database, lease(1))).toHaveLength(1);
    expect(await claimAll(database, lease(1), 'discord', NOW + LEASE_MS - 1)).toHaveLength(0);
    expect(await claimAll(database, lease(1), 'discord', NOW + LEASE_MS)).toHaveLength(1);
  });

  it('ends what was never tried when its time is over or its owner stops, and nothing else', async () => {
    const [database] = processes.all;
    const { drop, expire } = createDeliveries(database);
    const over = { expires_at: NOW - 1 };
    await add(
      database,
      delivery('over', over),
      delivery('in-time'),
      delivery('doubtful', { ...over, state: 'ambiguous', doubt: 1 }),
      delivery('stopped'),
      delivery('stopped-doubtful', { state: 'ambiguous', doubt: 1 }),
    );
    expect(await expire(NOW)).toBe(1);
    await drop(['stopped', 'stopped-doubtful'], 'deleted', NOW);
    await drop([], 'deleted', NOW);
    expect(await read(database, 'over:once')).toMatchObject({ state: 'skipped', reason: 'expired', not_before: null });
    expect(await read(database, 'stopped:once')).toMatchObject({
      state: 'skipped',
      reason: 'deleted',
      not_before: null,
    });
    for (const id of ['doubtful:once', 'stopped-doubtful:once', 'in-time:once'])
      expect((await read(database, id)).not_before).toBe(NOW);
  });
}

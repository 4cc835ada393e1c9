// Alerts as several processes manage them, on every engine: numbers of the list last seen, room for one more, no twins.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Alerts } from '../../../src/alerts/alerts.ts';
import { createAlertStore } from '../../../src/store/alerts/alerts.ts';
import { ENDED_PAUSED } from '../../../src/store/alerts/clock-back.ts';
import { openRoom } from '../../alerts/room.ts';
import { ASKER, wish } from '../../alerts/stage.ts';
import type { OpenProcesses, Processes } from './processes.ts';
import { createPersonalData } from '../../../src/store/privacy/personal-data.ts';
import { createJournal } from '../../../src/store/delivery/journal.ts';
import { addDelivery } from '../../../src/store/delivery/deliveries.ts';
import { add, delivery, NOW, storeBody } from './rows.ts';

const DIRECT = { ...ASKER, tenant: '-', channel: '-' };

export function alertsContract(open: OpenProcesses): void {
  let processes: Processes;
  let one: Alerts;
  let other: Alerts;
  beforeEach(async () => {
    processes = await open();
    const said = () => ({ price: 280 });
    const [first, second] = processes.all.map((database) => openRoom(database, { now: () => NOW, said }).alerts);
    if (first === undefined || second === undefined) throw new Error('too few processes');
    [one, other] = [first, second];
  });
  afterEach(() => processes.close());
  const above = (price: number, change = {}) => wish({ condition: { kind: 'above', price }, ...change });
  const codeOf = async (made: Promise<unknown>) =>
    await made.then(
      () => 'made',
      (error: unknown) => (error as { code?: string }).code,
    );

  it('a number means the line of the list that was seen last, whatever was deleted since', async () => {
    const ids: string[] = [];
    for (const price of [300, 310, 320]) ids.push((await one.create(above(price), ASKER)).alert.id);
    expect(await codeOf(one.find('2', ASKER, false))).toBe('which-alert');
    await one.shown(ASKER, ids);
    await other.remove(ids[0] ?? '', ASKER);
    expect((await other.find('2', ASKER, false)).id).toBe(ids[1]);
    expect(await codeOf(other.find('1', ASKER, false))).toBe('no-alert');
    expect(await codeOf(other.find('4', ASKER, false))).toBe('which-alert');
    expect(await codeOf(other.find('2', { ...ASKER, channel: 'c2' }, false))).toBe('which-alert');
  });

  it.each([
    ['in a server', ASKER],
    ['in direct messages', DIRECT],
  ])('a press that two processes take at once makes one alert %s', async (_, asker) => {
    for (const price of [300, 310, 320, 330, 340]) {
      const made = [one, other, one, other].map((alerts) => codeOf(alerts.create(above(price), asker)));
      expect(counts(await Promise.all(made))).toEqual({ made: 1, 'same-alert': 3 });
    }
    expect(await one.list(asker)).toHaveLength(5);
  });

  it('the last free place is taken once', async () => {
    for (let count = 0; count < 24; count++) await one.create(above(300 + count * 5), ASKER);
    const made = [one, other, one, other].map((alerts, index) => codeOf(alerts.create(above(600 + index * 5), ASKER)));
    expect(counts(await Promise.all(made))).toEqual({ made: 1, quota: 3 });
  });

  it('a change that was decided on an older state is not made, nor what goes with it', async () => {
    const id = (await one.create(above(300), ASKER)).alert.id;
    const stores = processes.all.map((database) => createAlertStore(database));
    const row = await stores[0]?.get(id);
    if (row == null) throw new Error('no row');
    const crossed = (nth: number) =>
      ({ id: `${id}:${nth}`, alert_id: id, occurrence: null, kind: 'crossed', at: NOW, value: '1' }) as const;
    const applied = await Promise.all(
      stores.map((store, nth) => store.apply([{ row, patch: { crossings: nth + 1 }, event: crossed(nth) }], NOW)),
    );
    expect(applied.flatMap((ids) => [...ids])).toEqual([id]);
    expect(await stores[0]?.eventsOf([id], 10)).toHaveLength(1);
  });

  it('two processes that judge one reading at once, each in an order of its own, write each change once', async () => {
    for (let count = 0; count < 20; count++) await one.create(above(300 + count * 5), ASKER);
    const [first, second] = processes.all.map((database) => createAlertStore(database));
    if (first === undefined || second === undefined) throw new Error('too few processes');
    for (let crossings = 1; crossings <= 5; crossings++) {
      const rows = await first.ownedBy({ ...ASKER, owner: ASKER.userId }, 100);
      const steps = rows.map((row) => ({ row, patch: { crossings } }));
      const marks = rows.map(({ id }) => ({ target: id, at: NOW, json: '{}' }));
      const [ids, others] = await Promise.all([
        first.apply(steps, NOW),
        second.apply(steps.toReversed(), NOW),
        first.setMarks(marks),
        second.setMarks(marks.toReversed()),
      ]);
      expect(ids.size + others.size).toBe(20);
    }
  });

  it('messages are marked as told while a reading changes the same alerts: neither waits for the other', async () => {
    for (let count = 0; count < 20; count++) await one.create(above(300 + count * 5), ASKER);
    const [database, telling] = processes.all;
    const store = createAlertStore(database);
    const journal = createJournal(telling, { now: () => NOW, sleep: (ms) => new Promise((go) => setTimeout(go, ms)) });
    const { kindOf } = openRoom(telling, { now: () => NOW, said: () => undefined });
    for (let crossings = 1; crossings <= 5; crossings++) {
      const rows = await store.ownedBy({ ...ASKER, owner: ASKER.userId }, 100);
      const messages = rows
        .toReversed()
        .map(({ id }) => delivery(id, { kind: 'alert', id: `${id}:c${crossings}`, occurrence: `c${crossings}` }));
      await add(database, ...messages);
      const marked = messages.map(
        async (row) => await journal.sent(row, { messageId: 'm', at: NOW, reason: null }, kindOf),
      );
      await new Promise((go) => setTimeout(go, 50));
      const changed = await store.apply(
        rows.toReversed().map((row) => ({ row, patch: { crossings } })),
        NOW,
      );
      expect(changed.size).toBe(20);
      expect(await Promise.allSettled(marked)).toEqual(marked.map(() => ({ status: 'fulfilled', value: null })));
    }
  });

  it.each(['by its owner', 'with all that is known of the person'])(
    'one that is deleted %s while another process tells it leaves nothing behind',
    async (whose) => {
      const [database, telling] = processes.all;
      const id = (await one.create(above(300), ASKER)).alert.id;
      const message = (ownerId: string, occurrence: string) =>
        delivery(ownerId, { kind: 'alert', id: `${ownerId}:${occurrence}`, occurrence, channel: 'user:u1' });
      await add(database, message(id, 'c1'));
      await storeBody(telling, '"names u1"', NOW);
      const [started, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const told = telling.sql.transaction().execute(async (transaction) => {
        await transaction.updateTable('alert').set({ crossings: 2 }).where('id', '=', id).execute();
        const body = transaction.selectFrom('body').select('id');
        await transaction.updateTable('delivery').set({ body_id: body }).where('subscription_id', '=', id).execute();
        started.resolve();
        await go.promise;
        const event = { id: `${id}:c2`, alert_id: id, occurrence: 'c2', kind: 'crossed', at: NOW, value: '1' } as const;
        await transaction.insertInto('alert_event').values(event).execute();
        await addDelivery({ sql: transaction }, message(id, 'c2'));
      });
      await started.promise;
      const person = { platform: ASKER.platform, tenant: ASKER.tenant, userId: ASKER.userId };
      const gone = whose === 'by its owner' ? one.remove(id, ASKER) : createPersonalData(database).forget(person);
      await new Promise((resolve) => setTimeout(resolve, 200));
      go.resolve();
      await Promise.all([told, gone]);
      for (const table of ['alert', 'alert_event', 'delivery', 'body'] as const)
        expect([table, await database.sql.selectFrom(table).selectAll().execute()]).toEqual([table, []]);
    },
  );

  it('a clock that is set back leaves nothing ahead, and wakes what ended too early', async () => {
    const [database] = processes.all;
    if (database === undefined) throw new Error('no process');
    const kinds = ['made', 'snoozed', 'ended', 'paused'] as const;
    const ids = await Promise.all(
      kinds.map(async (_, nth) => (await one.create(above(300 + nth * 5), ASKER)).alert.id),
    );
    const ahead = NOW + 1_000_000;
    const patches = {
      made: { created_at: ahead, expires_at: ahead + 500, changed_at: ahead },
      snoozed: { snoozed_until: ahead + 700, changed_at: ahead },
      ended: { status: 'expired' },
      paused: { status: 'expired', last_error: ENDED_PAUSED },
    } as const;
    for (const [nth, kind] of kinds.entries())
      await database.sql
        .updateTable('alert')
        .set(patches[kind])
        .where('id', '=', ids[nth] ?? '')
        .execute();
    await createAlertStore(database).clockWentBack({ kind: 'alert', now: NOW, latest: NOW + 2e9 });
    const rows = await Promise.all(ids.map((id) => createAlertStore(database).get(id)));
    expect(rows[0]).toMatchObject({ created_at: NOW, expires_at: NOW + 500, changed_at: NOW });
    expect(rows[1]).toMatchObject({ snoozed_until: NOW + 700, changed_at: NOW, expires_at: NOW + 2e9 });
    expect(rows.map((row) => row?.status)).toEqual(['active', 'active', 'active', 'paused']);
  });
}

function counts(codes: readonly (string | undefined)[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const code of codes) found[code ?? 'other'] = (found[code ?? 'other'] ?? 0) + 1;
  return found;
}

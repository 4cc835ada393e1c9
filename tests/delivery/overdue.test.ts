// Overdue posts are told by any live process, from the database: also while the process that holds the lease is stopped.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { addDelivery, createDeliveries } from '../../src/store/delivery/deliveries.ts';
import { createLeases } from '../../src/store/delivery/leases.ts';
import { deliveryRow } from '../../src/delivery/port.ts';
import { overdueGauges } from '../../src/wiring/health/overdue-gauges.ts';
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts';
import { sqliteFile } from './stage.ts';
import { HOUR, MINUTE } from '../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  it('rise while a stopped process holds the lease, whatever it had claimed, and fall when posts are settled', async () => {
    const file = sqliteFile();
    const url = engine === 'sqlite' ? file.url : await postgres.fresh();
    const holder = await openDatabase(url);
    const leases = createLeases(holder, () => NINE);
    const lease = await leases.take('sender:discord', 'the-holder', 15_000);
    if (lease === null) throw new Error('no lease');
    const place = { platform: 'discord', tenant: 't1', channel: 'c1' };
    for (const [occurrence, dueAt] of [
      ['one', NINE],
      ['two', NINE],
      ['three', NINE + 2 * MINUTE],
    ] as const) {
      const when = { occurrence, dueAt, expiresAt: dueAt + 3 * HOUR, priority: 0 };
      await addDelivery(holder, deliveryRow({ kind: 'digest', ownerId: 's1', ...place, ...when }));
    }
    const deliveries = createDeliveries(holder);
    const [claimed] = await deliveries.claim({ platform: 'discord' }, { lease, now: NINE, leaseMs: MINUTE, limit: 1 });
    if (claimed === undefined) throw new Error('nothing claimed');
    // From here on the holder is stopped: it does nothing more, and keeps what it has.

    const other = await openDatabase(url);
    const read = async (now: number) => (await overdueGauges(other, now)).map(({ name, value }) => [name, value]);
    const figures = (count: number, seconds: number) => [
      ['taobot_deliveries_overdue', count],
      ['taobot_deliveries_oldest_overdue_seconds', seconds],
    ];
    expect(await read(NINE + MINUTE)).toEqual(figures(0, 0)); // a minute is no lateness
    expect(await read(NINE + 90_000)).toEqual(figures(2, 90));
    expect(await read(NINE + 10 * MINUTE)).toEqual(figures(3, 600));

    // One whose channel seems to be gone is looked at again after an hour.
    await other.sql
      .updateTable('delivery')
      .set({ not_before: NINE + HOUR })
      .where('occurrence', '=', 'three')
      .execute();
    expect(await read(NINE + 10 * MINUTE)).toEqual(figures(2, 600));

    const settled = { state: 'sent', not_before: null, settled_at: NINE + 10 * MINUTE } as const;
    await deliveries.change(claimed, lease, settled);
    expect(await read(NINE + 10 * MINUTE)).toEqual(figures(1, 600));
    await other.sql.updateTable('delivery').set(settled).execute();
    expect(await read(NINE + 20 * MINUTE)).toEqual(figures(0, 0));
    await other.close();
    expect(await overdueGauges(other, NINE)).toEqual([]);
    leases.close();
    await holder.close();
    file.remove();
  });
});

it('reads open posts by their index, at most ten thousand, and never the history', async () => {
  const database = await openDatabase('sqlite::memory:');
  const rows = (state: 'sent' | 'pending', many: number) => sql`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many})
    INSERT INTO delivery (id, subscription_id, occurrence, kind, platform, tenant, channel, state, due_at, not_before, expires_at,
      late, attempt, resent, doubt, fence, priority, shuffle)
    SELECT ${state} || i, 's', ${state} || i, 'digest', 'discord', 't', 'c', ${state}, ${NINE}, ${state === 'sent' ? null : NINE}, ${NINE}, 0, 0, 0, 0, 0, 0, 0 FROM n`;
  await rows('pending', 12_000).execute(database.sql);
  await rows('sent', 5000).execute(database.sql);
  const [count] = await overdueGauges(database, NINE + HOUR);
  expect(count?.value).toBe(10_000);
  const plan = await sql<{ detail: string }>`EXPLAIN QUERY PLAN SELECT count(*), min(due_at) FROM
    (SELECT due_at FROM delivery WHERE not_before <= 1 ORDER BY not_before LIMIT 10000) WHERE due_at < 1`.execute(
    database.sql,
  );
  expect(plan.rows.map(({ detail }) => detail).join('\n')).toContain('delivery_queue');
  await database.close();
});

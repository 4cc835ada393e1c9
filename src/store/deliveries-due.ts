// From "due" to "in the ledger": inserting deliveries and moving `next_at` on are one transaction, so a crash can never split the two.
import { sql } from 'kysely';
import type { Database } from './db.ts';
import type { DeliveryRow, SubscriptionRow } from './deliveries-schema.ts';

/** What a batch of due subscriptions turns into. */
export type Plan = {
  deliveries: readonly DeliveryRow[];
  advances: readonly Pick<SubscriptionRow, 'id' | 'next_at' | 'after_at' | 'last_date' | 'last_due_at'>[];
  /** Rows that cannot be computed: set aside, so that they never stop the others. */
  broken: readonly string[];
};

/** Rows per INSERT: 26 columns each, below SQLite's 32,766 parameters. */
const ROWS_PER_INSERT = 500;

/**
 * Takes up to `limit` subscriptions that are due at `now`, asks `plan` what they become, and writes it. Instances that run at the same time
 * skip each other's rows.
 * @returns how many subscriptions were handled: `limit` means there may be more
 */
export async function materialiseDue({ sql: db, engine }: Database, now: number, limit: number, plan: (rows: readonly SubscriptionRow[]) => Plan): Promise<number> {
  const due = db.selectFrom('subscription').select('id').where('next_at', '<=', now).limit(1);
  if ((await due.executeTakeFirst()) === undefined) return 0; // the idle tick: one index look-up, no transaction
  return await db.transaction().execute(async (transaction) => {
    const query = transaction.selectFrom('subscription').selectAll().where('next_at', '<=', now).orderBy('next_at').limit(limit);
    const rows = await (engine === 'postgres' ? query.forUpdate().skipLocked() : query).execute();
    if (rows.length === 0) return 0;
    const { deliveries, advances, broken } = plan(rows);
    for (let from = 0; from < deliveries.length; from += ROWS_PER_INSERT) {
      const part = deliveries.slice(from, from + ROWS_PER_INSERT);
      await transaction.insertInto('delivery').values([...part]).onConflict((conflict) => conflict.doNothing()).execute();
    }
    if (advances.length > 0) {
      const values = advances.map((row) => sql`(${row.id}, ${row.next_at}, ${row.after_at}, ${row.last_date}, ${row.last_due_at})`);
      await sql`UPDATE subscription SET next_at = CAST(v.column2 AS bigint), after_at = CAST(v.column3 AS bigint), last_date = CAST(v.column4 AS text), last_due_at = CAST(v.column5 AS bigint)
        FROM (VALUES ${sql.join(values)}) AS v WHERE subscription.id = v.column1`.execute(transaction);
    }
    if (broken.length > 0) {
      const aside = { status: 'suspended', next_at: null, last_error: 'bad-schedule', told: 0 } as const;
      await transaction.updateTable('subscription').set(aside).where('id', 'in', broken).execute();
    }
    return rows.length;
  });
}

/** Adds one delivery outside the schedule; false when the same one is there already. */
export async function addDelivery({ sql: db }: Database, row: DeliveryRow): Promise<boolean> {
  const result = await db.insertInto('delivery').values(row).onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

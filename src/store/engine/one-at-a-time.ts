// Transactions that read before they write, one after the other among all processes: what was read still holds when the row is there.
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';

/**
 * One transaction at a time of those that are about the same.
 * @param about what is counted, in words of the caller
 * @throws what `work` throws; then nothing was written
 */
export async function oneAtATime<T>(
  { sql: db, engine }: Database,
  about: string,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return await db.transaction().execute(async (transaction) => {
    // PostgreSQL: others wait here until this transaction ends. SQLite: a write, even of nothing, keeps all other writers out.
    if (engine === 'postgres') await sql`SELECT pg_advisory_xact_lock(hashtext(${about}))`.execute(transaction);
    else await transaction.updateTable('meta').set({ value: '' }).where('key', '=', '').execute();
    return await work(transaction);
  });
}

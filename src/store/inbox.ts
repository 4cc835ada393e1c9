// Events that were handled already, shared by all processes: platforms deliver some of them more than once.
import { sql } from 'kysely';
import type { Database } from './db.ts';

export type InboxStore = {
  /**
   * Marks the keys of one delivery; true when any of them was marked before, by any process. Waits for a locked database without
   * holding up the process.
   */
  seen(...keys: string[]): Promise<boolean>;
  /** Removes keys older than a week; called now and then by `seen` itself. */
  purge(): Promise<void>;
};

const KEPT_MS = 7 * 86_400_000;
const PURGE_EVERY_MS = 3_600_000;
/** SQLite waits for a lock inside the process and would hold up everything; so it is asked not to, and asked again. */
const RETRY_MS = 50;
const PATIENCE_MS = 10_000;
const BUSY_TIMEOUT_MS = 5000;

export function createInbox(database: Database, now: () => number, sleep: (ms: number) => Promise<void>): InboxStore {
  let purgedAt = now();
  const insert = async (connection: Database['sql'], keys: readonly string[]): Promise<boolean> => {
    const at = now();
    const added = await connection
      .insertInto('inbox')
      .values(keys.map((key) => ({ key, at })))
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('key')
      .execute();
    return added.length < keys.length;
  };
  const insertUnlocked = async (keys: readonly string[]): Promise<boolean> => {
    for (let waited = 0; ; waited += RETRY_MS) {
      try {
        return await database.sql.connection().execute(async (connection) => {
          await sql.raw('PRAGMA busy_timeout = 0').execute(connection);
          try {
            return await insert(connection, keys);
          } finally {
            await sql.raw(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`).execute(connection);
          }
        });
      } catch (error) {
        if (!isBusy(error) || waited >= PATIENCE_MS) throw error;
        await sleep(RETRY_MS);
      }
    }
  };
  const purge = async (): Promise<void> => {
    await database.sql
      .deleteFrom('inbox')
      .where('at', '<', now() - KEPT_MS)
      .execute();
  };
  return {
    purge,
    async seen(...given) {
      const keys = [...new Set(given)].sort(); // always in one order, so that two processes cannot wait for each other
      if (keys.length === 0) return false;
      const before = database.engine === 'sqlite' ? await insertUnlocked(keys) : await insert(database.sql, keys);
      if (now() - purgedAt > PURGE_EVERY_MS) {
        purgedAt = now();
        await purge();
      }
      return before;
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is locked|SQLITE_BUSY/i.test(error.message);
}

// Events that were handled already, shared by all processes: platforms deliver some of them more than once.
import type { Database } from '../database.ts';
import { isBusy } from '../engine/retrying-sqlite.ts';
import { DAY, HOUR } from '../../base/clock.ts';

export type InboxStore = {
  /**
   * Marks the keys of one delivery; true when any of them was marked before, by any process. Waits for a locked database without
   * holding up the process.
   */
  seen(...keys: string[]): Promise<boolean>;
  /** Removes keys older than a week; called now and then by `seen` itself. */
  purge(): Promise<void>;
};

const KEPT_MS = 7 * DAY;
const PURGE_EVERY_MS = HOUR;
/** Each attempt waits some seconds for a locked file; an event is worth two. */
const ATTEMPTS = 2;

export function createInbox(database: Database, now: () => number): InboxStore {
  let purgedAt = now();
  const insert = async (keys: readonly string[], attempt = 1): Promise<boolean> => {
    const at = now();
    try {
      const added = await database.sql
        .insertInto('inbox')
        .values(keys.map((key) => ({ key, at })))
        .onConflict((conflict) => conflict.column('key').doNothing())
        .returning('key')
        .execute();
      return added.length < keys.length;
    } catch (error) {
      if (!isBusy(error) || attempt >= ATTEMPTS) throw error;
      return await insert(keys, attempt + 1);
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
      const before = await insert(keys);
      if (now() - purgedAt > PURGE_EVERY_MS) {
        purgedAt = now();
        await purge();
      }
      return before;
    },
  };
}

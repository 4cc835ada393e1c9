// Events of all platforms that were handled already, shared by all processes: some are delivered more than once.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../database.ts';
import { inSlices, touched } from '../engine/in-slices.ts';
import { isBusy } from '../engine/retrying-sqlite.ts';
import { DAY, HOUR } from '../../base/clock.ts';

export type InboxStore = {
  /**
   * Marks the keys of one delivery; true when any of them was marked before, by any process. Waits for a locked database without
   * holding up the process. Deliveries of one turn of the event loop, and all that come while a write is under way, are written together.
   */
  seen(...keys: string[]): Promise<boolean>;
  /** Removes keys older than a week; called now and then by `seen` itself. */
  purge(): Promise<void>;
};

const KEPT_MS = 7 * DAY;
const PURGE_EVERY_MS = HOUR;
/** Each attempt waits some seconds for a locked file; an event is worth two. */
const ATTEMPTS = 2;
/** Deliveries in one statement, with a few keys each: SQLite takes 32,766 values (https://www.sqlite.org/limits.html, 9), and a turn stays short. */
const MOST_TOGETHER = 500;

type Delivery = { keys: readonly string[]; known: (before: boolean) => void; failed: (error: unknown) => void };

export function createInbox(database: Database, now: () => number): InboxStore {
  let purgedAt = now();
  const gathered: Delivery[] = [];
  let writing = false;
  /** @returns the keys that nobody had marked before */
  const insert = async (keys: readonly string[], attempt = 1): Promise<Set<string>> => {
    const at = now();
    try {
      const added = await database.sql
        .insertInto('inbox')
        .values(keys.map((key) => ({ key, at })))
        .onConflict((conflict) => conflict.column('key').doNothing())
        .returning('key')
        .execute();
      return new Set(added.map(({ key }) => key));
    } catch (error) {
      if (!isBusy(error) || attempt >= ATTEMPTS) throw error;
      return await insert(keys, attempt + 1);
    }
  };
  const write = async (deliveries: readonly Delivery[]): Promise<void> => {
    const keys = [...new Set(deliveries.flatMap((delivery) => delivery.keys))].sort(); // always in one order, so that two processes cannot wait for each other
    try {
      const added = await insert(keys);
      // What two deliveries of this turn share belongs to the one that came first.
      for (const { keys: own, known } of deliveries) known(own.filter((key) => added.delete(key)).length < own.length);
    } catch (error) {
      // Nobody asks again: where only the answer was lost, each event would be found marked, and taken for a repetition of itself.
      for (const { failed } of deliveries) failed(error);
    }
  };
  /** One write at a time: on a slow disk they would make a line that grows, while a row more costs a write next to nothing. */
  const writeGathered = async (): Promise<void> => {
    if (writing) return;
    writing = true;
    await nextTurn();
    while (gathered.length > 0) await write(gathered.splice(0, MOST_TOGETHER));
    writing = false;
  };
  const purge = async (): Promise<void> => {
    const { sql } = database;
    const old = sql
      .selectFrom('inbox')
      .select('key')
      .where('at', '<', now() - KEPT_MS);
    await inSlices(async (most) =>
      touched(await sql.deleteFrom('inbox').where('key', 'in', old.limit(most)).executeTakeFirstOrThrow()),
    );
  };
  return {
    purge,
    async seen(...given) {
      const keys = [...new Set(given)];
      if (keys.length === 0) return false;
      const { promise, resolve, reject } = Promise.withResolvers<boolean>();
      gathered.push({ keys, known: resolve, failed: reject });
      void writeGathered();
      const before = await promise;
      const since = now() - purgedAt;
      if (Math.abs(since) > PURGE_EVERY_MS) {
        purgedAt = now();
        if (Math.abs(since) < KEPT_MS) await purge(); // else the clock leapt, and everything would look old
      }
      return before;
    },
  };
}

// Reads and writes alerts; knows rows, not rules.
import type { Transaction } from 'kysely';
import type { Database } from '../database.ts';
import type { DeliveryRow } from '../delivery/tables.ts';
import { addDelivery } from '../delivery/deliveries.ts';
import type { Tables } from '../tables.ts';
import {
  type AdmissionRows,
  type AlertPlace,
  admitted,
  alertsAt,
  createAdmissionRows,
  OPEN,
  waitingFirst,
} from './admit.ts';
import { alertClockWentBack } from './clock-back.ts';
import { type AlertEvents, counted, createAlertEvents } from './events.ts';
import { inSlices, touched } from '../engine/in-slices.ts';
import { removeAlert } from './remove.ts';
import { type AlertEventRow, type AlertMarkRow, type AlertRow, IS_CLOSED } from './tables.ts';

export type { AlertEventRow, AlertMarkRow, AlertRow };

/** A change of one alert, made only while it still has the version that it was decided on, and only once where it has an event. */
export type AlertStep = {
  row: Pick<AlertRow, 'id' | 'version'>;
  patch: Partial<AlertRow>;
  /** Written with it, or not at all. */
  event?: AlertEventRow;
  delivery?: DeliveryRow;
};

export type AlertStore = AlertEvents &
  AdmissionRows & {
    /**
     * Adds a row unless `check` throws. Among all processes one row of a server, a workspace or the direct messages of a platform is checked and added at a
     * time, so what the check reads still holds when the row is there.
     */
    admit(row: AlertRow, check: (rows: AdmissionRows) => Promise<void>): Promise<void>;
    /** Applies a step that opens a closed alert again, unless `check` throws; as `admit`. @returns whether it was applied */
    reopen(
      step: { row: AlertRow; patch: Partial<AlertRow> },
      now: number,
      check: (rows: AdmissionRows) => Promise<void>,
    ): Promise<boolean>;
    get(id: string): Promise<AlertRow | null>;
    /** Those that tell in one channel: all that wait, then the newest of the others; oldest first. */
    tellingIn(place: AlertPlace & { channel: string }, most: number): Promise<AlertRow[]>;
    /** Rows of all states that changed later than `since`, or then with an id after `afterId`; in this order, so that the last one says where to go on. */
    changedSince(since: number, afterId: string, most: number): Promise<AlertRow[]>;
    /** Applies the steps whose version still holds and whose event is not on record, in one transaction. @returns ids of those that were applied */
    apply(steps: readonly AlertStep[], now: number): Promise<ReadonlySet<string>>;
    /** Deletes the alert with its events and messages. */
    remove(id: string): Promise<void>;
    /** By target after `afterTarget`. */
    marks(afterTarget: string, most: number): Promise<AlertMarkRow[]>;
    setMarks(marks: readonly AlertMarkRow[]): Promise<void>;
    /** Active and paused rows whose time is over. */
    dueToExpire(now: number, most: number): Promise<AlertRow[]>;
    /** Active rows that end before `until` and whose owner has not been told. */
    dueToWarn(until: number, now: number, most: number): Promise<AlertRow[]>;
    /** Stopped alerts that their owner has not heard of; marks them as told. */
    takeNotices(place: AlertPlace & { owner: string }): Promise<AlertRow[]>;
    /** Ids at a place (a channel, or a whole tenant). */
    idsAt(place: AlertPlace & { channel?: string }): Promise<string[]>;
    countByStatus(): Promise<ReadonlyMap<string, number>>;
    /** Stopped alerts with this in `last_error`. */
    countStopped(reason: string): Promise<number>;
    /** Puts right what lies ahead of a clock that went back: of alerts, and of their messages, which have this kind. None ends later than `latest`. */
    clockWentBack(back: { kind: string; now: number; latest: number }): Promise<void>;
    /** Removes closed alerts with their messages, whose addresses nobody needs any more, and events and marks that are older. */
    purge(closedBefore: number, eventsBefore: number): Promise<void>;
  };

const MARKS_AT_ONCE = 50;
/** Each goes with all of its messages. */
const CLOSED_AT_ONCE = 100;

export function createAlertStore(database: Database): AlertStore {
  const db = database.sql;
  const at = (place: AlertPlace) => alertsAt(db, place);
  return {
    ...createAlertEvents(db),
    ...createAdmissionRows(db),
    admit: (row, check) =>
      admitted(database, row, check, async (transaction) => {
        await transaction.insertInto('alert').values(row).execute();
      }),
    reopen: (step, now, check) =>
      admitted(database, step.row, check, (transaction) => applyStep(transaction, step, now)),
    get: async (id) => (await db.selectFrom('alert').selectAll().where('id', '=', id).executeTakeFirst()) ?? null,
    tellingIn: (place, most) => waitingFirst(at(place).where('channel', '=', place.channel), most),
    changedSince: (since, afterId, most) =>
      db
        .selectFrom('alert')
        .selectAll()
        .where((row) => row(row.refTuple('changed_at', 'id'), '>', row.tuple(since, afterId)))
        .orderBy('changed_at')
        .orderBy('id')
        .limit(most)
        .execute(),
    apply: (steps, now) =>
      db.transaction().execute(async (transaction) => {
        const applied = new Set<string>();
        const inOrder = steps.toSorted((a, b) => (a.row.id < b.row.id ? -1 : 1)); // of all processes: none waits for one that waits for it
        for (const one of inOrder) if (await applyStep(transaction, one, now)) applied.add(one.row.id);
        return applied;
      }),
    remove: (id) => db.transaction().execute((transaction) => removeAlert(transaction, id)),
    marks: (afterTarget, most) =>
      db.selectFrom('alert_mark').selectAll().where('target', '>', afterTarget).orderBy('target').limit(most).execute(),
    async setMarks(given) {
      const marks = given.toSorted((a, b) => (a.target < b.target ? -1 : 1)); // as above
      for (let from = 0; from < marks.length; from += MARKS_AT_ONCE)
        await db
          .insertInto('alert_mark')
          .values(marks.slice(from, from + MARKS_AT_ONCE))
          .onConflict((conflict) =>
            conflict
              .column('target')
              .doUpdateSet(({ ref }) => ({ at: ref('excluded.at'), json: ref('excluded.json') })),
          )
          .execute();
    },
    dueToExpire: (now, most) =>
      db
        .selectFrom('alert')
        .selectAll()
        .where('status', 'in', OPEN)
        .where('expires_at', '<=', now)
        .limit(most)
        .execute(),
    dueToWarn: (until, now, most) =>
      db
        .selectFrom('alert')
        .selectAll()
        .where('status', '=', 'active')
        .where('warned', '=', 0)
        .where('expires_at', '<=', until)
        .where('expires_at', '>', now)
        .limit(most)
        .execute(),
    async takeNotices(place) {
      const rows = await at(place)
        .selectAll()
        .where('owner', '=', place.owner)
        .where('status', '=', 'stopped')
        .where('told', '=', 0)
        .execute();
      for (const { id } of rows) await db.updateTable('alert').set({ told: 1 }).where('id', '=', id).execute();
      return rows;
    },
    async idsAt(place) {
      const open = at(place).select('id').where('status', 'in', OPEN);
      const query = place.channel === undefined ? open : open.where('channel', '=', place.channel);
      return (await query.execute()).map(({ id }) => id);
    },
    async countByStatus() {
      const rows = await db
        .selectFrom('alert')
        .select('status as name')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .groupBy('status')
        .execute();
      return counted(rows);
    },
    async countStopped(reason) {
      const row = await db
        .selectFrom('alert')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('status', '=', 'stopped')
        .where('last_error', '=', reason)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    clockWentBack: (back) => alertClockWentBack(database, back),
    async purge(closedBefore, eventsBefore) {
      const events = db.selectFrom('alert_event').select('id').where('at', '<', eventsBefore);
      await inSlices(async (most) =>
        touched(await db.deleteFrom('alert_event').where('id', 'in', events.limit(most)).executeTakeFirstOrThrow()),
      );
      const marks = db.selectFrom('alert_mark').select('target').where('at', '<', eventsBefore); // of what nobody watches
      await inSlices(async (most) =>
        touched(await db.deleteFrom('alert_mark').where('target', 'in', marks.limit(most)).executeTakeFirstOrThrow()),
      );
      const closed = db.selectFrom('alert').select('id').where(IS_CLOSED).where('changed_at', '<', closedBefore);
      await inSlices(async (most) => {
        const ids = (await closed.limit(most).execute()).map(({ id }) => id);
        if (ids.length > 0) await removeClosed(database, ids, closedBefore);
        return ids.length;
      }, CLOSED_AT_ONCE);
    },
  };
}

/** One that was opened again meanwhile stays, with its messages. */
async function removeClosed({ sql: db }: Database, ids: readonly string[], before: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const still = await transaction
      .deleteFrom('alert')
      .where('id', 'in', ids)
      .where(IS_CLOSED)
      .where('changed_at', '<', before)
      .returning('id')
      .execute();
    const gone = still.map(({ id }) => id);
    if (gone.length > 0) await transaction.deleteFrom('delivery').where('subscription_id', 'in', gone).execute();
  });
}

async function applyStep(transaction: Transaction<Tables>, step: AlertStep, now: number): Promise<boolean> {
  const { row, patch, event, delivery } = step;
  const update = transaction
    .updateTable('alert')
    .set({ ...patch, version: row.version + 1, changed_at: now })
    .where('id', '=', row.id)
    .where('version', '=', row.version);
  // A process that died after this step comes to it again: what is on record was counted.
  const onRecord = transaction
    .selectFrom('alert_event')
    .select('id')
    .where('id', '=', event?.id ?? '');
  const result = await update.where(({ exists, not }) => not(exists(onRecord))).executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  if (event !== undefined) await transaction.insertInto('alert_event').values(event).execute();
  if (delivery !== undefined) await addDelivery({ sql: transaction }, delivery);
  return true;
}

// What happened to alerts: crossings, tellings, and what nobody was told of.
import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import type { AlertEventRow } from './tables.ts';

export type AlertEvents = {
  event(alertId: string, occurrence: string): Promise<AlertEventRow | null>;
  eventsOf(ids: readonly string[], most: number): Promise<AlertEventRow[]>;
  /** Crossings before `before` whose message was given up: neither sent nor perhaps sent. */
  givenUp(before: number, most: number): Promise<AlertEventRow[]>;
  /** A crossing that nobody was told of; an alert that was done with it waits again. */
  markMissed(event: AlertEventRow, now: number): Promise<void>;
  missedCounts(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  countEvents(): Promise<ReadonlyMap<string, number>>;
};

export function createAlertEvents(db: Kysely<Tables>): AlertEvents {
  return {
    event: async (alertId, occurrence) =>
      (await db
        .selectFrom('alert_event')
        .selectAll()
        .where('alert_id', '=', alertId)
        .where('occurrence', '=', occurrence)
        .executeTakeFirst()) ?? null,
    eventsOf: (ids, most) =>
      ids.length === 0
        ? Promise.resolve([])
        : db
            .selectFrom('alert_event')
            .selectAll()
            .where('alert_id', 'in', ids)
            .orderBy('at', 'desc')
            .limit(most)
            .execute(),
    givenUp: (before, most) =>
      db
        .selectFrom('alert_event')
        .innerJoin('delivery', (join) =>
          join
            .onRef('delivery.subscription_id', '=', 'alert_event.alert_id')
            .onRef('delivery.occurrence', '=', 'alert_event.occurrence'),
        )
        .selectAll('alert_event')
        .where('alert_event.kind', '=', 'crossed')
        .where('alert_event.at', '<', before)
        .where('delivery.state', '=', 'skipped')
        .limit(most)
        .execute(),
    async markMissed(event, now) {
      await db.transaction().execute(async (transaction) => {
        await transaction.updateTable('alert_event').set({ kind: 'missed' }).where('id', '=', event.id).execute();
        await transaction
          .updateTable('alert')
          .set(({ eb }) => ({ status: 'active', version: eb('version', '+', 1), changed_at: now }))
          .where('id', '=', event.alert_id)
          .where('status', '=', 'done')
          .execute();
      });
    },
    async missedCounts(ids) {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('alert_event')
        .select('alert_id as name')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('alert_id', 'in', ids)
        .where('kind', '=', 'missed')
        .groupBy('alert_id')
        .execute();
      return counted(rows);
    },
    async countEvents() {
      const rows = await db
        .selectFrom('alert_event')
        .select('kind as name')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .groupBy('kind')
        .execute();
      return counted(rows);
    },
  };
}

/** Counts by name. */
export function counted(rows: readonly { name: string; count: number | string | bigint }[]): Map<string, number> {
  return new Map(rows.map(({ name, count }) => [name, Number(count)]));
}

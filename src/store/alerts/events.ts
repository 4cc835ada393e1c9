// What happened to alerts: crossings, tellings, and what nobody was told of.
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import type { AlertEventRow } from './tables.ts';

/** Ends the name of a message that goes to the channel where the alert was made, because its owner took none. */
export const FALLBACK = '-here';

export type AlertEvents = {
  event(alertId: string, occurrence: string): Promise<AlertEventRow | null>;
  eventsOf(ids: readonly string[], most: number): Promise<AlertEventRow[]>;
  /** Crossings before `before` whose messages were given up: neither sent nor perhaps sent, nor refused by a channel. */
  givenUp(before: number, most: number): Promise<AlertEventRow[]>;
  /** A crossing that nobody was told of; an alert that was done with it waits again. */
  markMissed(event: AlertEventRow, now: number): Promise<void>;
  missedCounts(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  countEvents(): Promise<ReadonlyMap<string, number>>;
};

/** States in which a message has reached nobody and never will. */
const UNTOLD = ['skipped', 'dead'] as const;

export function createAlertEvents(db: Kysely<Tables>): AlertEvents {
  const names = sql`(event.occurrence, event.occurrence || ${FALLBACK})`;
  const messages = db
    .selectFrom('delivery')
    .select('delivery.id')
    .where(sql<boolean>`delivery.subscription_id = event.alert_id AND delivery.occurrence IN ${names}`);
  // What a channel refused is told to the owner as that, not as missed.
  const failure = db
    .selectFrom('alert_event as failed')
    .select('failed.id')
    .where('failed.kind', '=', 'failed')
    .where(sql<boolean>`failed.alert_id = event.alert_id AND failed.at >= event.at`);
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
        .selectFrom('delivery as given')
        .crossJoin('alert_event as event') // from the few messages to their events: those of ninety days are many
        .selectAll('event')
        .distinct()
        .where('given.kind', '=', 'alert')
        .where('given.state', 'in', UNTOLD)
        .where(sql<boolean>`given.subscription_id = event.alert_id AND given.occurrence IN ${names}`)
        .where('event.kind', '=', 'crossed')
        .where('event.at', '<', before)
        .where(({ exists, not }) => not(exists(messages.where('state', 'not in', UNTOLD))))
        .where(({ exists, not }) => not(exists(failure)))
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
    missedCounts: (ids) => eventCounts(db, ids, 'missed'),
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

/** How many entries the history of each of these alerts has, of one kind or of all. */
export async function eventCounts(
  db: Kysely<Tables>,
  ids: readonly string[],
  kind?: AlertEventRow['kind'],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const events = db
    .selectFrom('alert_event')
    .select('alert_id as name')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('alert_id', 'in', ids)
    .groupBy('alert_id');
  return counted(await (kind === undefined ? events : events.where('kind', '=', kind)).execute());
}

/** Counts by name. */
export function counted(rows: readonly { name: string; count: number | string | bigint }[]): Map<string, number> {
  return new Map(rows.map(({ name, count }) => [name, Number(count)]));
}

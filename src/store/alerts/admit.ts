// Adds an alert, or opens one again, after a check that no other process can get in between.
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../database.ts';
import { oneAtATime } from '../engine/one-at-a-time.ts';
import type { Tables } from '../tables.ts';
import type { AlertRow, AlertStatus } from './tables.ts';

export type AlertPlace = { platform: string; tenant: string };

/** What a check may read. */
export type AdmissionRows = {
  /** Of one person: all that wait, then the newest of the others; oldest first. */
  ownedBy(place: AlertPlace & { owner: string }, most: number): Promise<AlertRow[]>;
  /** Not done, expired or stopped. */
  countOpen(place: AlertPlace & { owner?: string; channel?: string }): Promise<number>;
};

/** States in which an alert counts. */
export const OPEN: readonly AlertStatus[] = ['active', 'paused'];

export function alertsAt(db: Kysely<Tables>, { platform, tenant }: AlertPlace) {
  return db.selectFrom('alert').where('platform', '=', platform).where('tenant', '=', tenant);
}

/** At most so many, oldest first. What is over may be more than that, so what waits is taken before it. */
export async function waitingFirst(query: ReturnType<typeof alertsAt>, most: number): Promise<AlertRow[]> {
  const isOver = sql`CASE WHEN status IN (${sql.join(OPEN)}) THEN 0 ELSE 1 END`;
  const newest = query.selectAll().orderBy(isOver).orderBy('created_at', 'desc').orderBy('id', 'desc');
  return (await newest.limit(most).execute()).sort((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
}

export function createAdmissionRows(db: Kysely<Tables>): AdmissionRows {
  const at = (place: AlertPlace) => alertsAt(db, place);
  return {
    ownedBy: (place, most) => waitingFirst(at(place).where('owner', '=', place.owner), most),
    async countOpen(place) {
      let query = at(place)
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('status', 'in', OPEN);
      if (place.owner !== undefined) query = query.where('owner', '=', place.owner);
      if (place.channel !== undefined) query = query.where('channel', '=', place.channel);
      return Number((await query.executeTakeFirst())?.count ?? 0);
    },
  };
}

/** What a check of a limit guards: one at a time for each server or workspace. @throws what `check` throws; then nothing was written */
export async function admitted<T>(
  database: Database,
  { platform, tenant }: AlertPlace,
  check: (rows: AdmissionRows) => Promise<void>,
  write: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return await oneAtATime(database, `alert ${platform} ${tenant}`, async (transaction) => {
    await check(createAdmissionRows(transaction));
    return await write(transaction);
  });
}

// What a clock that was ahead left in the rows of alerts, put right once it was set back.
import { type Kysely, sql, type UpdateObject } from 'kysely';
import { ownTurn } from '../../base/turns.ts';
import type { Database } from '../database.ts';
import { changeInSlices, type Rows } from '../delivery/change-in-slices.ts';
import { ROWS_AT_ONCE } from '../engine/in-slices.ts';
import type { Tables } from '../tables.ts';
import type { AlertStatus } from './tables.ts';

/** In `last_error` of an alert whose time was over while it was paused. */
export const ENDED_PAUSED = 'paused';

/** Epoch ms. */
type Times = { now: number; latest: number };

/**
 * What lies ahead counts as of now: else an alert would be silent until the clock is there again. An alert made there keeps the length of its
 * life, a snooze the rest that it had at the last change, and what ended too early goes on as it was.
 * @param kind of the deliveries that tell alerts: those planned ahead are due now
 * @param latest no alert ends later (epoch ms)
 */
export async function alertClockWentBack(
  { sql: db }: Database,
  { kind, ...times }: { kind: string } & Times,
): Promise<void> {
  for (let after = ''; ;) {
    await ownTurn();
    const alerts = db
      .selectFrom('alert')
      .select(['id', isAhead(times).as('ahead')])
      .where('id', '>', after);
    const page = await alerts.orderBy('id').limit(ROWS_AT_ONCE).execute();
    const ids = page.filter(({ ahead }) => ahead === 1).map(({ id }) => id);
    if (ids.length > 0) await putRight(db, ids, times);
    const last = page.at(-1);
    if (last === undefined || page.length < ROWS_AT_ONCE) break;
    after = last.id;
  }
  const planned: Rows = (row) =>
    row.and([row('kind', '=', kind), row('state', '=', 'pending'), row('due_at', '>', times.now)]);
  await changeInSlices(db, planned, { due_at: times.now, not_before: times.now });
}

/** 1 for an alert in which anything is to be put right: no index knows, and one look at all of them is shorter than one for each moment. */
function isAhead({ now, latest }: Times) {
  return sql<number>`CASE WHEN changed_at > ${now} OR created_at > ${now} OR told_at > ${now} OR crossed_at > ${now} OR expires_at > ${latest}
    OR (status = 'expired' AND expires_at > ${now}) THEN 1 ELSE 0 END`;
}

async function putRight(db: Kysely<Tables>, ids: readonly string[], { now, latest }: Times): Promise<void> {
  const alerts = () => db.updateTable('alert').where('id', 'in', ids);
  const set = (patch: UpdateObject<Tables, 'alert'>) => alerts().set({ changed_at: now, ...patch });
  await alerts()
    .set({ snoozed_until: sql<number>`snoozed_until - changed_at + ${now}` })
    .where('snoozed_until', 'is not', null)
    .where('changed_at', '>', now)
    .execute();
  const moved = sql<number>`expires_at - created_at + ${now}`;
  await set({ expires_at: moved, created_at: now }).where('created_at', '>', now).execute();
  await set({ expires_at: latest }).where('expires_at', '>', latest).execute();
  for (const column of ['told_at', 'crossed_at', 'changed_at'] as const)
    await set({ [column]: now })
      .where(column, '>', now)
      .execute();
  const endedEarly = (status: AlertStatus) =>
    set({ status, last_error: null }).where('status', '=', 'expired').where('expires_at', '>', now);
  await endedEarly('paused').where('last_error', '=', ENDED_PAUSED).execute();
  await endedEarly('active').execute();
}

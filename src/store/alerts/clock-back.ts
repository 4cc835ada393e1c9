// What a clock that was ahead left in the rows of alerts, put right once it was set back.
import { sql, type UpdateObject } from 'kysely';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import type { AlertStatus } from './tables.ts';

/** In `last_error` of an alert whose time was over while it was paused. */
export const ENDED_PAUSED = 'paused';

/**
 * What lies ahead counts as of now: else an alert would be silent until the clock is there again. An alert made there keeps the length of its
 * life, a snooze the rest that it had at the last change, and what ended too early goes on as it was.
 * @param kind of the deliveries that tell alerts: those planned ahead are due now
 * @param latest no alert ends later (epoch ms)
 */
export async function alertClockWentBack(
  { sql: db }: Database,
  { kind, now, latest }: { kind: string; now: number; latest: number },
): Promise<void> {
  const set = (patch: UpdateObject<Tables, 'alert'>) => db.updateTable('alert').set({ changed_at: now, ...patch });
  await db
    .updateTable('alert')
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
  await db
    .updateTable('delivery')
    .set({ due_at: now, not_before: now })
    .where('kind', '=', kind)
    .where('state', '=', 'pending')
    .where('due_at', '>', now)
    .execute();
}

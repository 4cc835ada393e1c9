// Scheduled posts whose time has passed and that nobody has settled: read from the database, so that a process that is stopped cannot hide them.
import { sql } from 'kysely';
import { MINUTE } from '../../base/clock.ts';
import type { Database } from '../database.ts';

/** Posts of one minute leave over some seconds; what is later than this is overdue (ms). */
export const OVERDUE_AFTER_MS = MINUTE;
/** Open rows that are looked at, by when their turn is: what bounds the cost of a scrape. */
const MOST_ROWS = 10_000;

/** A post whose turn is later than this waits because its channel is gone, which is no matter of the sender (ms). */
const LONG_WAIT_MS = 30 * MINUTE;

/** `oldestMs`: how long ago the oldest was due, 0 without any. */
export type OverduePosts = { count: number; oldestMs: number };

/** Whoever holds the lease, tried or not. Above 10,000 open posts the count stands still there. @throws what the database throws */
export async function overduePosts({ sql: db }: Pick<Database, 'sql'>, now: number): Promise<OverduePosts> {
  const open = db
    .selectFrom('delivery')
    .select('due_at')
    .where('not_before', '<=', now + LONG_WAIT_MS)
    .orderBy('not_before')
    .limit(MOST_ROWS);
  const { count, oldest } = await db
    .selectFrom(open.as('open'))
    .select(({ fn }) => [
      fn.countAll<number | string>().as('count'),
      sql<number | string | null>`min(due_at)`.as('oldest'),
    ])
    .where('due_at', '<', now - OVERDUE_AFTER_MS)
    .executeTakeFirstOrThrow();
  return { count: Number(count), oldestMs: oldest === null ? 0 : now - Number(oldest) };
}

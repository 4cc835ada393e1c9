// What was removed is still in the write-ahead log until that is written over: here it goes at once.
import { type Kysely, sql } from 'kysely';
import { realSleep } from '../../../base/clock.ts';
import type { Tables } from '../../tables.ts';

/** A backup may be reading, or another copying be under way. */
const PATIENCE_MS = 5000;
const PAUSE_MS = 50;

/** Empties the log of a SQLite file into it; while somebody reads what it holds that is tried again for five seconds, and left to the next copying then. */
export async function emptyLog(db: Kysely<Tables>): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += PAUSE_MS) {
    const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
    if (rows[0]?.busy !== 1) return;
    await realSleep(PAUSE_MS);
  }
}

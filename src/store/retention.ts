// What the database does not keep for ever.
import type { Database } from './database.ts';
import { GAP_KEPT_MS } from './feedback/feedback.ts';

/** Returns the round that removes old rows; to be called now and then. It throws when the database is away; the next one makes up for it. */
export function createRetention({ sql }: Database, now: () => number): () => Promise<void> {
  return async () => {
    const before = now() - GAP_KEPT_MS;
    await sql.deleteFrom('gap').where('last_at', '<', before).execute();
  };
}

// The ledger day by day: hundreds of thousands of rows in one statement would hold the event loop.
import type { Kysely } from 'kysely';
import { DAY } from '../../base/clock.ts';
import { ownTurn } from '../../base/turns.ts';
import type { Tables } from '../tables.ts';

/** `from` on and before `until`, epoch ms. */
export type Span = { from: number; until: number };

/**
 * Days in which posts were due, each in a turn of its own. When a post is due does not change with what becomes of it, so that each row is in one
 * of them, and once.
 * @param since leaves out what was due before (epoch ms)
 */
export async function* daysDue(db: Kysely<Tables>, since = Number.MIN_SAFE_INTEGER): AsyncGenerator<Span> {
  const times = db.selectFrom('delivery').select('due_at').orderBy('due_at').limit(1);
  for (let after = since; ;) {
    await ownTurn();
    const next = await times.where('due_at', '>=', after).executeTakeFirst();
    if (next === undefined) return;
    after = next.due_at + DAY;
    yield { from: next.due_at, until: after };
  }
}

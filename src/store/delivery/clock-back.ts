// What a clock that was ahead left in the ledger, put right once it was set back.
import { type Kysely, sql } from 'kysely';
import { HOUR } from '../../base/clock.ts';
import { inSlices } from '../engine/in-slices.ts';
import type { Tables } from '../tables.ts';
import { changeInSlices, REMOVED_AT_ONCE, type Rows } from './change-in-slices.ts';
import { daysDue } from './days-due.ts';

/** A second look at a channel comes after an hour, every other try sooner. */
const LONGEST_WAIT_MS = HOUR;

/** @returns the owners of rows that were taken out. See `DeliveryLedger` for both functions. */
export async function takeBackFuture(db: Kysely<Tables>, kind: string, now: number): Promise<ReadonlySet<string>> {
  const givenUp: Rows = (row) =>
    row.and([
      row('kind', '=', kind),
      row('state', '=', 'skipped'),
      row('reason', 'in', ['missed', 'expired']),
      row('settled_at', '>', now),
      row('due_at', '<=', now),
      row('expires_at', '>', now),
    ]);
  await changeInSlices(db, givenUp, {
    state: sql`CASE WHEN doubt = 1 THEN 'ambiguous' ELSE 'pending' END`,
    not_before: now,
    reason: null,
    settled_at: null,
  });
  await db
    .updateTable('delivery')
    .set({ not_before: null, reason: 'unclear', settled_at: now })
    .where('kind', '=', kind)
    .where('state', '=', 'ambiguous')
    .where('not_before', 'is not', null)
    .where('due_at', '>', now)
    .execute();
  const owners = new Set<string>();
  for await (const { from, until } of daysDue(db, now + 1)) {
    const notPosted: Rows = (row) =>
      row.and([
        row('kind', '=', kind),
        row('due_at', '>=', from),
        row('due_at', '<', until),
        row('doubt', '=', 0),
        row('state', 'in', ['pending', 'skipped']),
      ]);
    const rows = db.selectFrom('delivery').select('id').where(notPosted);
    await inSlices(async (most) => {
      const removal = db.deleteFrom('delivery').where('id', 'in', rows.limit(most)).where(notPosted);
      const gone = await removal.returning('subscription_id').execute();
      for (const { subscription_id: owner } of gone) owners.add(owner);
      return gone.length;
    }, REMOVED_AT_ONCE);
  }
  return owners;
}

export async function shortenWaits(db: Kysely<Tables>, now: number): Promise<void> {
  const waiting: Rows = (row) =>
    row.and([
      row('not_before', '>', now + LONGEST_WAIT_MS),
      row('due_at', '<=', now),
      row('state', 'in', ['pending', 'sending', 'ambiguous']),
    ]);
  await changeInSlices(db, waiting, { not_before: now });
}

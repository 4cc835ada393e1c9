// Many rows of the ledger change at once after an outage: some at a time, so that the event loop is not held.
import type { Expression, ExpressionBuilder, Kysely, SqlBool, UpdateObject } from 'kysely';
import { inSlices, touched } from '../engine/in-slices.ts';
import type { Tables } from '../tables.ts';

/** A condition on rows of the ledger. */
export type Rows = (row: ExpressionBuilder<Tables, 'delivery'>) => Expression<SqlBool>;

/** Each removal changes up to six indexes, so that 500 of them take 20 ms. */
export const REMOVED_AT_ONCE = 200;

/** @param change takes a row out of `condition`. @returns how many rows were changed */
export async function changeInSlices(
  db: Kysely<Tables>,
  condition: Rows,
  change: UpdateObject<Tables, 'delivery'>,
): Promise<number> {
  const rows = db.selectFrom('delivery').select('id').where(condition);
  let count = 0;
  await inSlices(async (most) => {
    const some = db.updateTable('delivery').set(change).where('id', 'in', rows.limit(most));
    // Once more: another process may change one while this statement waits for it.
    const changed = touched(await some.where(condition).executeTakeFirstOrThrow());
    count += changed;
    return changed === 0 ? 0 : most; // fewer than asked for may be the doing of others: only none is the end
  });
  return count;
}

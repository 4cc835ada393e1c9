// What a told alert leaves in its row, inside the transaction that marks the delivery.
import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Notes the telling; the time until the next one begins here. `crossing`: false for a message that is no crossing (a coming end). */
export async function recordTold(
  transaction: Transaction<Tables>,
  told: { alertId: string; occurrence: string; at: number; crossing: boolean },
): Promise<void> {
  const { alertId, occurrence, at, crossing } = told;
  const patch = { fail_streak: 0, last_error: null, changed_at: at, ...(crossing ? { told_at: at } : {}) };
  const result = await transaction.updateTable('alert').set(patch).where('id', '=', alertId).executeTakeFirst();
  if (!crossing || result.numUpdatedRows === 0n) return;
  await transaction
    .insertInto('alert_event')
    .values({ id: `${alertId}:${occurrence}:told`, alert_id: alertId, occurrence: null, kind: 'told', at, value: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

// An alert's removal with everything that hangs on it: its history, its messages and their text.
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Leaves nothing of the alert behind. A message that is being sent arrives, yet nobody writes it down. */
export async function removeAlert(transaction: Transaction<Tables>, id: string): Promise<void> {
  await transaction.deleteFrom('alert_event').where('alert_id', '=', id).execute();
  // The body of an alert belongs to its message alone, and may name the person whom it calls.
  const told = transaction
    .selectFrom('delivery')
    .select(sql<string>`body_id`.as('id'))
    .where('subscription_id', '=', id)
    .where('body_id', 'is not', null);
  await transaction.deleteFrom('body').where('id', 'in', told).execute();
  await transaction.deleteFrom('delivery').where('subscription_id', '=', id).execute();
  await transaction.deleteFrom('alert').where('id', '=', id).execute();
}

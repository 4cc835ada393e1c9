// An alert's removal with everything that hangs on it: its history, its messages and their text.
import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** All that a query finds, also what is added meanwhile. @returns how many */
export async function removeAlerts(
  transaction: Transaction<Tables>,
  query: { execute(): Promise<readonly { id: string }[]> },
): Promise<number> {
  let count = 0;
  for (let rows = await query.execute(); rows.length > 0; rows = await query.execute())
    for (const { id } of rows) {
      await removeAlert(transaction, id);
      count++;
    }
  return count;
}

/**
 * Leaves nothing of the alert behind, whatever other processes write of it meanwhile. A message that is being sent arrives, yet nobody writes it
 * down.
 */
export async function removeAlert(transaction: Transaction<Tables>, id: string): Promise<void> {
  const removeMessages = () =>
    transaction.deleteFrom('delivery').where('subscription_id', '=', id).returning('body_id').execute();
  const messages = await removeMessages(); // before the alert: whoever notes a telling has the message first, too
  await transaction.deleteFrom('alert').where('id', '=', id).execute();
  messages.push(...(await removeMessages())); // a crossing that was under way is written by now, and no other one can be
  await transaction.deleteFrom('alert_event').where('alert_id', '=', id).execute();
  // The body of an alert belongs to its message alone, and may name the person whom it calls.
  const bodies = messages.flatMap(({ body_id: body }) => body ?? []);
  if (bodies.length > 0) await transaction.deleteFrom('body').where('id', 'in', bodies).execute();
}

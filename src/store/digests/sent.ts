// What a sent digest leaves in its subscription, inside the transaction that marks the delivery.
import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import type { SubscriptionRow } from './tables.ts';

/**
 * Notes the message as the subscription's last one and clears what counted against its channel.
 * @param sent `replaces`: whether the subscription wants its previous message taken away
 * @returns the previous message when it is to be taken away, else null
 */
export async function recordSent(
  transaction: Transaction<Tables>,
  subscriptionId: string,
  sent: { messageId: string; at: number; replaces: (row: Pick<SubscriptionRow, 'kind' | 'spec'>) => boolean },
): Promise<string | null> {
  const row = await transaction
    .selectFrom('subscription')
    .select(['last_message_id', 'kind', 'spec'])
    .where('id', '=', subscriptionId)
    .executeTakeFirst();
  if (row === undefined) return null;
  await transaction
    .updateTable('subscription')
    .set({ fail_streak: 0, last_sent_at: sent.at, last_message_id: sent.messageId, last_error: null, stopped_at: null })
    .where('id', '=', subscriptionId)
    .execute();
  return sent.replaces(row) && row.last_message_id !== sent.messageId ? row.last_message_id : null;
}

/** Notes that the owner was told why it stopped. */
export async function recordTold(transaction: Transaction<Tables>, subscriptionId: string): Promise<null> {
  await transaction.updateTable('subscription').set({ told: 1 }).where('id', '=', subscriptionId).execute();
  return null;
}

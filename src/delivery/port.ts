// What a kind of scheduled post (digests, alerts) gives to the delivery engine: whose a delivery is, what it says, and what follows from its fate.
import type { Transaction } from 'kysely';
import type { Card } from '../app/card.ts';
import type { RefusalMeaning } from '../bots/bot.ts';
import type { DeliveryRow } from '../store/delivery/tables.ts';
import type { Tables } from '../store/tables.ts';
import { shuffleOf } from './attempt/delivery-key.ts';

/** What is posted. Deliveries of one kind and platform with an equal `key` share one rendering for a minute. */
export type Content = { key: string; card(): Promise<Card> };

/** Whose delivery it is. `stopped`: nothing new is sent for it. `healthy`: its channel took the last post, within a week. */
export type Owner = {
  stopped: boolean;
  healthy: boolean;
  /** `late`: it goes out more than ten minutes after it was due. May throw for a damaged owner. */
  content(late: boolean): Content;
};

/** A refused post. `before`: the code of the previous try of the same delivery. */
export type Refusal = RefusalMeaning & { code: string; before: string | null };

/** After a refusal: once more later, or never (the owner is dealt with). */
export type Verdict = { kind: 'again'; afterMs: number } | { kind: 'dead' };

/** A kind of delivery. Its rows carry `name` in the column `kind`, its owner's id in `subscription_id`. */
export type DeliveryKind = {
  name: string;
  /** Before the first plan of this process. */
  begin(): Promise<void>;
  /**
   * Every tick: writes what has become due into the ledger. What was due up to `restoredUntil` is skipped (epoch ms). Posts start when all kinds
   * have planned; `wake` starts them for what is written later, by work that goes on in the background.
   */
  plan(now: number, restoredUntil: number, wake: () => void): Promise<void>;
  /** Null when there is no owner any more. */
  owner(row: DeliveryRow): Promise<Owner | null>;
  /**
   * In the transaction that marks the row as sent. Other rows share it, so it throws only when the database does.
   * @returns an earlier message to take away, or null
   */
  sent(
    transaction: Transaction<Tables>,
    row: DeliveryRow,
    sent: { messageId: string; at: number },
  ): Promise<string | null>;
  refused(row: DeliveryRow, refusal: Refusal): Promise<Verdict>;
  /** At the start, and when the clock stepped back: what was planned or counted for a moment that lies ahead again can be taken back. */
  clockWentBack(): Promise<void>;
  everyHour(): Promise<void>;
};

/** A post to be made. Times in epoch ms. */
export type NewDelivery = {
  kind: string;
  /** Unlike the ids of all owners of all kinds. */
  ownerId: string;
  /** What tells it from other deliveries of its owner: there is never a second one of the same name. */
  occurrence: string;
  platform: string;
  tenant: string;
  channel: string;
  dueAt: number;
  /** When it is not tried any more. */
  expiresAt: number;
  /** The lowest goes first. */
  priority: number;
};

/** The row of a delivery that nobody has tried yet, for `addDelivery`. */
export function deliveryRow(delivery: NewDelivery): DeliveryRow {
  const { kind, ownerId, occurrence, platform, tenant, channel, dueAt, expiresAt, priority } = delivery;
  const id = `${ownerId}:${occurrence}`;
  const never = {
    first_attempt_at: null,
    lease_owner: null,
    lease_until: null,
    body_id: null,
    message_id: null,
    removes: null,
    reason: null,
    settled_at: null,
  };
  const none = { late: 0, attempt: 0, resent: 0, doubt: 0, fence: 0 };
  return {
    id,
    subscription_id: ownerId,
    occurrence,
    kind,
    platform,
    tenant,
    channel,
    state: 'pending',
    due_at: dueAt,
    not_before: dueAt,
    expires_at: expiresAt,
    priority,
    shuffle: shuffleOf(id),
    ...none,
    ...never,
  };
}

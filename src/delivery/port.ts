// What a kind of scheduled post (digests, alerts) gives to the delivery engine: whose a delivery is, what it says, and what follows from its fate.
import type { Transaction } from 'kysely';
import type { Card } from '../app/card.ts';
import type { RefusalReason } from '../bots/bot.ts';
import type { DeliveryRow } from '../store/delivery/tables.ts';
import type { Tables } from '../store/tables.ts';

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
export type Refusal = { reason: RefusalReason; code: string; before: string | null };

/** After a refusal: once more later, or never (the owner is dealt with). */
export type Verdict = { kind: 'again'; afterMs: number } | { kind: 'dead' };

/** A kind of delivery. Its rows carry `name` in the column `kind`, its owner's id in `subscription_id`. */
export type DeliveryKind = {
  name: string;
  /** Before the first plan of this process. */
  begin(): Promise<void>;
  /** Every tick: writes what has become due into the ledger. What was due up to `restoredUntil` is skipped (epoch ms). */
  plan(now: number, restoredUntil: number): Promise<void>;
  /** Null when there is no owner any more. */
  owner(row: DeliveryRow): Promise<Owner | null>;
  /** In the transaction that marks the row as sent. @returns an earlier message to take away, or null */
  sent(
    transaction: Transaction<Tables>,
    row: DeliveryRow,
    sent: { messageId: string; at: number },
  ): Promise<string | null>;
  refused(row: DeliveryRow, refusal: Refusal): Promise<Verdict>;
  /** Deliveries that lie ahead again were taken out of the ledger: their owners schedule them anew. */
  clockWentBack(): Promise<void>;
  everyHour(): Promise<void>;
};

// The tables of scheduled posts: the delivery ledger, frozen bodies and leases; and their row types.
import { type Kysely, sql } from 'kysely';
import { directTarget } from '../../base/direct-target.ts';
import { type Column, count, createTable, isSet, moment, optional, text } from '../columns.ts';

/** `ambiguous` with a `not_before` is still being looked into; without one it is final: nobody can tell whether the post arrived. */
export type DeliveryState = 'pending' | 'sending' | 'sent' | 'skipped' | 'dead' | 'ambiguous';

/**
 * One post that is due, unique per (owner, occurrence): the guard that makes two impossible. `kind` says whose it is ("digest"),
 * `subscription_id` is the owner's id in the table of that kind. `not_before` is when to look at the row again, null once it is final. `doubt`
 * is 1 from just before a post until its fate is known. `resent`: unclear answers to a post that was repeated without being able to look for
 * the first. `removes`: a message to take away afterwards. The lowest `priority` goes first.
 */
export type DeliveryRow = {
  id: string;
  subscription_id: string;
  occurrence: string;
  kind: string;
  platform: string;
  tenant: string;
  channel: string;
  due_at: number;
  not_before: number | null;
  expires_at: number;
  late: number;
  state: DeliveryState;
  attempt: number;
  resent: number;
  doubt: number;
  first_attempt_at: number | null;
  lease_owner: string | null;
  lease_until: number | null;
  fence: number;
  priority: number;
  shuffle: number;
  body_id: string | null;
  message_id: string | null;
  removes: string | null;
  reason: string | null;
  settled_at: number | null;
};

export type BodyRow = { id: string; json: string; at: number };
export type LeaseRow = { name: string; owner: string; until: number; fence: number };

/** Addressed by a person. The condition of an index, so that whoever means it to be used says it in these words. */
export const IS_DIRECT = sql<boolean>`channel LIKE ${sql.lit(directTarget('_%'))}`;

const DELIVERY: readonly Column[] = [
  ...['id', 'subscription_id', 'occurrence', 'kind', 'platform', 'tenant', 'channel', 'state'].map(text),
  moment('due_at'),
  optional(moment('not_before')),
  moment('expires_at'),
  ...['late', 'attempt', 'resent', 'doubt', 'fence', 'priority', 'shuffle'].map(count),
  ...['first_attempt_at', 'lease_until', 'settled_at'].map(moment).map(optional),
  ...['lease_owner', 'body_id', 'message_id', 'removes', 'reason'].map(text).map(optional),
];

export async function createDeliveryTables(db: Kysely<unknown>): Promise<void> {
  await createTable(db, 'delivery', DELIVERY);
  await createTable(db, 'body', [text('id'), text('json'), moment('at')]);
  await createTable(db, 'lease', [text('name'), text('owner'), moment('until'), count('fence')]);
  const index = (name: string) => db.schema.createIndex(name).on('delivery');
  await index('delivery_once').columns(['subscription_id', 'occurrence']).unique().execute();
  await index('delivery_queue').columns(['platform', 'not_before']).where(isSet('not_before')).execute();
  await index('delivery_settled').columns(['due_at']).execute();
  await index('delivery_books').columns(['state', 'reason']).execute();
}

// The tables of digests: what is posted where and when and how it goes.
import type { Kysely } from 'kysely';
import { type Column, count, createTable, isSet, moment, optional, text } from '../columns.ts';

/** `suspended`: stopped by us because the channel refuses posts; `dead`: the channel is gone. Only `active` rows have a `next_at`. */
export type SubscriptionStatus = 'draft' | 'active' | 'paused' | 'suspended' | 'dead';

/**
 * A schedule and its place. `local_time` HH:MM in `zone`; `days` "daily" or "mon,tue"; `spec` JSON of the content. `after_at`: occurrences
 * after this moment count; `last_date` and `last_due_at`: the latest occurrence that reached the ledger. `told`: 0 while the owner has not
 * seen why it stopped. `stopped_at`: since when nothing could be posted, null after a success or a restart by hand.
 */
export type SubscriptionRow = {
  id: string;
  kind: string;
  platform: string;
  tenant: string;
  channel: string;
  owner: string;
  spec: string;
  local_time: string;
  zone: string;
  days: string;
  zone_data: string;
  status: SubscriptionStatus;
  next_at: number | null;
  after_at: number;
  last_date: string | null;
  last_due_at: number | null;
  last_sent_at: number | null;
  last_message_id: string | null;
  fail_streak: number;
  suspended_until: number | null;
  stopped_at: number | null;
  last_error: string | null;
  told: number;
  created_at: number;
};

const SUBSCRIPTION: readonly Column[] = [
  ...['id', 'kind', 'platform', 'tenant', 'channel', 'owner', 'spec', 'local_time', 'zone', 'days'].map(text),
  text('zone_data'),
  text('status'),
  optional(moment('next_at')),
  moment('after_at'),
  optional(text('last_date')),
  ...['last_due_at', 'last_sent_at', 'suspended_until'].map(moment).map(optional),
  ...['last_message_id', 'last_error'].map(text).map(optional),
  count('fail_streak'),
  count('told'),
  moment('created_at'),
];

export async function createSubscriptionTable(db: Kysely<unknown>): Promise<void> {
  await createTable(db, 'subscription', SUBSCRIPTION);
  const index = (name: string) => db.schema.createIndex(name).on('subscription');
  await index('subscription_due').column('next_at').where(isSet('next_at')).execute();
  await index('subscription_place').columns(['platform', 'tenant', 'channel']).execute();
}

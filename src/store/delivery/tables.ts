// The tables of scheduled posts: subscriptions, the delivery ledger, frozen bodies, leases; and their row types.
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** `suspended`: stopped by us because the channel refuses posts; `dead`: the channel is gone. Only `active` rows have a `next_at`. */
export type SubscriptionStatus = 'draft' | 'active' | 'paused' | 'suspended' | 'dead';

/** `ambiguous` with a `not_before` is still being looked into; without one it is final: nobody can tell whether the post arrived. */
export type DeliveryState = 'pending' | 'sending' | 'sent' | 'skipped' | 'dead' | 'ambiguous';

/**
 * A schedule and its place. `local_time` HH:MM in `zone`; `days` "daily" or "mon,tue"; `spec` JSON of the content. `after_at`: occurrences
 * after this moment count; `last_date` and `last_due_at`: the latest occurrence that reached the ledger. `told`: 0 while the owner has not
 * seen why it stopped.
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
  last_error: string | null;
  told: number;
  created_at: number;
};

/**
 * One post that is due, unique per (subscription, occurrence): the guard that makes two impossible. `not_before` is when to look at the row
 * again, null once it is final. `doubt` is 1 from just before a post until its fate is known. `resent`: unclear
 * answers to a post that was repeated without being able to look for the first. `removes`: a message to take away afterwards.
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

type Column = { name: string; type: 'text' | 'bigint' | 'integer'; null?: true };

const text = (name: string): Column => ({ name, type: 'text' });
const moment = (name: string): Column => ({ name, type: 'bigint' });
const count = (name: string): Column => ({ name, type: 'integer' });
const optional = (column: Column): Column => ({ ...column, null: true });

const SUBSCRIPTION: Column[] = [
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

const DELIVERY: Column[] = [
  ...['id', 'subscription_id', 'occurrence', 'kind', 'platform', 'tenant', 'channel', 'state'].map(text),
  moment('due_at'),
  optional(moment('not_before')),
  moment('expires_at'),
  ...['late', 'attempt', 'resent', 'doubt', 'fence', 'priority', 'shuffle'].map(count),
  ...['first_attempt_at', 'lease_until', 'settled_at'].map(moment).map(optional),
  ...['lease_owner', 'body_id', 'message_id', 'removes', 'reason'].map(text).map(optional),
];

export const digestsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(db, 'subscription', SUBSCRIPTION);
    await createTable(db, 'delivery', DELIVERY);
    await createTable(db, 'body', [text('id'), text('json'), moment('at')]);
    await createTable(db, 'lease', [text('name'), text('owner'), moment('until'), count('fence')]);
    const index = (name: string) => db.schema.createIndex(name);
    const isSet = (column: string) => sql<boolean>`${sql.ref(column)} IS NOT NULL`;
    await index('subscription_due').on('subscription').column('next_at').where(isSet('next_at')).execute();
    await index('subscription_place').on('subscription').columns(['platform', 'tenant', 'channel']).execute();
    await index('delivery_once').on('delivery').columns(['subscription_id', 'occurrence']).unique().execute();
    await index('delivery_queue')
      .on('delivery')
      .columns(['platform', 'not_before'])
      .where(isSet('not_before'))
      .execute();
    await index('delivery_settled').on('delivery').columns(['due_at']).execute();
    await index('delivery_books').on('delivery').columns(['state', 'reason']).execute();
  },
};

async function createTable(db: Kysely<unknown>, name: string, columns: readonly Column[]): Promise<void> {
  let table = db.schema.createTable(name);
  for (const { name: column, type, null: mayBeNull } of columns)
    table = table.addColumn(column, type, (c) => (mayBeNull ? c : c.notNull()));
  const [first] = columns;
  if (first !== undefined) table = table.addPrimaryKeyConstraint(`${name}_key`, [first.name] as never);
  await table.execute();
}

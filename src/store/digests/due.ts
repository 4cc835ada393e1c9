// From "due" to "in the ledger": inserting deliveries and moving `next_at` on are one transaction, so a crash can never split the two.
import { sql } from 'kysely';
import { type Random, realRandom } from '../../base/hash.ts';
import type { Database } from '../database.ts';
import type { DeliveryRow } from '../delivery/tables.ts';
import type { SubscriptionRow } from './tables.ts';

/** What a row becomes that cannot go on: it is tried no more, and whoever made it hears of it. @param at epoch ms */
export function setAside(reason: string, at: number) {
  return {
    status: 'suspended',
    next_at: null,
    suspended_until: null,
    stopped_at: at,
    last_error: reason,
    told: 0,
  } as const;
}

/** What planning needs to know of a subscription that is due. */
export type DueRow = Pick<
  SubscriptionRow,
  'id' | 'kind' | 'spec' | 'local_time' | 'zone' | 'days' | 'after_at' | 'last_date' | 'last_due_at'
>;

/** What all deliveries of an occurrence have in common. */
export type DueTemplate = Pick<
  DeliveryRow,
  'occurrence' | 'due_at' | 'not_before' | 'expires_at' | 'late' | 'state' | 'reason' | 'settled_at' | 'priority'
>;

/** What a batch of due subscriptions turns into; those with the same schedule and past form a group. */
export type Plan = {
  groups: readonly {
    ids: readonly string[];
    due: readonly DueTemplate[];
    advance: Pick<SubscriptionRow, 'next_at' | 'after_at' | 'last_date' | 'last_due_at'>;
  }[];
  /** Rows that cannot go on, and why: set aside, so that they never stop the others. */
  broken: readonly { id: string; reason: string }[];
};

/**
 * Takes up to `limit` subscriptions that are due at `now`, asks `plan` what they become, and writes it. Instances that run at the same time
 * skip each other's rows.
 * @returns how many subscriptions were handled: `limit` means there may be more
 */
export async function materialiseDue(
  { sql: db, engine }: Database,
  now: number,
  limit: number,
  plan: (rows: readonly DueRow[]) => Plan,
  random: Random = realRandom,
): Promise<number> {
  const due = db.selectFrom('subscription').select('id').where('next_at', '<=', now).limit(1);
  if ((await due.executeTakeFirst()) === undefined) return 0; // the idle tick: one index look-up, no transaction
  return await db.transaction().execute(async (transaction) => {
    const columns = [
      'id',
      'kind',
      'spec',
      'local_time',
      'zone',
      'days',
      'after_at',
      'last_date',
      'last_due_at',
    ] as const;
    const query = transaction
      .selectFrom('subscription')
      .select(columns)
      .where('next_at', '<=', now)
      .orderBy('next_at')
      .limit(limit);
    const rows = await (engine === 'postgres' ? query.forUpdate().skipLocked() : query).execute();
    if (rows.length === 0) return 0;
    const { groups, broken } = plan(rows);
    for (const { ids, due: templates, advance } of groups) {
      for (const template of templates) await insertFor(ids, template, random).execute(transaction);
      await transaction.updateTable('subscription').set(advance).where('id', 'in', ids).execute();
    }
    for (const { id, reason } of broken)
      await transaction.updateTable('subscription').set(setAside(reason, now)).where('id', '=', id).execute();
    return rows.length;
  });
}

/** A prime, 2^31 - 1: multiples of a drawn number, taken modulo it from a drawn beginning, put any two rows in either order equally often. */
const LOTS = 2_147_483_647;

/** One statement for all subscriptions of a group. The order of sending is drawn by lot every time, so that nobody is always last. */
function insertFor(ids: readonly string[], of: DueTemplate, random: Random) {
  const text = (value: string | null) => sql`CAST(${value} AS text)`;
  const number = (value: number | null) => sql`CAST(${value} AS bigint)`;
  const [step, begin] = [1 + Math.floor(random() * (LOTS - 1)), Math.floor(random() * LOTS)];
  const lot = sql`CAST((row_number() OVER (ORDER BY id) * ${number(step)} + ${number(begin)}) % ${sql.lit(LOTS)} AS integer)`;
  return sql`INSERT INTO delivery (id, subscription_id, occurrence, kind, platform, tenant, channel, state, due_at, not_before, expires_at, late, attempt, resent, doubt, fence, priority, shuffle, reason, settled_at)
    SELECT id || ':' || ${text(of.occurrence)}, id, ${text(of.occurrence)}, kind, platform, tenant, channel, ${text(of.state)}, ${number(of.due_at)}, ${number(of.not_before)}, ${number(of.expires_at)},
      ${sql.lit(of.late)}, 0, 0, 0, 0, ${sql.lit(of.priority)}, ${lot}, ${text(of.reason)}, ${number(of.settled_at)}
    FROM subscription WHERE id IN (${sql.join(ids)}) ON CONFLICT DO NOTHING`;
}

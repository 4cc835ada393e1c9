// The ledger of scheduled posts: claim, mark, settle. Every step names the fence of its owner, so a process that slept too long changes nothing.
import { sql } from 'kysely';
import type { Database } from './db.ts';
import type { DeliveryRow } from './deliveries-schema.ts';
import { type Lease, leaseTime } from './leases.ts';

export type { DeliveryRow, DeliveryState } from './deliveries-schema.ts';

/** Rows of one platform, or of one tenant of it. `not` excludes tenants that must wait. */
export type Lane = { platform: string; tenant?: string };

/** New values of a row whose owner is still the claimer. */
export type Change = Partial<Pick<DeliveryRow, 'state' | 'not_before' | 'doubt' | 'resent' | 'first_attempt_at' | 'reason' | 'attempt' | 'body_id' | 'message_id' | 'removes' | 'settled_at'>>;

export type Deliveries = {
  /** Leases up to `limit` rows whose time has come, in order of priority and a daily shuffle. */
  claim(lane: Lane, options: { lease: Lease; now: number; leaseMs: number; limit: number }): Promise<DeliveryRow[]>;
  /**
   * The last look before a post: true only when the row is still ours, its lease has `marginMs` left and the platform's lease is ours too. Marks
   * the attempt in the same statement, so that a crash right after it is known as "perhaps sent".
   */
  beginAttempt(row: DeliveryRow, lease: Lease, now: number, marginMs: number): Promise<boolean>;
  /** Changes a row that is still claimed under this fence; false when it was taken over. */
  change(row: DeliveryRow, lease: Lease, change: Change): Promise<boolean>;
  /**
   * Records a success, whoever owns the row by now: what is known to be sent is never sent again.
   * @returns the subscription's previous message when `replace` asks to take it away
   */
  markSent(row: DeliveryRow, sent: { messageId: string; at: number; reason: string | null; replace: boolean }): Promise<string | null>;
  /** Frees the rows of earlier fences (our own previous life, or an instance that lost its lease). */
  recover(lease: Lease, platform: string, now: number): Promise<number>;
  /** Ends rows that were never tried and whose time is over. */
  expire(now: number): Promise<number>;
  tenantsDue(platform: string, now: number): Promise<string[]>;
  /** Ends every open row of subscriptions that were stopped. */
  drop(subscriptionIds: readonly string[], reason: string, now: number): Promise<void>;
};

export function createDeliveries(database: Database, now: () => number): Deliveries {
  const { sql: db, engine } = database;
  const mine = (row: DeliveryRow, lease: Lease) => db.updateTable('delivery').where('id', '=', row.id).where('lease_owner', '=', lease.owner).where('fence', '=', lease.fence).where('state', '=', 'sending');
  return {
    async claim(lane, { lease, now: at, leaseMs, limit }) {
      const open = db.selectFrom('delivery').select('id').where('platform', '=', lane.platform).where('not_before', '<=', at);
      const ordered = (lane.tenant === undefined ? open : open.where('tenant', '=', lane.tenant)).orderBy('priority').orderBy('not_before').orderBy('shuffle').limit(limit);
      const picked = engine === 'postgres' ? ordered.forUpdate().skipLocked() : ordered;
      const set = { state: 'sending', lease_owner: lease.owner, lease_until: at + leaseMs, not_before: at + leaseMs, fence: lease.fence } as const;
      return await db.updateTable('delivery').set(set).where('id', 'in', picked).returningAll().execute();
    },
    async beginAttempt(row, lease, at, marginMs) {
      const held = sql<boolean>`EXISTS (SELECT 1 FROM lease WHERE name = ${lease.name} AND owner = ${lease.owner} AND fence = ${lease.fence} AND until > ${leaseTime(database, now)})`;
      const result = await mine(row, lease)
        .where('lease_until', '>', at + marginMs)
        .where(held)
        .set((eb) => ({ doubt: 1, attempt: eb('attempt', '+', 1), first_attempt_at: eb.fn.coalesce('first_attempt_at', sql<number>`CAST(${at} AS bigint)`) }))
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async change(row, lease, change) {
      const result = await mine(row, lease).set(change).executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async markSent(row, { messageId, at, reason, replace }) {
      return await db.transaction().execute(async (transaction) => {
        const subscription = await transaction.selectFrom('subscription').select('last_message_id').where('id', '=', row.subscription_id).executeTakeFirst();
        const previous = subscription?.last_message_id ?? null;
        const removes = replace && previous !== messageId ? previous : null;
        const settled = { state: 'sent', not_before: null, doubt: 0, message_id: messageId, settled_at: at, reason, removes } as const;
        const result = await transaction.updateTable('delivery').set(settled).where('id', '=', row.id).where('state', '!=', 'sent').executeTakeFirst();
        if (result.numUpdatedRows === 0n) return null;
        await transaction.updateTable('subscription').set({ fail_streak: 0, last_sent_at: at, last_message_id: messageId, last_error: null }).where('id', '=', row.subscription_id).execute();
        return removes;
      });
    },
    async recover(lease, platform, at) {
      const { numAffectedRows } = await sql`UPDATE delivery SET state = CASE WHEN doubt = 1 THEN 'ambiguous' ELSE 'pending' END, not_before = CAST(${at} AS bigint), lease_owner = NULL
        WHERE platform = ${platform} AND not_before IS NOT NULL AND state = 'sending' AND fence <> ${lease.fence}`.execute(db);
      return Number(numAffectedRows ?? 0n);
    },
    async expire(at) {
      const open = db.updateTable('delivery').set({ state: 'skipped', reason: 'expired', not_before: null, settled_at: at });
      const result = await open.where('not_before', 'is not', null).where('state', '=', 'pending').where('doubt', '=', 0).where('expires_at', '<', at).executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
    async tenantsDue(platform, at) {
      const rows = await db.selectFrom('delivery').select('tenant').distinct().where('platform', '=', platform).where('not_before', '<=', at).execute();
      return rows.map((row) => row.tenant);
    },
    async drop(subscriptionIds, reason, at) {
      if (subscriptionIds.length === 0) return;
      const open = db.updateTable('delivery').where('not_before', 'is not', null).where('subscription_id', 'in', subscriptionIds).where('state', '=', 'pending');
      await open.set({ state: 'skipped', reason, not_before: null, settled_at: at }).execute();
    },
  };
}

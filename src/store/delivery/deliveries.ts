// The ledger of scheduled posts: claim, change, free. Every step names the fence of its owner, so a process that slept too long changes nothing.
import { type RawBuilder, sql } from 'kysely';
import { type Random, realRandom } from '../../base/hash.ts';
import type { Database } from '../database.ts';
import { changeInSlices } from './change-in-slices.ts';
import type { DeliveryRow } from './tables.ts';
import type { Lease } from './leases.ts';

export type { DeliveryRow };

/** New values of a row whose owner is still the claimer. */
export type Change = Partial<
  Pick<
    DeliveryRow,
    | 'state'
    | 'not_before'
    | 'doubt'
    | 'resent'
    | 'first_attempt_at'
    | 'reason'
    | 'attempt'
    | 'body_id'
    | 'message_id'
    | 'removes'
    | 'settled_at'
  >
>;

/** `now` in epoch ms; a claimed row is leased for `leaseMs`. */
export type ClaimOptions = { lease: Lease; now: number; leaseMs: number; limit: number };

export type Deliveries = {
  /**
   * Leases up to `limit` rows whose time has come: of every tenant and kind the first one, then of each the second, so that none waits for the
   * many of another. Within that by priority, time and lot.
   */
  claim(queue: { platform: string }, options: ClaimOptions): Promise<DeliveryRow[]>;
  /** Leases up to `limit` rows of each of these tenants, in one write: of each kind the first one, then the second. */
  claimOf(queue: { platform: string; tenants: readonly string[] }, options: ClaimOptions): Promise<DeliveryRow[]>;
  /** Changes a row that is still claimed under this fence; false when it was taken over. */
  change(row: DeliveryRow, lease: Lease, change: Change): Promise<boolean>;
  /** Frees the rows of earlier fences (our own previous life, or an instance that lost its lease). */
  recover(lease: Lease, platform: string, now: number): Promise<number>;
  /** Ends rows that were never tried and whose time is over. */
  expire(now: number): Promise<number>;
  /** Tenants with rows whose time has come, at most `most`, who waited longest first; `except` are left out. */
  tenantsDue(platform: string, options: { now: number; most: number; except: readonly string[] }): Promise<string[]>;
  /** Ends every open row of owners that were stopped. */
  drop(ownerIds: readonly string[], reason: string, now: number): Promise<void>;
};

/** Lots of rows (`shuffle`) are below this. */
const LOTS = 2_147_483_647;

/** @param kinds of deliveries that are common; rows of others are claimed as well, in more time */
export function createDeliveries(
  { sql: db, engine }: Database,
  random: Random = realRandom,
  kinds: readonly string[] = [],
): Deliveries {
  const mine = (row: DeliveryRow, lease: Lease) =>
    db
      .updateTable('delivery')
      .where('id', '=', row.id)
      .where('lease_owner', '=', lease.owner)
      .where('fence', '=', lease.fence)
      .where('state', '=', 'sending');
  /** Leases the rows that `chosen` (SQL) names and that are still due. */
  async function take(chosen: RawBuilder<unknown>, { lease, now: at, leaseMs }: ClaimOptions): Promise<DeliveryRow[]> {
    const due = db
      .selectFrom('delivery')
      .select('id')
      .where('not_before', '<=', at)
      .where(sql<boolean>`id IN (${chosen})`);
    const picked = engine === 'postgres' ? due.forUpdate().skipLocked() : due;
    const set = {
      state: 'sending',
      lease_owner: lease.owner,
      lease_until: at + leaseMs,
      not_before: at + leaseMs,
      fence: lease.fence,
    } as const;
    return await db.updateTable('delivery').set(set).where('id', 'in', picked).returningAll().execute();
  }
  return {
    async claim({ platform }, options) {
      const { now: at, limit } = options;
      const due = sql`platform = ${platform} AND not_before <= ${at}`;
      const lot = sql`CAST(${Math.floor(random() * LOTS)} AS bigint)`; // who is first of those that wait equally long: the next one in a circle of lots
      // Queues are the due rows of one tenant and kind: as many as there is room for, of each kind alike, then the first row of each, the second …
      const waiting = (ofKinds: RawBuilder<unknown>) =>
        sql`SELECT tenant AS of_tenant, kind AS of_kind, min(not_before) AS first_at, (min(shuffle) + ${lot}) % ${sql.lit(LOTS)} AS lot
          FROM delivery WHERE ${due} AND ${ofKinds} GROUP BY tenant, kind`;
      // The first few of one kind are found without ranking all of them.
      const known = kinds.map(
        (kind) => sql`SELECT of_tenant, of_kind, row_number() OVER (ORDER BY first_at, lot) AS place
          FROM (${waiting(sql`kind = ${kind}`)} ORDER BY first_at, lot LIMIT ${limit}) AS known`,
      );
      const others = sql`SELECT * FROM (SELECT of_tenant, of_kind, row_number() OVER (PARTITION BY of_kind ORDER BY first_at, lot) AS place
          FROM (${waiting(kinds.length === 0 ? sql`1 = 1` : sql`kind NOT IN (${sql.join(kinds)})`)}) AS rest ORDER BY place LIMIT ${limit}) AS ranked`;
      const fair = sql`SELECT id FROM (
        SELECT id, priority, place, row_number() OVER (PARTITION BY tenant, kind ORDER BY priority, not_before, shuffle) AS turn
        FROM (${sql.join([...known, others], sql` UNION ALL `)}) AS queues CROSS JOIN delivery
        WHERE ${due} AND tenant = of_tenant AND kind = of_kind
      ) AS fair ORDER BY turn, place, priority LIMIT ${limit}`;
      return await take(fair, options);
    },
    async claimOf({ platform, tenants }, options) {
      const { now: at, limit } = options;
      if (tenants.length === 0) return [];
      const fair = sql`SELECT id FROM (
        SELECT id, row_number() OVER (PARTITION BY tenant ORDER BY turn, priority, not_before, shuffle) AS nth FROM (
          SELECT id, tenant, priority, not_before, shuffle, row_number() OVER (PARTITION BY tenant, kind ORDER BY priority, not_before, shuffle) AS turn
          FROM delivery WHERE platform = ${platform} AND tenant IN (${sql.join(tenants)}) AND not_before <= ${at}
        ) AS ranked
      ) AS fair WHERE nth <= ${limit}`;
      return await take(fair, options);
    },
    async change(row, lease, change) {
      const result = await mine(row, lease).set(change).executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async recover(lease, platform, at) {
      const { numAffectedRows } =
        await sql`UPDATE delivery SET state = CASE WHEN doubt = 1 THEN 'ambiguous' ELSE 'pending' END, not_before = CAST(${at} AS bigint), lease_owner = NULL
        WHERE platform = ${platform} AND not_before IS NOT NULL AND state = 'sending' AND fence <> ${lease.fence}`.execute(
          db,
        );
      return Number(numAffectedRows ?? 0n);
    },
    expire: (at) =>
      changeInSlices(
        db,
        (row) =>
          row.and([
            row('not_before', 'is not', null),
            row('state', '=', 'pending'),
            row('doubt', '=', 0),
            row('expires_at', '<', at),
          ]),
        { state: 'skipped', reason: 'expired', not_before: null, settled_at: at },
      ),
    async tenantsDue(platform, { now: at, most, except }) {
      const due = db
        .selectFrom('delivery')
        .select('tenant')
        .where('platform', '=', platform)
        .where('not_before', '<=', at)
        .groupBy('tenant')
        .orderBy(({ fn }) => fn.min('not_before'))
        .orderBy(({ fn }) => fn.min('shuffle'))
        .limit(most);
      const rows = await (except.length === 0 ? due : due.where('tenant', 'not in', except)).execute();
      return rows.map((row) => row.tenant);
    },
    drop: (ownerIds, reason, at) => dropOpen(db, ownerIds, reason, at),
  };
}

/** Ends every open row of these owners (within a transaction when they end with it). */
export async function dropOpen(
  db: Database['sql'],
  ownerIds: readonly string[],
  reason: string,
  at: number,
): Promise<void> {
  if (ownerIds.length === 0) return;
  const open = db
    .updateTable('delivery')
    .where('not_before', 'is not', null)
    .where('subscription_id', 'in', ownerIds)
    .where('state', '=', 'pending');
  await open.set({ state: 'skipped', reason, not_before: null, settled_at: at }).execute();
}

/** Adds one delivery (within a transaction when its owner changes with it); false when the same one is there already. */
export async function addDelivery({ sql: db }: Pick<Database, 'sql'>, row: DeliveryRow): Promise<boolean> {
  const result = await db
    .insertInto('delivery')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

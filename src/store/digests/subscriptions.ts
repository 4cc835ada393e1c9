// Reads and writes the subscriptions of digests; knows rows, not rules.
import { sql as expression, type Transaction } from 'kysely';
import type { Database } from '../database.ts';
import { dropOpen } from '../delivery/deliveries.ts';
import { oneAtATime } from '../engine/one-at-a-time.ts';
import type { Tables } from '../tables.ts';
import type { SubscriptionRow, SubscriptionStatus } from './tables.ts';

export type { SubscriptionRow, SubscriptionStatus };

export type Place = { platform: string; tenant: string };

export type Subscriptions = {
  add(row: SubscriptionRow): Promise<void>;
  /** Null when there is none of this id at this place: an id of another server or workspace does not exist here. */
  find(id: string, place: Place): Promise<SubscriptionRow | null>;
  get(id: string): Promise<SubscriptionRow | null>;
  /** Everything of a server or workspace (or of one channel) that is not a draft, at most `most`, what is dead only where there is room; oldest first. */
  listAt(place: Place & { channel?: string }, most: number): Promise<SubscriptionRow[]>;
  countAt(place: Place & { channel?: string }): Promise<number>;
  /** Of all places, those that are stopped for one of these reasons. */
  countSuspended(reasons: readonly string[]): Promise<number>;
  /** Changes the row if it is still in one of `from`; false when it is not (any more). */
  change(id: string, from: readonly SubscriptionStatus[], patch: Partial<SubscriptionRow>): Promise<boolean>;
  /**
   * Starts a draft, and in the same transaction ends the one whose place it takes, with its open deliveries. False when it is no draft any more:
   * then nothing happens. Among all processes one of a server or workspace is started at a time, so what `room` reads still holds then.
   * @param room says whose place it takes (an id, null: nobody's), and throws where there is no room for it
   * @param at now, epoch ms
   */
  start(
    row: Pick<SubscriptionRow, 'id' | 'platform' | 'tenant'>,
    patch: Partial<SubscriptionRow>,
    room: (rows: Pick<Subscriptions, 'find' | 'countAt'>) => Promise<string | null>,
    at: number,
  ): Promise<boolean>;
  /** Removes it and ends its open deliveries, in one transaction. */
  remove(id: string, at: number): Promise<void>;
  /** Active rows that another version of the zone data computed. */
  computedWithOther(zoneData: string, most: number): Promise<SubscriptionRow[]>;
  active(afterId: string, most: number): Promise<SubscriptionRow[]>;
  /** Whether an active row is planned for later than this moment. */
  isAnyAfter(moment: number): Promise<boolean>;
  /** Suspended rows get their next try at this moment at the latest. */
  probeNotAfter(moment: number): Promise<void>;
  /** Suspended rows whose time for another try has come. */
  suspendedUntil(at: number, most: number): Promise<SubscriptionRow[]>;
  /** Rows of a channel (or a whole tenant) in one of the given states. */
  idsAt(place: Place & { channel?: string }, states: readonly SubscriptionStatus[]): Promise<string[]>;
  /** Stopped subscriptions that their owner has not been told about; marks them as told. */
  takeNotices(place: Place & { owner: string }): Promise<SubscriptionRow[]>;
  removeDrafts(createdBefore: number): Promise<void>;
  /** Removes what was retired before a moment, with the id of its owner. */
  removeDead(stoppedBefore: number): Promise<void>;
};

const STOPPED: readonly SubscriptionStatus[] = ['suspended', 'dead'];

export function createSubscriptions(database: Database): Subscriptions {
  const { sql } = database;
  const all = () => sql.selectFrom('subscription').selectAll();
  const at = ({ platform, tenant, channel }: Place & { channel?: string }) => {
    const query = sql.selectFrom('subscription').where('platform', '=', platform).where('tenant', '=', tenant);
    return channel === undefined ? query : query.where('channel', '=', channel);
  };
  return {
    add: async (row) => void (await sql.insertInto('subscription').values(row).execute()),
    find: async (id, place) =>
      (await all()
        .where('id', '=', id)
        .where('platform', '=', place.platform)
        .where('tenant', '=', place.tenant)
        .executeTakeFirst()) ?? null,
    get: async (id) => (await all().where('id', '=', id).executeTakeFirst()) ?? null,
    async listAt(place, most) {
      const isDead = expression`CASE WHEN status = 'dead' THEN 1 ELSE 0 END`;
      const made = at(place).selectAll().where('status', '!=', 'draft').orderBy(isDead);
      const rows = await made.orderBy('created_at').orderBy('id').limit(most).execute();
      return rows.sort((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
    },
    async countAt(place) {
      const row = await at(place)
        .where('status', 'not in', ['draft', 'dead'])
        .select(({ fn }) => fn.countAll<number | string>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },
    async countSuspended(reasons) {
      const row = await sql
        .selectFrom('subscription')
        .where('status', '=', 'suspended')
        .where('last_error', 'in', reasons)
        .select(({ fn }) => fn.countAll<number | string>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },
    async change(id, from, patch) {
      const result = await sql
        .updateTable('subscription')
        .set(patch)
        .where('id', '=', id)
        .where('status', 'in', from)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    start: ({ id, platform, tenant }, patch, room, moment) =>
      oneAtATime(database, `digest ${platform} ${tenant}`, async (transaction) => {
        const within = createSubscriptions({ ...database, sql: transaction });
        if ((await within.get(id))?.status !== 'draft') return false;
        const replaces = await room(within);
        if (!(await within.change(id, ['draft'], patch))) return false;
        if (replaces !== null) await end(transaction, replaces, moment);
        return true;
      }),
    remove: (id, moment) => sql.transaction().execute((transaction) => end(transaction, id, moment)),
    computedWithOther: (zoneData, most) =>
      all().where('next_at', 'is not', null).where('zone_data', '!=', zoneData).limit(most).execute(),
    active: (afterId, most) =>
      all().where('next_at', 'is not', null).where('id', '>', afterId).orderBy('id').limit(most).execute(),
    isAnyAfter: async (moment) =>
      (await sql.selectFrom('subscription').select('id').where('next_at', '>', moment).limit(1).executeTakeFirst()) !==
      undefined,
    probeNotAfter: async (moment) =>
      void (await sql
        .updateTable('subscription')
        .set({ suspended_until: moment })
        .where('status', '=', 'suspended')
        .where('suspended_until', '>', moment)
        .execute()),
    suspendedUntil: (moment, most) =>
      all().where('status', '=', 'suspended').where('suspended_until', '<=', moment).limit(most).execute(),
    idsAt: async (place, states) =>
      (await at(place).select('id').where('status', 'in', states).execute()).map((row) => row.id),
    async takeNotices({ owner, ...place }) {
      const rows = await at(place)
        .selectAll()
        .where('owner', '=', owner)
        .where('told', '=', 0)
        .where('status', 'in', STOPPED)
        .execute();
      if (rows.length > 0)
        await sql
          .updateTable('subscription')
          .set({ told: 1 })
          .where(
            'id',
            'in',
            rows.map((row) => row.id),
          )
          .execute();
      return rows;
    },
    removeDrafts: async (before) =>
      void (await sql
        .deleteFrom('subscription')
        .where('status', '=', 'draft')
        .where('created_at', '<', before)
        .execute()),
    removeDead: async (before) =>
      void (await sql
        .deleteFrom('subscription')
        .where('status', '=', 'dead')
        .where((eb) => eb(eb.fn.coalesce('stopped_at', 'created_at'), '<', before))
        .execute()),
  };
}

async function end(transaction: Transaction<Tables>, id: string, at: number): Promise<void> {
  await dropOpen(transaction, [id], 'deleted', at);
  await transaction.deleteFrom('subscription').where('id', '=', id).execute();
}

// Reads and writes tickers; knows rows, not rules.
import type { Database } from '../database.ts';
import { oneAtATime } from '../engine/one-at-a-time.ts';
import type { TickerRow } from './tables.ts';

export type { TickerRow };

/** A channel, or a whole server. */
type Place = Pick<TickerRow, 'platform' | 'tenant'> & { channel?: string };

export type TickerStore = {
  /** Replaces what the channel showed. */
  put(row: TickerRow): Promise<void>;
  /** The same, where the server has fewer than `most` others; among all processes one of a server is put at a time. @returns whether it was put */
  admit(row: TickerRow, most: number): Promise<boolean>;
  of(place: Place): Promise<TickerRow[]>;
  /**
   * Those whose time has come, the longest waiting first; also those that a clock ahead of this one planned: later than in `everyMs`, or than in
   * `refusedMs` after a refusal.
   */
  due(now: number, waits: { everyMs: number; refusedMs: number }, most: number): Promise<TickerRow[]>;
  /** Takes a due row until `nextAt`: true for one process only, and only while the row shows that coin. */
  claim(row: TickerRow, nextAt: number): Promise<boolean>;
  /** Notes refusals in a row, unless somebody set the channel anew since `row` was read. */
  refused(row: TickerRow, refused: number, nextAt: number): Promise<void>;
  /** Refused ones of a place are tried again at `now`. @returns how many */
  retry(place: Place, now: number): Promise<number>;
  /** @returns how many */
  remove(place: Place): Promise<number>;
};

export function createTickerStore(database: Database): TickerStore {
  const { sql: db } = database;
  return {
    async put(row) {
      const { platform: _platform, channel: _channel, ...patch } = row;
      await db
        .insertInto('ticker')
        .values(row)
        .onConflict((conflict) => conflict.columns(['platform', 'channel']).doUpdateSet(patch))
        .execute();
    },
    admit: (row, most) =>
      oneAtATime(database, `ticker ${row.platform} ${row.tenant}`, async (transaction) => {
        const within = createTickerStore({ ...database, sql: transaction });
        const others = (await within.of({ platform: row.platform, tenant: row.tenant })).filter(
          ({ channel }) => channel !== row.channel,
        );
        if (others.length >= most) return false;
        await within.put(row);
        return true;
      }),
    of({ platform, tenant, channel }) {
      const rows = db
        .selectFrom('ticker')
        .selectAll()
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .orderBy('channel');
      return (channel === undefined ? rows : rows.where('channel', '=', channel)).execute();
    },
    due: (now, { everyMs, refusedMs }, most) =>
      db
        .selectFrom('ticker')
        .selectAll()
        .where((row) =>
          row.or([
            row('next_at', '<=', now),
            row('next_at', '>', now + refusedMs),
            row.and([row('refused', '=', 0), row('next_at', '>', now + everyMs)]),
          ]),
        )
        .orderBy('next_at')
        .limit(most)
        .execute(),
    async claim(row, nextAt) {
      const { numUpdatedRows } = await db
        .updateTable('ticker')
        .set({ next_at: nextAt })
        .where('platform', '=', row.platform)
        .where('channel', '=', row.channel)
        .where('coin', '=', row.coin)
        .where('next_at', '=', row.next_at)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async refused({ platform, channel, next_at: read }, refused, nextAt) {
      await db
        .updateTable('ticker')
        .set({ refused, next_at: nextAt })
        .where('platform', '=', platform)
        .where('channel', '=', channel)
        .where('next_at', '=', read)
        .execute();
    },
    async retry({ platform, tenant, channel }, now) {
      const rows = db
        .updateTable('ticker')
        .set({ next_at: now })
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('refused', '>', 0)
        .where('next_at', '>', now);
      const { numUpdatedRows } = await (
        channel === undefined ? rows : rows.where('channel', '=', channel)
      ).executeTakeFirst();
      return Number(numUpdatedRows);
    },
    async remove({ platform, tenant, channel }) {
      const rows = db.deleteFrom('ticker').where('platform', '=', platform).where('tenant', '=', tenant);
      const { numDeletedRows } = await (
        channel === undefined ? rows : rows.where('channel', '=', channel)
      ).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

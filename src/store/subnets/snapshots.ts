// What the subnet market keeps over restarts: the last snapshot, and a row of every price for every reading.
import type { HistoryRow, SubnetsMemory } from '../../chain/subnets/port.ts';
import type { Database } from '../database.ts';

/** Rows per statement: one holds up the process for a millisecond or two. */
const BATCH = 50;
/** 90 days are about 2,000 readings after thinning; more are only there when nobody thinned for weeks. */
const MOST_READINGS = 15_000;
const MOST_POINTS = 5_000;
const LAST = 'last';

export function createSubnetsMemory({ sql }: Database): SubnetsMemory {
  return {
    async loadSnapshot() {
      const row = await sql
        .selectFrom('subnet_snapshot')
        .select(['json', 'at'])
        .where('id', '=', LAST)
        .executeTakeFirst();
      return row ?? null;
    },
    async saveSnapshot({ json, at }) {
      await sql
        .insertInto('subnet_snapshot')
        .values({ id: LAST, json, at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ json, at }))
        .execute();
    },
    async readings() {
      const rows = await sql
        .selectFrom('subnet_reading')
        .selectAll()
        .orderBy('slot', 'desc')
        .limit(MOST_READINGS)
        .execute();
      return rows.toReversed();
    },
    async record(reading, rows) {
      return await sql.transaction().execute(async (transaction) => {
        const added = await transaction
          .insertInto('subnet_reading')
          .values(reading)
          .onConflict((conflict) => conflict.column('slot').doNothing())
          .returning('slot')
          .execute();
        if (added.length === 0) return false;
        for (let from = 0; from < rows.length; from += BATCH) {
          await transaction
            .insertInto('subnet_price')
            .values(rows.slice(from, from + BATCH).map((row) => toRow(row, reading.slot)))
            .onConflict((conflict) => conflict.columns(['netuid', 'registered_at', 'slot']).doNothing())
            .execute();
        }
        return true;
      });
    },
    async rowsOf(slot) {
      const rows = await sql.selectFrom('subnet_price').selectAll().where('slot', '=', slot).execute();
      return rows.filter(isPriced).map((row) => ({
        netuid: row.netuid,
        registeredAt: row.registered_at,
        priceRao: row.price_rao,
        volumeTao: row.volume_tao,
      }));
    },
    async series({ netuid, registeredAt, fromSlot, everySlots }) {
      const rows = await sql
        .selectFrom('subnet_price')
        .innerJoin('subnet_reading', 'subnet_reading.slot', 'subnet_price.slot')
        .select(['subnet_reading.at', 'subnet_price.price_rao'])
        .where('subnet_price.netuid', '=', netuid)
        .where('subnet_price.registered_at', '=', registeredAt)
        .where(
          'subnet_price.slot',
          'in',
          (prices) =>
            prices
              .selectFrom('subnet_price')
              .select(({ fn }) => fn.max('slot').as('slot'))
              .where('netuid', '=', netuid)
              .where('registered_at', '=', registeredAt)
              .where('slot', '>=', fromSlot)
              .groupBy(({ eb }) => eb('slot', '/', eb.lit(everySlots))), // of whole numbers: both engines leave out the rest
        )
        .orderBy('subnet_price.slot', 'desc')
        .limit(MOST_POINTS)
        .execute();
      return rows
        .filter(isPriced)
        .toReversed()
        .map((row) => ({ at: row.at, priceRao: row.price_rao }));
    },
    async forget(slots) {
      if (slots.length === 0) return;
      await sql.deleteFrom('subnet_price').where('slot', 'in', slots).execute();
      await sql.deleteFrom('subnet_reading').where('slot', 'in', slots).execute();
    },
  };
}

/** SQLite keeps text where a number belongs: a damaged price is none. */
function isPriced({ price_rao: price }: { price_rao: unknown }): boolean {
  return typeof price === 'number';
}

function toRow({ netuid, registeredAt, priceRao, volumeTao }: HistoryRow, slot: number) {
  return { netuid, registered_at: registeredAt, slot, price_rao: priceRao, volume_tao: volumeTao };
}

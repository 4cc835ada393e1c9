// The tables of the subnet market: the last snapshot as text, and our own price history, compact because it grows every ten minutes.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A single row, `id` "last". */
export type SubnetSnapshotRow = { id: string; json: string; at: number };
/** One reading of all prices: `slot` counts ten minutes since 1970, `at` is the block's own time. */
export type SubnetReadingRow = { slot: number; at: number; block: number };
/** Price in rao per alpha; a netuid is reused, so `registered_at` (a block) belongs to the key. `volume_tao` is a running total. */
export type SubnetPriceRow = {
  netuid: number;
  registered_at: number;
  slot: number;
  price_rao: number;
  volume_tao: number | null;
};

export const subnetsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('subnet_snapshot')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('subnet_reading')
      .addColumn('slot', 'integer', (c) => c.primaryKey())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('block', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('subnet_price')
      .addColumn('netuid', 'integer', (c) => c.notNull())
      .addColumn('registered_at', 'integer', (c) => c.notNull())
      .addColumn('slot', 'integer', (c) => c.notNull())
      .addColumn('price_rao', 'bigint', (c) => c.notNull())
      .addColumn('volume_tao', 'double precision')
      .addPrimaryKeyConstraint('subnet_price_key', ['netuid', 'registered_at', 'slot'])
      .execute();
    await db.schema.createIndex('subnet_price_slot').on('subnet_price').column('slot').execute();
  },
};

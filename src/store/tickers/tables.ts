// The table of tickers: which coin's price stands under which voice channel.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** `tenant`: the server; `refused`: refusals in a row; `next_at`: when the status may be written again, epoch ms. No person stands here. */
export type TickerRow = {
  platform: string;
  channel: string;
  tenant: string;
  coin: string;
  refused: number;
  next_at: number;
};

export const tickersMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('ticker')
      .addColumn('platform', 'text', (c) => c.notNull())
      .addColumn('channel', 'text', (c) => c.notNull())
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('coin', 'text', (c) => c.notNull())
      .addColumn('refused', 'integer', (c) => c.notNull())
      .addColumn('next_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('ticker_key', ['platform', 'channel'])
      .execute();
    await db.schema.createIndex('ticker_due').on('ticker').column('next_at').execute();
  },
};

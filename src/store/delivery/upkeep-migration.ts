// The schema step of fair queues and of digests that end: an index by tenant, and since when a digest has been stopped.
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isSet } from '../columns.ts';

export const upkeepMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('subscription').addColumn('stopped_at', 'bigint').execute();
    const since = sql`COALESCE(last_sent_at, created_at)`; // nobody noted it so far: the last sign of life
    await sql`UPDATE subscription SET stopped_at = ${since} WHERE status IN ('suspended', 'dead')`.execute(db);
    await db.schema
      .createIndex('delivery_tenant')
      .on('delivery')
      .columns(['platform', 'tenant', 'kind', 'not_before'])
      .where(isSet('not_before'))
      .execute();
  },
};

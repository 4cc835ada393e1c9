// The table of lists that were shown.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** `viewer`: a digest of who saw it and where, no name; `ids`: JSON, first line to last; `at`: epoch ms. */
export type ShownListRow = { viewer: string; ids: string; at: number };

export const shownListsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('shown_list')
      .addColumn('viewer', 'text', (c) => c.primaryKey())
      .addColumn('ids', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('shown_list_age').on('shown_list').column('at').execute();
  },
};

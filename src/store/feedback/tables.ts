// Tables of votes and of questions without an answer, by the server or workspace that they belong to.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What was counted before has no owner and so nobody who may see it: it is not kept. */
export const feedbackMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const name of ['vote', 'gap']) await db.schema.dropTable(name).execute();
    await db.schema
      .createTable('vote')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('entry_id', 'text', (c) => c.notNull())
      .addColumn('useful', 'integer', (c) => c.notNull())
      .addColumn('not_useful', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('vote_by_tenant', ['tenant', 'entry_id'])
      .execute();
    await db.schema
      .createTable('gap')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('question', 'text', (c) => c.notNull())
      .addColumn('count', 'integer', (c) => c.notNull())
      .addColumn('last_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('gap_by_tenant', ['tenant', 'question'])
      .execute();
    await db.schema.createIndex('gap_age').on('gap').column('last_at').execute();
  },
};

/** Pairs of question kind and entry that did not fit: at most kinds times entries for each server. */
export const mismatchMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('mismatch')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('entry_id', 'text', (c) => c.notNull())
      .addColumn('wrong', 'integer', (c) => c.notNull())
      .addColumn('other', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('mismatch_by_tenant', ['tenant', 'kind', 'entry_id'])
      .execute();
  },
};

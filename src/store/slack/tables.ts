// The tables of the Slack part: events that were seen, installations (sealed), and which block types a workspace rejects.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export type InboxRow = { key: string; at: number };
/** `sealed` is encrypted by the bot; the store never sees a token. */
export type InstallationRow = { key: string; sealed: string; at: number };
export type WorkspaceFlagRow = { tenant: string; flag: string; at: number };

export const slackMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('inbox')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('inbox_at').on('inbox').column('at').execute();
    await db.schema
      .createTable('installation')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('workspace_flag')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('flag', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('workspace_flag_key', ['tenant', 'flag'])
      .execute();
  },
};

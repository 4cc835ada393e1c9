// The tables of the Slack part: installations (sealed), and which block types a workspace rejects.
import type { Kysely } from 'kysely';

/** `sealed` is encrypted by the bot; the store never sees a token. */
export type InstallationRow = { key: string; sealed: string; at: number };
export type WorkspaceFlagRow = { tenant: string; flag: string; at: number };

export async function createSlackTables(db: Kysely<unknown>): Promise<void> {
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
}

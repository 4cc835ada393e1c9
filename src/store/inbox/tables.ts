// The table of events that were handled already.
import type { Kysely } from 'kysely';

/** `at`: when it was marked, epoch ms. */
export type InboxRow = { key: string; at: number };

export async function createInboxTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('inbox')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('inbox_at').on('inbox').column('at').execute();
}

// The schema's history: forward only, one step per release that changed it, valid on SQLite and PostgreSQL alike.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { alertsMigration } from './alerts/tables.ts';
import { createDeliveryTables } from './delivery/tables.ts';
import { upkeepMigration } from './delivery/upkeep-migration.ts';
import { createSubscriptionTable } from './digests/tables.ts';
import { feedbackMigration, mismatchMigration } from './feedback/tables.ts';
import { createInboxTable } from './inbox/tables.ts';
import { shortTurnsMigration } from './short-turns-migration.ts';
import { shownListsMigration } from './shown-lists/tables.ts';
import { createSlackTables } from './slack/tables.ts';
import { subnetsMigration } from './subnets/tables.ts';
import { tickersMigration } from './tickers/tables.ts';

type Db = Kysely<unknown>;

export const migrations: Record<string, Migration> = {
  '0001-market-and-feedback': {
    async up(db: Db) {
      await db.schema
        .createTable('meta')
        .addColumn('key', 'text', (c) => c.primaryKey())
        .addColumn('value', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('quote')
        .addColumn('key', 'text', (c) => c.primaryKey())
        .addColumn('json', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('credit')
        .addColumn('source', 'text', (c) => c.notNull())
        .addColumn('day', 'text', (c) => c.notNull())
        .addColumn('calls', 'integer', (c) => c.notNull())
        .addPrimaryKeyConstraint('credit_key', ['source', 'day'])
        .execute();
      await db.schema
        .createTable('vote')
        .addColumn('entry_id', 'text', (c) => c.primaryKey())
        .addColumn('useful', 'integer', (c) => c.notNull())
        .addColumn('not_useful', 'integer', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('gap')
        .addColumn('question', 'text', (c) => c.primaryKey())
        .addColumn('count', 'integer', (c) => c.notNull())
        .addColumn('last_at', 'bigint', (c) => c.notNull())
        .execute();
    },
  },
  '0002-slack': {
    async up(db: Db) {
      await createInboxTable(db);
      await createSlackTables(db);
    },
  },
  '0003-digests': {
    async up(db: Db) {
      await createSubscriptionTable(db);
      await createDeliveryTables(db);
    },
  },
  '0004-subnets': subnetsMigration,
  '0005-feedback-by-tenant': feedbackMigration,
  '0006-delivery-upkeep': upkeepMigration,
  '0007-alerts': alertsMigration,
  '0008-shown-lists': shownListsMigration,
  '0009-faq-mismatches': mismatchMigration,
  '0010-tickers': tickersMigration,
  '0011-short-turns': shortTurnsMigration,
};

// One typed database for both engines: SQLite by default, PostgreSQL for several instances, both through Kysely.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Dialect, Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { AppError } from '../base/errors.ts';
import { migrations } from './migrations.ts';
import { retryingSqlite } from './retrying-sqlite.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

export type Database = { readonly sql: Kysely<Tables>; readonly engine: 'sqlite' | 'postgres'; close(): Promise<void> };

/**
 * Opens the database of `sqlite:PATH` or `postgres://…` and brings its schema up to date.
 * @throws AppError (code "database") with a sentence that names no password.
 */
export async function openDatabase(url: string): Promise<Database> {
  const sqlite = url.startsWith('sqlite:');
  const sql = sqlite
    ? new Kysely<Tables>({ dialect: sqliteDialect(url.slice('sqlite:'.length)) })
    : new Kysely<Tables>({ dialect: await postgresDialect(url) });
  try {
    await migrate(sql);
  } catch (error) {
    await sql.destroy().catch(() => undefined);
    throw new AppError(
      'database',
      `The database cannot be used: ${error instanceof Error ? error.message : 'unknown reason'}. Check DATABASE_URL and its permissions.`,
      { cause: error },
    );
  }
  return { sql, engine: sqlite ? 'sqlite' : 'postgres', close: () => sql.destroy() };
}

async function migrate(sql: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: sql, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error(JSON.stringify(error));
}

function sqliteDialect(file: string): Dialect {
  if (file !== ':memory:') mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  return retryingSqlite(() => Promise.resolve(openSqlite(file)));
}

async function postgresDialect(url: string): Promise<PostgresDialect> {
  const { default: pg } = await import('pg'); // only loaded when asked for
  pg.types.setTypeParser(pg.types.builtins.INT8, Number); // it holds epoch ms, far below 2^53
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 15_000,
  });
  pool.on('error', () => undefined); // an idle connection that drops is replaced; the next query reports what matters
  pool.on('connect', (client) => void client.on('error', () => undefined)); // one that drops between two queries must not end the process
  return new PostgresDialect({ pool });
}

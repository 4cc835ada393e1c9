// Node's own SQLite behind the small interface that Kysely's SQLite dialect expects.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type Dialect, SqliteAdapter, type SqliteDatabase } from 'kysely';
import { LRUCache } from 'lru-cache';
import { retryingSqlite } from './retrying-sqlite.ts';

/** SQLite can take back changes of a schema; Kysely's adapter only says that it cannot. */
class TransactionalSqlite extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** For Kysely; the folder of the file must be there. */
export function sqliteDialect(file: string): Dialect {
  return {
    ...retryingSqlite(() => Promise.resolve(openSqlite(file))),
    createAdapter: () => new TransactionalSqlite(),
  };
}

/**
 * Pages of the log after which a commit copies them into the file, a few milliseconds of the event loop; SQLite's own 1,000 take fifteen.
 * https://www.sqlite.org/wal.html#automatic_checkpoint
 */
const CHECKPOINT_PAGES = 200;

/**
 * Opens a file (or ":memory:") in WAL mode with full durability: the ledger must not forget a post that was made.
 * Waiting for another writer is left to `retrying-sqlite.ts`: SQLite's own would hold up the whole process.
 */
export function openSqlite(file: string): SqliteDatabase {
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA busy_timeout = 0`,
  );
  const kept = new LRUCache<string, Statement>({ max: MOST_KEPT });
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      const statement = prepared(database, sql);
      if (!ROWS.test(sql)) kept.clear();
      else if (sql.length <= LONGEST_KEPT) kept.set(sql, statement);
      return statement;
    },
  };
}

type Statement = ReturnType<SqliteDatabase['prepare']>;

/** Statements that stay prepared: preparing one takes longer than most take to run, and their texts are few. Long ones are lists of ids. */
const MOST_KEPT = 200;
const LONGEST_KEPT = 4000;
/** All others may change the schema, after which every statement is prepared anew. */
const ROWS = /^\s*(select|insert|update|delete|with|begin|commit|rollback)\b/i;

function prepared(database: DatabaseSync, sql: string): Statement {
  const statement = database.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => database.prepare(sql).iterate(...(parameters as SQLInputValue[])), // another reader must not end it
  };
}

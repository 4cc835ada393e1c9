// Node's own SQLite behind the small interface that Kysely's SQLite dialect expects.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Dialect, SqliteDatabase } from 'kysely';
import { LRUCache } from 'lru-cache';
import { retryingSqlite, type SqliteFile } from './retrying-sqlite.ts';
import { type CopyLog, createCheckpoints, type LogPages } from './wal/checkpoints.ts';
import { createGroupCommit, type SyncFile } from './wal/group-commit.ts';

/** `sync`, `copy`: in place of the wait for the disk and of the copying of the log (tests). `onCopyFailure`: that copying failed, which loses nothing. */
export type LogWork = { sync?: SyncFile; copy?: CopyLog; onCopyFailure?: (error: unknown) => void };

/** For Kysely; the folder of the file must be there. */
export function sqliteDialect(file: string, work?: LogWork): Dialect {
  return retryingSqlite(() => openSqlite(file, work));
}

/**
 * The log is copied into the file beside the event loop, from a quarter of the 4,000 pages on after which it begins anew. At four times those, 64
 * MiB, something is wrong with that, and a commit does it: https://www.sqlite.org/wal.html#automatic_checkpoint
 */
const LAST_RESORT_PAGES = 16_000;

/**
 * Opens a file (or ":memory:") in WAL mode with full durability: the ledger must not forget a post that was made. In `synchronous = NORMAL` a
 * commit writes to the log without a wait for the disk (https://www.sqlite.org/pragma.html#pragma_synchronous); `written` is that wait, and no
 * write has happened for whoever asked before it is over. Where there is no such log, SQLite waits itself.
 * Waiting for another writer is left to `retrying-sqlite.ts`: SQLite's own would hold up the whole process, too.
 */
export function openSqlite(name: string, { sync, copy, onCopyFailure }: LogWork = {}): SqliteFile {
  const database = new DatabaseSync(name, { timeout: 5000 });
  const hasLog = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'] === 'wal';
  database.exec(
    `PRAGMA synchronous = ${hasLog ? 'NORMAL' : 'FULL'}; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = ${LAST_RESORT_PAGES}; PRAGMA busy_timeout = 0`,
  );
  const file = String(database.location()); // where a symbolic link leads: the log is beside that
  const commits = hasLog ? createGroupCommit(`${file}-wal`, sync) : null;
  const pages = database.prepare('PRAGMA wal_checkpoint(NOOP)'); // copies nothing, and takes two microseconds
  const checkpoints = hasLog
    ? createCheckpoints(file, { pages: () => pages.get() as LogPages, copy, onFailure: onCopyFailure })
    : null;
  const changes = database.prepare('SELECT total_changes() AS rows');
  const kept = new LRUCache<string, Statement>({ max: MOST_KEPT });
  let [rows, schemaChanged] = [0, false];
  return {
    close: () => database.close(),
    isTransaction: () => database.isTransaction,
    written() {
      const before = rows;
      rows = Number(changes.get()?.['rows']);
      const changed = schemaChanged || rows !== before;
      schemaChanged = false;
      if (!changed) return null;
      checkpoints?.look();
      return commits?.onDisk() ?? null;
    },
    async beforeClose() {
      await commits?.close();
      await checkpoints?.close();
    },
    prepare(sql) {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      const statement = prepared(database, sql);
      if (!ROWS.test(sql)) {
        kept.clear();
        schemaChanged = true;
      } else if (sql.length <= LONGEST_KEPT) kept.set(sql, statement);
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

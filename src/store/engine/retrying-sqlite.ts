// SQLite waits inside the call for a locked file and for the disk, and so holds up the whole process; here statements wait beside it instead.
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
} from 'kysely';
import { withDriver } from './drivers.ts';
import { createTransactionLock, type TransactionLock } from './transaction-lock.ts';

/** How long a statement waits for another writer before it fails; the file itself must be opened with a timeout of 0. */
const PATIENCE_MS = 5000;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 50;

/** https://www.sqlite.org/rescode.html: 5 and its extended forms mean "locked by another". */
const BUSY = 5;

/** An open file, as Kysely wants it, and what is asked of it between statements. */
export type SqliteFile = SqliteDatabase & {
  /** Whether a transaction is open. */
  isTransaction(): boolean;
  /** Null when nothing was committed since the last call, else when that is on the disk. */
  written(): Promise<void> | null;
  /** Waits for what is being written. */
  beforeClose(): Promise<void>;
};

const ROLLBACK = CompiledQuery.raw('rollback');

/** SQLite can take back changes of a schema, and here many may ask at once; Kysely's adapter says that it can neither. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/**
 * Kysely's dialect whose statements, when the file is locked, are tried again while everything else goes on. A write is done when it is on the
 * disk; others use the connection while it waits for that, so that no slow disk makes a queue.
 */
export function retryingSqlite(open: () => SqliteFile): Dialect {
  let file: SqliteFile | undefined;
  const opened = (): SqliteFile => (file ??= open());
  const [turn, lock] = [createTurns(), createTransactionLock()];
  const dialect = withDriver(new SqliteDialect({ database: () => Promise.resolve(opened()) }), (driver) => ({
    acquireConnection: async (options) =>
      sharedConnection(await driver.acquireConnection(options), { file: opened(), turn, lock }),
    releaseConnection: (connection) => (connection as SharedConnection).release(),
    // Writing from the first statement on: a transaction that begins by reading cannot wait for another writer, what it read is old by then.
    beginTransaction: async (connection) => void (await connection.executeQuery(CompiledQuery.raw('begin immediate'))),
    commitTransaction: async (connection) => void (await connection.executeQuery(CompiledQuery.raw('commit'))),
    rollbackTransaction: (connection) => (connection as SharedConnection).release(),
    async destroy(options) {
      await file?.beforeClose();
      await driver.destroy(options);
    },
  }));
  return { ...dialect, createAdapter: () => new Adapter() };
}

/** SQLite answers at once, so that many statements in a row are one long turn of the event loop: everything else waits for its end. */
const MOST_PER_TURN = { statements: 16, ms: 4 };

/** Returns what every statement waits for first: nothing, or the next turn when this one had its share. */
function createTurns(): () => Promise<void> {
  const turn = { statements: 0, beganAt: 0 };
  const used = () =>
    turn.statements >= MOST_PER_TURN.statements ||
    (turn.statements > 0 && performance.now() - turn.beganAt >= MOST_PER_TURN.ms);
  return async () => {
    while (used()) await nextTurn();
    if (turn.statements === 0) {
      setImmediate(() => void (turn.statements = 0));
      turn.beganAt = performance.now();
    }
    turn.statements++;
  };
}

/** `release` rolls back a transaction that is still open. */
type SharedConnection = DatabaseConnection & { release(): Promise<void> };
type Shared = { file: SqliteFile; turn: () => Promise<void>; lock: TransactionLock };

/** The one connection as one user sees it: theirs alone while a transaction of theirs is open. */
function sharedConnection(connection: DatabaseConnection, { file, turn, lock }: Shared): SharedConnection {
  let holding = false;
  async function run(query: CompiledQuery): ReturnType<DatabaseConnection['executeQuery']> {
    await turn();
    return await untilFree(() => connection.executeQuery(query));
  }
  function letGo(): void {
    if (!holding || file.isTransaction()) return;
    holding = false;
    lock.release();
  }
  return {
    streamQuery: (query, size, options) => connection.streamQuery(query, size, options),
    async executeQuery(query) {
      if (!holding) {
        await lock.take();
        holding = true;
        if (file.isTransaction()) await run(ROLLBACK); // it could not be ended by whoever began it
      }
      let written: Promise<void> | null = null;
      try {
        const result = await run(query);
        if (!file.isTransaction()) written = file.written();
        letGo();
        await written;
        return result;
      } finally {
        letGo();
      }
    },
    async release() {
      if (!holding) return;
      await run(ROLLBACK).catch(() => undefined);
      holding = false;
      lock.release();
    },
  } as SharedConnection;
}

async function untilFree<T>(statement: () => Promise<T>): Promise<T> {
  let pause = FIRST_PAUSE_MS;
  for (let waited = 0; ; waited += pause) {
    try {
      return await statement();
    } catch (error) {
      if (!isBusy(error) || waited >= PATIENCE_MS) throw error;
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
      await wait(pause);
    }
  }
}

/** True when another process holds the lock and waiting may help. */
export function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' && (code & 0xff) === BUSY;
}

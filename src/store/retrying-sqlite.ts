// SQLite waits for a locked file inside the call and so holds up the whole process; here statements wait beside it instead.
import { setTimeout as wait } from 'node:timers/promises';
import { type DatabaseConnection, type Dialect, type Driver, SqliteDialect, type SqliteDatabase } from 'kysely';

/** How long a statement waits for another writer before it fails; the file itself must be opened with a timeout of 0. */
const PATIENCE_MS = 5000;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 50;

/** https://www.sqlite.org/rescode.html: 5 and its extended forms mean "locked by another"; 517 cannot heal by waiting. */
const BUSY = 5;
const BUSY_SNAPSHOT = 517;

/** Kysely's dialect whose statements, when the file is locked, are tried again while everything else goes on. */
export function retryingSqlite(database: () => Promise<SqliteDatabase>): Dialect {
  const dialect = new SqliteDialect({ database });
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => retryingDriver(dialect.createDriver()),
  };
}

function retryingDriver(driver: Driver): Driver {
  return {
    init: (options) => driver.init(options),
    acquireConnection: async (options) => retryingConnection(await driver.acquireConnection(options)),
    beginTransaction: (connection, settings) => driver.beginTransaction(connection, settings),
    commitTransaction: (connection) => driver.commitTransaction(connection),
    rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
    releaseConnection: (connection, options) => driver.releaseConnection(connection, options),
    destroy: (options) => driver.destroy(options),
  };
}

function retryingConnection(connection: DatabaseConnection): DatabaseConnection {
  return {
    streamQuery: (query, size, options) => connection.streamQuery(query, size, options),
    async executeQuery(query, options) {
      let pause = FIRST_PAUSE_MS;
      for (let waited = 0; ; waited += pause) {
        try {
          return await connection.executeQuery(query, options);
        } catch (error) {
          if (!isBusy(error) || waited >= PATIENCE_MS) throw error;
          pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
          await wait(pause);
        }
      }
    },
  };
}

/** True when another process holds the lock and waiting may help. */
export function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' && (code & 0xff) === BUSY && code !== BUSY_SNAPSHOT;
}

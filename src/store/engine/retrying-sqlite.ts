// SQLite waits for a locked file inside the call and so holds up the whole process; here statements wait beside it instead.
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { CompiledQuery, type DatabaseConnection, type Dialect, SqliteDialect, type SqliteDatabase } from 'kysely';
import { withDriver } from './drivers.ts';

/** How long a statement waits for another writer before it fails; the file itself must be opened with a timeout of 0. */
const PATIENCE_MS = 5000;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 50;

/** https://www.sqlite.org/rescode.html: 5 and its extended forms mean "locked by another". */
const BUSY = 5;

/** Kysely's dialect whose statements, when the file is locked, are tried again while everything else goes on. */
export function retryingSqlite(database: () => Promise<SqliteDatabase>): Dialect {
  const turn = createTurns();
  return withDriver(new SqliteDialect({ database }), (driver) => ({
    acquireConnection: async (options) => retryingConnection(await driver.acquireConnection(options), turn),
    // Writing from the first statement on: a transaction that begins by reading cannot wait for another writer, what it read is old by then.
    beginTransaction: async (connection) => void (await connection.executeQuery(CompiledQuery.raw('begin immediate'))),
  }));
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

function retryingConnection(connection: DatabaseConnection, turn: () => Promise<void>): DatabaseConnection {
  return {
    streamQuery: (query, size, options) => connection.streamQuery(query, size, options),
    async executeQuery(query, options) {
      await turn();
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
  return typeof code === 'number' && (code & 0xff) === BUSY;
}

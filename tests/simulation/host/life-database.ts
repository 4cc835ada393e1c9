// The database as one process sees it: its statements can fail, lose their answer, or be its last; what a dead process left open is rolled back.
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Database } from '../../../src/store/database.ts';
import type { Tables } from '../../../src/store/tables.ts';
import type { Life } from './life.ts';

export type StatementHooks = {
  /** Whether this statement fails: before it is run, as in a locked file, or after it, as with a server whose answer is lost. */
  faulty(point: 'before' | 'after'): boolean;
  /** Told of each statement. */
  ran(query: CompiledQuery): void;
};

type Held = DatabaseConnection & { real: DatabaseConnection; open: boolean; release: () => void };

export function lifeDatabase(shared: Database, life: Life, hooks: StatementHooks): Database {
  const executor = shared.sql.getExecutor();

  async function guarded<T>(run: () => Promise<T>): Promise<T> {
    life.passStatement('before');
    if (hooks.faulty('before')) throw new Error('database is locked');
    const result = await run();
    life.passStatement('after');
    if (hooks.faulty('after')) throw new Error('Connection terminated unexpectedly');
    return result;
  }

  function hold(): Promise<Held> {
    return new Promise((resolve, reject) => {
      const taken = (real: DatabaseConnection) =>
        new Promise<void>((release) =>
          resolve({
            real,
            release,
            open: false,
            executeQuery(query, options) {
              hooks.ran(query);
              return guarded(() => real.executeQuery(query, options));
            },
            streamQuery: () => {
              throw new Error('the simulation knows no streams');
            },
          }),
        );
      executor.provideConnection(taken).catch(reject);
    });
  }

  const run = (connection: DatabaseConnection, text: string) =>
    (connection as Held).real.executeQuery(CompiledQuery.raw(text));
  const rollback = async (connection: DatabaseConnection): Promise<void> => {
    const held = connection as Held;
    if (held.open) await run(held, 'rollback').catch(() => undefined);
    held.open = false;
  };
  const driver: Driver = {
    init: () => Promise.resolve(),
    async acquireConnection() {
      await life.pass('connect');
      return await hold();
    },
    async beginTransaction(connection) {
      await guarded(async () => {
        await run(connection, 'begin immediate');
        (connection as Held).open = true;
      });
    },
    async commitTransaction(connection) {
      await guarded(async () => {
        await run(connection, 'commit');
        (connection as Held).open = false;
      });
    },
    rollbackTransaction: rollback,
    async releaseConnection(connection) {
      await rollback(connection);
      (connection as Held).release();
    },
    destroy: () => Promise.resolve(),
  };
  const sql = new Kysely<Tables>({
    dialect: {
      createAdapter: () => executor.adapter,
      createDriver: () => driver,
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
  });
  return { ...shared, sql };
}

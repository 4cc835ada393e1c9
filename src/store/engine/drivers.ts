// What both engines' drivers have in common here: the error of a failed transaction is what made it fail, not the rollback that failed after it.
import type { Dialect, Driver } from 'kysely';

/**
 * The same dialect with changed ways of its driver. A rollback that fails is no news: PostgreSQL's driver has marked the connection to be thrown
 * away by then, and SQLite has rolled back by itself.
 */
export function withDriver(dialect: Dialect, change: (driver: Driver) => Partial<Driver> = () => ({})): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver() {
      const driver = dialect.createDriver();
      return {
        init: (options) => driver.init(options),
        acquireConnection: (options) => driver.acquireConnection(options),
        beginTransaction: (connection, settings) => driver.beginTransaction(connection, settings),
        commitTransaction: (connection) => driver.commitTransaction(connection),
        rollbackTransaction: (connection) => driver.rollbackTransaction(connection).catch(() => undefined),
        releaseConnection: (connection, options) => driver.releaseConnection(connection, options),
        destroy: (options) => driver.destroy(options),
        ...change(driver),
      };
    },
  };
}

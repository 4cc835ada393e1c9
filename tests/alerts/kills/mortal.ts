// A process inside the test that dies at a chosen moment: before or after any statement, request, wait or answer that it has to do with the world.
import type { Database } from '../../../src/store/database.ts';

export type Mortal = {
  /** Its own connection, whose statements are moments: each before it runs, and once more before anybody hears of the result. */
  database: Database;
  /** A moment: passes while the process lives, never returns once it is dead. */
  gate(): Promise<void>;
  alive(): boolean;
  /** Moments so far. */
  moments(): number;
};

/** Each time another one: a promise of the module would hold all that ever waited for it. */
const never = (): Promise<never> => new Promise(() => undefined);

/**
 * Between two moments a process changes nothing that outlives it, so an end at any other await is the end at the next moment.
 * @param endAt the moment at which it dies, counted from 1; null: it lives on
 */
export function createMortal(shared: Database, endAt: number | null): Mortal {
  let moments = 0;
  let alive = true;

  function lives(): boolean {
    if (alive && ++moments === endAt) alive = false;
    return alive;
  }

  /** In a transaction this makes the database take back what was not committed, as it does when a process is gone. */
  const refuse = (): never => {
    throw new Error('the process is dead');
  };

  return {
    database: {
      ...shared,
      sql: shared.sql.withPlugin({
        transformQuery: ({ node }) => (lives() ? node : refuse()),
        transformResult: ({ result }) => (lives() ? Promise.resolve(result) : refuse()),
      }),
    },
    async gate() {
      if (!lives()) await never();
    },
    alive: () => alive,
    moments: () => moments,
  };
}

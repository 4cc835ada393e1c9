// One process of the simulation: it can stop for a while, and be killed at any statement, wait or answer; the world goes on without it.
import type { Database } from '../../src/store/database.ts';

export type Life = {
  database: Database;
  /** Passes while the process runs, waits while it stands still, never returns once it is dead. */
  gate(): Promise<void>;
  alive(): boolean;
  standing(): boolean;
  /** Stands still at the wait after so many more, until `goOn`. */
  standAfter(waits: number): void;
  goOn(): void;
  kill(): void;
  /** Kills it at the statement after so many more: before it is run, or after it was run and before anybody hears of it. */
  killAfter(statements: number, when: 'before' | 'after'): void;
};

const never = new Promise<never>(() => undefined);

/** `faulty` is asked for each statement: true makes it fail, as a database that is locked would. */
export function createLife(shared: Database, faulty: () => boolean): Life {
  let dead = false;
  let waiting: (() => void)[] | null = null;
  let until: number | null = null;
  let killer: { left: number; when: 'before' | 'after' } | null = null;

  const refuse = (): never => {
    throw new Error('the process is dead');
  };
  /** True when this statement is the last one. */
  const counts = (when: 'before' | 'after'): boolean => killer !== null && killer.when === when && killer.left <= 0;

  const sql = shared.sql.withPlugin({
    transformQuery({ node }) {
      if (dead) refuse();
      if (killer !== null) killer.left--;
      if (counts('before')) {
        life.kill();
        refuse();
      }
      if (faulty()) throw new Error('database is locked');
      return node;
    },
    transformResult({ result }) {
      if (counts('after')) life.kill();
      return dead ? refuse() : Promise.resolve(result);
    },
  });

  const life: Life = {
    database: { ...shared, sql },
    async gate() {
      if (until !== null && --until < 0) {
        until = null;
        waiting ??= [];
      }
      if (waiting !== null) await new Promise<void>((resolve) => void waiting?.push(resolve));
      if (dead) await never;
    },
    alive: () => !dead,
    standing: () => waiting !== null,
    standAfter: (waits) => void (until = waits),
    goOn() {
      const held = waiting ?? [];
      [waiting, until] = [null, null];
      for (const go of held) go();
    },
    kill: () => void (dead = true),
    killAfter: (left, when) => void (killer = { left, when }),
  };
  return life;
}

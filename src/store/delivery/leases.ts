// Who may send: one lease per platform token, counted by a fence, so that a holder who slept too long is recognised.
import { sql } from 'kysely';
import { HOUR } from '../../base/clock.ts';
import type { Database } from '../database.ts';
import { type FileLock, tryFileLock } from '../engine/file-lock.ts';

/** A held lease; the fence grows with every change of hands. */
export type Lease = { name: string; owner: string; fence: number };

export type Leases = {
  /** Takes or renews the lease for `ttlMs`; null while somebody else holds it. */
  take(name: string, owner: string, ttlMs: number): Promise<Lease | null>;
  /** Gives it back, so that another instance need not wait. */
  release(lease: Lease): Promise<void>;
  close(): void;
};

/** No lease ends so far ahead, of whichever version: one that does was taken by a clock that was ahead. */
const FARTHEST_MS = HOUR;

/** Times of leases are the database's in PostgreSQL (clocks of instances differ), the process's in SQLite. */
export function createLeases(database: Database, now: () => number): Leases {
  const lock = database.engine === 'sqlite' ? createFileLock(database) : null;
  return {
    async take(name, owner, ttlMs) {
      const held = lock === null ? 'none' : await lock.hold();
      if (held === null) return null;
      const time = leaseTime(database, now);
      // With a SQLite file its lock decides: whoever has it takes over at once from a process that was killed. In memory there is no such lock.
      const over = sql`lease.until < ${time} OR lease.until > ${time} + CAST(${FARTHEST_MS} AS bigint)`;
      const free = held === 'file' ? sql`lease.owner <> excluded.owner` : over;
      const { rows } = await sql<{
        fence: number;
      }>`INSERT INTO lease (name, owner, until, fence) VALUES (${name}, ${owner}, ${time} + CAST(${ttlMs} AS bigint), 1)
        ON CONFLICT (name) DO UPDATE SET fence = lease.fence + CASE WHEN lease.owner = excluded.owner THEN 0 ELSE 1 END, owner = excluded.owner, until = excluded.until
        WHERE lease.owner = excluded.owner OR ${free} RETURNING fence`.execute(database.sql);
      const fence = rows[0]?.fence;
      return fence === undefined ? null : { name, owner, fence };
    },
    async release({ name, owner, fence }) {
      await database.sql
        .updateTable('lease')
        .set({ until: 0, owner: '' })
        .where('name', '=', name)
        .where('owner', '=', owner)
        .where('fence', '=', fence)
        .execute();
    },
    close: () => lock?.close(),
  };
}

/** The present as SQL: the database's own clock where several processes share it. */
export function leaseTime({ engine }: Pick<Database, 'engine'>, now: () => number) {
  return engine === 'postgres'
    ? sql<number>`CAST(extract(epoch from clock_timestamp()) * 1000 AS bigint)`
    : sql<number>`CAST(${now()} AS bigint)`;
}

/** The lock on a file beside the database; `hold` says what is held, null while another process holds it. */
function createFileLock(database: Database): { hold(): Promise<'file' | 'memory' | null>; close(): void } {
  let held: FileLock | 'memory' | null = null;
  return {
    async hold() {
      if (held === null) {
        const { rows } = await sql<{ name: string; file: string }>`PRAGMA database_list`.execute(database.sql);
        const file = rows.find((row) => row.name === 'main')?.file ?? '';
        held = file === '' ? 'memory' : tryFileLock(`${file}.lock`);
      }
      return held === null || held === 'memory' ? held : 'file';
    },
    close() {
      if (held !== null && held !== 'memory') held.close();
      held = null;
    },
  };
}

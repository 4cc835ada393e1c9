// PostgreSQL connections on which every call ends: what is not answered in time fails here, and its connection is destroyed, never used again.
import { type Dialect, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type { PoolClient } from 'pg';
import { AppError } from '../../base/errors.ts';
import { MINUTE, SECOND } from '../../base/clock.ts';
import { withDriver } from './drivers.ts';

/** The server ends a statement after this long and the connection lives on. */
const STATEMENT_MS = 8 * SECOND;
/**
 * Longest wait for any answer, on our side: a host that vanished without a word (power, network) answers nothing at all, and the kernel goes on
 * trying for a quarter of an hour.
 */
const CALL_MS = 10 * SECOND;
const CONNECT_MS = 5 * SECOND;
/** Locks of a process that vanished in the middle of a transaction are freed by the server. */
const IDLE_IN_TRANSACTION_MS = MINUTE / 2;

/** @param options `callMs` in place of the longest wait (tests) */
export async function postgresDialect(url: string, { callMs = CALL_MS }: { callMs?: number } = {}): Promise<Dialect> {
  const { default: pg } = await import('pg'); // only loaded when asked for
  pg.types.setTypeParser(pg.types.builtins.INT8, Number); // it holds epoch ms, far below 2^53
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: Math.min(CONNECT_MS, callMs),
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  });
  pool.on('error', () => undefined); // an idle connection that drops is replaced; the next query reports what matters
  pool.on('connect', (client) => void client.on('error', () => undefined)); // one that drops between two queries must not end the process
  const bounded: PostgresPool = {
    options: pool.options,
    connect: async () => boundedClient(await pool.connect(), callMs),
    end: () => pool.end(),
  };
  return withDriver(new PostgresDialect({ pool: bounded }));
}

function boundedClient(client: PoolClient, callMs: number): PostgresPoolClient {
  let dead = false;
  const destroy = (): void => {
    dead = true;
    client.connection.stream.destroy(); // without a farewell: nobody would hear it
  };
  return {
    query: ((sql: string, parameters: readonly unknown[]) =>
      answeredWithin(client.query(sql, [...parameters]), callMs, destroy)) as never, // cursors are not used
    release: (broken) => client.release(broken === true || dead),
  };
}

/** @throws AppError (code "database-timeout") after `ms`, when `onLate` has been called */
async function answeredWithin<T>(answer: Promise<T>, ms: number, onLate: () => void): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new AppError('database-timeout', `The database did not answer within ${ms} ms.`));
    onLate();
  }, ms);
  answer.catch(() => undefined); // its connection is gone when it fails after the deadline
  return await Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}

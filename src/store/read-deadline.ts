// How long an answer waits for the database: a locked file or a silent server must not keep a person waiting.
import { AppError } from '../base/errors.ts';
import { realSleep, type Sleep } from '../base/clock.ts';

/** Passes the result of a read on, or rejects with an AppError (code "late") when it takes too long; the read itself is not stopped. */
export type ReadDeadline = <T>(read: Promise<T>) => Promise<T>;

/** Chat platforms give three seconds for a first sign; half of them belong to everything else. */
const PATIENCE_MS = 1500;

export function createReadDeadline(sleep: Sleep = realSleep, ms = PATIENCE_MS): ReadDeadline {
  return async (read) => {
    const stop = new AbortController();
    const late = sleep(ms, stop.signal).then(() => {
      throw new AppError('late', `The database did not answer within ${ms} ms.`);
    });
    late.catch(() => undefined); // the read won
    try {
      return await Promise.race([read, late]);
    } finally {
      stop.abort();
    }
  };
}

// Opens the database at the start; one that is away, or a command has for itself, is tried again until it is there, because supervisors start everything at once.
import { setTimeout as wait } from 'node:timers/promises';
import { MINUTE } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { type Database, openDatabase } from '../store/database.ts';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = MINUTE / 2;

/**
 * @param stop ends the waiting
 * @param count counts what happens to the database afterwards
 * @returns null when it was stopped before the database was there
 * @throws AppError when waiting cannot help, for example for a wrong password
 */
export async function openWhenThere(
  url: string,
  { stop, log, count }: { stop: AbortSignal; log: Log; count?: (event: string) => void },
): Promise<Database | null> {
  const onCopyFailure = (error: unknown): void => {
    log.warn({ err: error }, 'the log of SQLite was not copied into its file: tried again with its next 1,000 pages');
    count?.('sqlite_copy_failed');
  };
  for (let waitMs = FIRST_WAIT_MS; !stop.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await openDatabase(url, { forBot: true, onCopyFailure });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'database-away') throw error;
      log.error({ err: error, pauseMs: waitMs }, 'the database is away: trying again');
      await wait(waitMs, undefined, { signal: stop }).catch(() => undefined); // nothing else keeps the process alive by now
    }
  }
  return null;
}

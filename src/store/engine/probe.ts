// Asks the database for next to nothing, to tell whether it answers and how fast.
import { statSync } from 'node:fs';
import { realSleep, type Sleep, waitAtMost } from '../../base/clock.ts';
import type { Database } from '../database.ts';

/** `ms`: of the last answer, null before the first. `detail` is for people. */
export type DatabaseHealth = { ok: boolean; ms: number | null; detail: string };

/** Never throws and ends within 800 ms; at most one question is under way, however many ask. */
export type DatabaseProbe = () => Promise<DatabaseHealth>;

/** Below the deadline of a reader of metrics. */
const PATIENCE_MS = 800;

/** The file of a SQLite database; null for one in memory and for other databases. */
export function sqliteFileOf(databaseUrl: string): string | null {
  const file = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : ':memory:';
  return file === ':memory:' ? null : file;
}

/** `monotonic`: ms that never step back. `file`: of SQLite, null for other databases. */
export function createDatabaseProbe(
  { sql }: Pick<Database, 'sql'>,
  { monotonic, sleep = realSleep, file = null }: { monotonic: () => number; sleep?: Sleep; file?: string | null },
): DatabaseProbe {
  const opened = identityOf(file);
  let running: Promise<void> | null = null;
  let ms: number | null = null;
  let failure: string | null = null;

  async function ask(): Promise<void> {
    const began = monotonic();
    try {
      await sql.selectFrom('meta').select('key').limit(1).execute();
      ms = monotonic() - began;
      failure =
        identityOf(file) === opened
          ? null
          : 'its file was deleted or replaced while it was open: what is written now is lost';
    } catch (error) {
      failure = `cannot be read (${codeOf(error)})`;
    }
  }

  return async () => {
    running ??= ask().finally(() => void (running = null));
    const answered = await waitAtMost(running, PATIENCE_MS, sleep);
    const trouble = answered ? failure : `does not answer within ${PATIENCE_MS} ms`;
    return { ok: trouble === null, ms, detail: trouble ?? `answers in ${Math.ceil(ms ?? 0)} ms` };
  };
}

/** A word for it without its message, which names hosts. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : 'unknown error';
}

/** What the file system knows a file by: an open one is read and written on when its name goes or means another one. */
function identityOf(file: string | null): string | null {
  if (file === null) return null;
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 'gone' : `${found.dev} ${found.ino}`;
}

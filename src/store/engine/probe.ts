// Asks the database for next to nothing, to tell whether it answers and how fast.
import { realSleep, type Sleep, waitAtMost } from '../../base/clock.ts';
import type { Database } from '../database.ts';

/** `ms`: of the last answer, null before the first. `detail` is for people. */
export type DatabaseHealth = { ok: boolean; ms: number | null; detail: string };

/** Never throws and ends within 800 ms; at most one question is under way, however many ask. */
export type DatabaseProbe = () => Promise<DatabaseHealth>;

/** Below the deadline of a reader of metrics. */
const PATIENCE_MS = 800;

/** `monotonic`: ms that never step back. */
export function createDatabaseProbe(
  { sql }: Pick<Database, 'sql'>,
  { monotonic, sleep = realSleep }: { monotonic: () => number; sleep?: Sleep },
): DatabaseProbe {
  let running: Promise<void> | null = null;
  let ms: number | null = null;
  let failure: string | null = null;

  async function ask(): Promise<void> {
    const began = monotonic();
    try {
      await sql.selectFrom('meta').select('key').limit(1).execute();
      ms = monotonic() - began;
      failure = null;
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

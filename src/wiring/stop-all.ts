// The orderly end: one step after the other, within the time that is promised.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Sleep, waitAtMost } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

/** Promised outside: SIGTERM ends in order within 10 s. */
const STOP_DEADLINE_MS = 9000;

/**
 * Takes each step, also when one before it failed; returns the exit code. Node ends a process that nothing holds any more, whatever is still
 * awaited (exit 13): until the steps are through, the timer of the deadline holds it.
 */
export async function stopAll(
  steps: readonly (() => Promise<void>)[],
  log: Pick<Log, 'error'>,
  limitMs = STOP_DEADLINE_MS,
): Promise<number> {
  const done = new AbortController();
  const work = (async () => {
    for (const step of steps) await step().catch((error: unknown) => log.error({ err: error }, 'stopping failed'));
    return 0;
  })();
  const tooLong = (): number => {
    log.error({ limitMs }, 'stopping took too long: what was not through is left');
    return 0;
  };
  const deadline = sleep(limitMs, undefined, { signal: done.signal }).then(tooLong, () => 0);
  return await Promise.race([work, deadline]).finally(() => done.abort());
}

/** Work that runs beside everything else and uses the database, which must not be closed under it. */
export type UnderWay = {
  /** Takes note of work until it ends. @returns the same */
  add(work: Promise<void>): Promise<void>;
  /** Resolves when all of it has ended, well or badly, or after a second: an end has nine for all of its steps. */
  ended(): Promise<void>;
};

const PATIENCE_MS = 1000;

export function createUnderWay(wait: Sleep): UnderWay {
  const all = new Set<Promise<void>>();
  return {
    async add(work) {
      all.add(work);
      try {
        await work;
      } finally {
        all.delete(work);
      }
    },
    ended: async () => void (await waitAtMost(Promise.allSettled(all), PATIENCE_MS, wait)),
  };
}

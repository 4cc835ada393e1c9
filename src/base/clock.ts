// Waits for work at most so long: the asker goes on, the work goes on too.
import { setTimeout } from 'node:timers/promises';

/** Sleeps `ms`; ends early (without error) when the signal fires. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Resolves when `work` has ended (well or badly) or `ms` have passed, whichever is first; true when the work has ended. */
export async function within(work: Promise<unknown>, ms: number, sleep: Sleep): Promise<boolean> {
  const stop = new AbortController();
  const ended = work.then(
    () => true,
    () => true,
  );
  const done = await Promise.race([ended, sleep(ms, stop.signal).then(() => false)]);
  stop.abort();
  return done;
}

/** The real thing. Its timers do not keep the process alive. */
export const realSleep: Sleep = async (ms, signal) => {
  await setTimeout(ms, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => undefined);
};

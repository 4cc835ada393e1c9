// Time: the clock as it is handed to every room, lengths in milliseconds, and waits that end.
import { setTimeout } from 'node:timers/promises';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Nothing reads the real clock itself: tests hand in a virtual one. */
export type Clock = {
  /** Epoch ms. */
  now: () => number;
  /** Sleeps `ms`; ends early (without error) when the signal fires. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Ms on a clock that never steps back, for lengths of time; where it started means nothing. */
  monotonic: () => number;
};

export type Sleep = Clock['sleep'];

/** Resolves when `work` has ended (well or badly) or `ms` have passed, whichever is first; true when the work has ended. */
export async function waitAtMost(work: Promise<unknown>, ms: number, sleep: Sleep): Promise<boolean> {
  const stop = new AbortController();
  const ended = work.then(
    () => true,
    () => true,
  );
  const done = await Promise.race([ended, sleep(ms, stop.signal).then(() => false)]);
  stop.abort('over'); // without a reason each would cost an error with its stack
  return done;
}

/** The real thing. Its timers do not keep the process alive. */
export const realSleep: Sleep = async (ms, signal) => {
  await setTimeout(ms, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => undefined);
};

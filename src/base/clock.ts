// Time: the clock as it is handed to every room, lengths in milliseconds, and waits that end.
import { setTimeout } from 'node:timers/promises';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
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

/** A timer that is later than this was not late because of a busy loop: the process stood still. */
const STOOD_STILL_MS = 500;
const MOST_WAITS = 3;

/**
 * The answer, or null when it did not come within `ms` of this process's own time. After a stop (SIGSTOP) timers end before the network is read:
 * that says nothing about whoever was asked, so the wait begins anew. `monotonic`: ms.
 */
export async function answerWithin<T>(
  answer: Promise<T>,
  ms: number,
  { sleep, monotonic }: { sleep: Sleep; monotonic: () => number },
): Promise<T | null> {
  for (let waits = 0; waits < MOST_WAITS; waits++) {
    const started = monotonic();
    if (await waitAtMost(answer, ms, sleep)) return await answer;
    if (monotonic() - started < ms + STOOD_STILL_MS) return null;
  }
  return null;
}

/** The real thing. Its timers do not keep the process alive. */
export const realSleep: Sleep = async (ms, signal) => {
  await setTimeout(ms, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => undefined);
};

// When a value was true, in terms of our own clock, and right also after that clock was set back.

/** `at`: the moment of the value on our wall clock as it stood at `wall` and `monotonic` (all ms). */
export type Stamp = { at: number; wall: number; monotonic: number };

/** The two clocks of a process: epoch ms, and ms that never step back. */
export type Clocks = { now: () => number; monotonic: () => number };

/** The wall clock is slewed and read a moment apart from the monotonic one; more than this is a step. */
const STEP_MS = 2_000;

/** `at` is by our present wall clock; what lies ahead of it is taken for now. */
export function stampOf(at: number, { now, monotonic }: Clocks): Stamp {
  return { at: Math.min(at, now()), wall: now(), monotonic: monotonic() };
}

/**
 * The moment of the value by the present wall clock, so that `now() - momentOf(…)` is its age. A clock that was set back would make it
 * younger: then the monotonic clock counts. One that runs ahead of the monotonic clock may have slept: the older age counts.
 */
export function momentOf({ at, wall, monotonic }: Stamp, clocks: Clocks): number {
  const stepped = clocks.now() - wall - (clocks.monotonic() - monotonic);
  return stepped < -STEP_MS ? Math.floor(at + stepped) : at;
}

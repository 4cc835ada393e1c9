// Token buckets by key: so much at once, then so much per time, so that nobody takes the bot from the others; bounded in memory.

export type TokenBucket = {
  /** Milliseconds to wait, 0 when `key` may go on now (which takes `cost` tokens, one by default). */
  take(key: string, cost?: number): number;
  /** Keys that are remembered: those whose bucket is not full, and some that filled up since somebody last took. */
  readonly size: number;
};

/** Forgotten for each one that is remembered, so that the map shrinks to those who ask now, without a sweep of all at once. */
const FORGOTTEN_AT_ONCE = 2;

/**
 * `burst`: tokens of a full bucket; `refillMs`: time in which one comes back; `mostKeys`: beyond these the one longest unused is forgotten;
 * `monotonic`: ms that never step back, or people would wait until a corrected clock is there again.
 */
export function createTokenBucket(options: {
  burst: number;
  refillMs: number;
  mostKeys: number;
  monotonic: () => number;
}): TokenBucket {
  const { burst, refillMs, mostKeys, monotonic } = options;
  const fullAt = new Map<string, number>(); // when the bucket is full again: one number per key says it all

  /** A full bucket is as good as none. */
  function forgetFull(now: number): void {
    let looked = 0;
    for (const [key, at] of fullAt) {
      if (at > now || ++looked > FORGOTTEN_AT_ONCE) return;
      fullAt.delete(key);
    }
  }

  return {
    get size() {
      return fullAt.size;
    },
    take(key, cost = 1) {
      const now = monotonic();
      forgetFull(now);
      const from = Math.max(fullAt.get(key) ?? now, now);
      const wait = from + cost * refillMs - (now + burst * refillMs);
      if (wait > 0) return wait;
      fullAt.delete(key); // re-inserted at the end: the map stays in order of last use
      fullAt.set(key, from + cost * refillMs);
      if (fullAt.size > mostKeys) for (const oldest of fullAt.keys()) if (fullAt.delete(oldest)) break;
      return 0;
    },
  };
}

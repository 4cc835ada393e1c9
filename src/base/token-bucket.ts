// One person cannot take the bot from the others: a token bucket per user, bounded in memory.

/** Six requests at once, then one per three seconds: plenty for people, little for scripts. */
const BURST = 6;
const REFILL_MS = 3000;
const MOST_USERS = 100_000;

export type TokenBucket = {
  /** Milliseconds to wait, 0 when the request may go on now. */ take(user: string, now: number): number;
};

export function createTokenBucket(
  options: { burst?: number; refillMs?: number; mostUsers?: number } = {},
): TokenBucket {
  const { burst = BURST, refillMs = REFILL_MS, mostUsers = MOST_USERS } = options;
  const emptyAt = new Map<string, number>(); // when the bucket would be empty of debt: one number per user says it all
  return {
    take(user, now) {
      const from = Math.max(emptyAt.get(user) ?? 0, now);
      const wait = from + refillMs - (now + burst * refillMs);
      if (wait > 0) return wait;
      emptyAt.delete(user); // re-inserted at the end: the map stays in order of last use
      emptyAt.set(user, from + refillMs);
      if (emptyAt.size > mostUsers) for (const oldest of emptyAt.keys()) if (emptyAt.delete(oldest)) break;
      return 0;
    },
  };
}

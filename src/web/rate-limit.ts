// Requests per address: loopback is free, everybody else gets a bucket; bounded in memory.

/** 30 requests at once, then 2 per second: a page with its charts needs about 5. */
const BURST = 30;
const REFILL_MS = 500;
const MOST_ADDRESSES = 50_000;

export type Limiter = {
  /** Seconds to wait, 0 when the request may go on. */ take(address: string, now: number): number;
};

export function createLimiter(): Limiter {
  const debt = new Map<string, number>();
  return {
    take(address, now) {
      if (isLoopback(address)) return 0;
      const from = Math.max(debt.get(address) ?? 0, now);
      const wait = from + REFILL_MS - (now + BURST * REFILL_MS);
      if (wait > 0) return Math.ceil(wait / 1000);
      debt.delete(address);
      debt.set(address, from + REFILL_MS);
      if (debt.size > MOST_ADDRESSES) for (const oldest of debt.keys()) if (debt.delete(oldest)) break;
      return 0;
    },
  };
}

export function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}

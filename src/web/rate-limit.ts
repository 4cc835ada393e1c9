// Requests per client: those from this machine are exempt; every other address has a token bucket.
import { createTokenBucket } from '../base/token-bucket.ts';
import type { Client } from './client-address.ts';

/** 30 requests at once, then 2 per second: a page with its charts needs about 5. */
const BURST = 30;
const REFILL_MS = 500;
const MOST_ADDRESSES = 50_000;

export type RateLimit = {
  /** Seconds to wait, 0 when the request may go on. */
  take(client: Client): number;
};

export function createRateLimit(monotonic: () => number): RateLimit {
  const buckets = createTokenBucket({ burst: BURST, refillMs: REFILL_MS, mostKeys: MOST_ADDRESSES, monotonic });
  return { take: ({ key, local }) => (local ? 0 : Math.ceil(buckets.take(key) / 1000)) };
}

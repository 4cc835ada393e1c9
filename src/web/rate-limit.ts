// Requests per client: those from this machine are exempt; every other address has a token bucket.
import { createTokenBucket } from '../base/token-bucket.ts';
import type { Client } from './client-address.ts';

/** 30 requests at once, then 2 per second: a page with its charts needs about 5. */
const BURST = 30;
const REFILL_MS = 500;
const MOST_ADDRESSES = 50_000;

export type RateLimit = {
  /** Seconds to wait, 0 when the request may go on. `now`: epoch ms. */
  take(client: Client, now: number): number;
};

export function createRateLimit(): RateLimit {
  const buckets = createTokenBucket({ burst: BURST, refillMs: REFILL_MS, mostKeys: MOST_ADDRESSES });
  return { take: ({ key, local }, now) => (local ? 0 : Math.ceil(buckets.take(key, now) / 1000)) };
}

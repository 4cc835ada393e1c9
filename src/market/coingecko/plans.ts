// What each CoinGecko plan means: address, key header and how much we may ask.
import { MINUTE } from '../../base/clock.ts';

export type Plan = 'keyless' | 'demo' | 'pro';

export type PlanTerms = {
  baseUrl: string;
  /** Header that carries the key; null without a key. */
  keyHeader: string | null;
  /** Calls per calendar month (UTC); null when no limit is stated. */
  monthCalls: number | null;
  /** Calls per minute that we allow ourselves. */
  minuteCalls: number;
  /** Longest time between two refreshes while nobody asks. */
  idleRefreshMs: number;
};

/**
 * Limits are the pessimistic end of what CoinGecko's pages say (docs.coingecko.com, "Common errors & rate limit" and the plan pages):
 * keyless is shared per address, 5 to 15 a minute (the middle here; a refusal is obeyed); demo 30 (newer pages: 100) a minute and 10,000 a month; pro from 500 a minute and 500,000 a month.
 */
export const PLANS: Readonly<Record<Plan, PlanTerms>> = {
  keyless: {
    baseUrl: 'https://api.coingecko.com/api/v3',
    keyHeader: null,
    monthCalls: null,
    minuteCalls: 10,
    idleRefreshMs: 60 * MINUTE,
  },
  demo: {
    baseUrl: 'https://api.coingecko.com/api/v3',
    keyHeader: 'x-cg-demo-api-key',
    monthCalls: 10_000,
    minuteCalls: 30,
    idleRefreshMs: 60 * MINUTE,
  },
  pro: {
    baseUrl: 'https://pro-api.coingecko.com/api/v3',
    keyHeader: 'x-cg-pro-api-key',
    monthCalls: 500_000,
    minuteCalls: 500,
    idleRefreshMs: 10 * MINUTE,
  },
};

// Shares of the allowance: side calls take no more than theirs, charts leave a part to what the bot shows by itself, and no asker takes them all.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../base/cache/at-most.ts';
import { DAY, MINUTE } from '../../base/clock.ts';
import { monthOf, usableCalls } from './call-budget.ts';
import { type Plan, PLANS } from './plans.ts';

/** What a call is for. `quotes` is paced by `refreshMs`; `lookup` is an early refresh for a coin that is not watched yet. */
export type Purpose = 'quotes' | 'lookup' | 'history' | 'rates' | 'directory';

/** Somebody whom a call is made for, under any name; `reserved`: it is for a coin that may use what is kept. Without one, the bot calls for itself. */
export type Caller = { asker: string; reserved: boolean };

export type CallShares = {
  /** Takes one call out of the shares that it belongs to; otherwise the reason for people why not, and nothing is taken. */
  take(purpose: Purpose, caller?: Caller): string | null;
};

/** Part of the allowance that side calls may take, so that a storm of charts cannot starve the prices. */
const SHARE: Partial<Record<Purpose, number>> = { history: 0.25, lookup: 0.15, rates: 0.1, directory: 0.05 };
/** Part of the charts that is kept for profiled coins and digests. */
export const RESERVED = 1 / 3;
/** Part of the charts that one asker can have in the long run, and of a day's charts at once. */
const ASKER = { rate: 1 / 4, burst: 1 / 8 };
/** At once everybody has this many: a comparison of the most coins is one question. */
const LEAST_BURST = 5;
const MOST_ASKERS = 10_000;
const FOR_PRICES = 'our CoinGecko budget is reserved for prices right now';
const FOR_KNOWN_COINS = 'the rest of our CoinGecko budget for charts is reserved for digests and coins with a profile';

type Bucket = { tokens: number; at: number };
type Size = { perMs: number; most: number };

export function createCallShares(options: { plan: Plan; now: () => number; monotonic: () => number }): CallShares {
  const { plan, now, monotonic } = options;
  const { minuteCalls } = PLANS[plan];
  const usable = usableCalls(plan);
  const purposes = new Map<Purpose, Bucket>();
  const askers = new LRUCache<string, Bucket>(atMost(MOST_ASKERS));

  /** A purpose's share holds at most one day's calls, and begins half full; null where the plan states no limit for the month. */
  function sizeOf(purpose: Purpose): Size | null {
    const share = SHARE[purpose];
    if (share === undefined || usable === null) return null;
    const span = monthOf(now());
    const perMs = (usable * share) / (span.to - span.from);
    return { perMs, most: Math.max(2, perMs * DAY) };
  }

  /** Without a limit for the month, the one for the minute is what askers share. */
  function askerSize(all: Size | null): Size {
    if (all === null)
      return { perMs: (minuteCalls / MINUTE) * ASKER.rate, most: Math.max(LEAST_BURST, minuteCalls * ASKER.rate) };
    const most = Math.min(all.most * ASKER.burst, minuteCalls * ASKER.rate);
    return { perMs: all.perMs * ASKER.rate, most: Math.max(LEAST_BURST, most) };
  }

  function filled(bucket: Bucket | undefined, { perMs, most }: Size, first: number): Bucket {
    const at = monotonic();
    if (bucket === undefined) return { tokens: first, at };
    return { tokens: Math.min(most, bucket.tokens + perMs * Math.max(0, at - bucket.at)), at };
  }

  return {
    take(purpose, caller) {
      const size = sizeOf(purpose);
      const bucket = size === null ? null : filled(purposes.get(purpose), size, size.most / 2);
      const kept = purpose === 'history' && caller?.reserved === false && size !== null ? size.most * RESERVED : 0;
      if (bucket !== null && bucket.tokens < 1 + kept) return bucket.tokens < 1 ? FOR_PRICES : FOR_KNOWN_COINS;
      if (caller !== undefined) {
        const own = askerSize(size);
        const mine = filled(askers.get(caller.asker), own, own.most);
        if (mine.tokens < 1)
          return `that was your last new chart for now; the next one in ${waitText((1 - mine.tokens) / own.perMs)}`;
        askers.set(caller.asker, { ...mine, tokens: mine.tokens - 1 });
      }
      if (bucket !== null) purposes.set(purpose, { ...bucket, tokens: bucket.tokens - 1 });
      return null;
    },
  };
}

function waitText(ms: number): string {
  const minutes = Math.ceil(ms / MINUTE);
  return minutes <= 1 ? 'a minute' : `${minutes} minutes`;
}

// Counts every call to CoinGecko before it is made, over restarts, and refuses those that the plan does not allow.
import { MINUTE } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { type Caller, createCallShares, type Purpose, RESERVED } from './call-shares.ts';
import { monthOf, projectedCalls, refreshMs, usableCalls } from './call-budget.ts';
import { utcTime } from '../../http/circuit-breaker.ts';
import type { MarketMemory } from '../../base/memory.ts';
import type { MarketStatus } from '../market.ts';
import { PLANS } from './plans.ts';
import type { Plan } from './plans.ts';

type Credit = { granted: true } | { granted: false; reason: string };

export type CallMeter = {
  /** Counts the call when it is granted. */
  take(purpose: Purpose, caller?: Caller): Promise<Credit>;
  /** Time to leave between refreshes of `currencies` currencies. */
  refreshMs(currencies: number): number;
  credits(): MarketStatus['credits'];
};

/** Other processes may count in the same store: look again at this distance. */
const RESYNC_MS = 10 * MINUTE;
/** Months whose count is kept in memory: a clock that is set back over midnight finds the last one again. */
const MONTHS_KEPT = 3;
const METER_KEY = 'coingecko';

export function createCallMeter(options: {
  plan: Plan;
  memory: MarketMemory;
  now: () => number;
  /** For lengths of time; `now` (calendar months) unless given. */
  monotonic?: () => number;
  log?: Log;
}): CallMeter {
  const { plan, memory, now, log } = options;
  const monotonic = options.monotonic ?? now;
  const { minuteCalls } = PLANS[plan];
  const usable = usableCalls(plan);
  const recent: number[] = []; // moments of the calls of the last minute
  const shares = createCallShares({ plan, now, monotonic });
  const counted = new Map<string, number>(); // calls by month
  let syncedMonth = '';
  let syncedAt = Number.NEGATIVE_INFINITY;
  let queue: Promise<unknown> = Promise.resolve();

  /** Calls of the running month, as far as they are known: none yet in one that has just begun. */
  const used = () => counted.get(monthOf(now()).name) ?? 0;

  function count(month: string, calls: number): void {
    counted.set(month, calls);
    for (const old of [...counted.keys()].toSorted().slice(0, -MONTHS_KEPT)) counted.delete(old);
  }

  async function sync(): Promise<void> {
    const month = monthOf(now()).name;
    if (month === syncedMonth && monotonic() - syncedAt < RESYNC_MS) return;
    const stored = await memory.creditsOf(METER_KEY, month).catch((error: unknown) => {
      log?.warn({ err: error }, 'call meter not readable, counting in memory');
      return 0;
    });
    count(month, Math.max(counted.get(month) ?? 0, stored));
    [syncedMonth, syncedAt] = [month, monotonic()];
  }

  /** Calls that may be made in a minute for this; prices may use all of them, everything else leaves room for one refresh. */
  function roomFor(purpose: Purpose, caller: Caller | undefined): number {
    if (purpose === 'quotes' || minuteCalls < 3) return minuteCalls;
    const kept = purpose === 'history' && caller?.reserved === false ? Math.floor(minuteCalls * RESERVED) : 0;
    return minuteCalls - 1 - kept;
  }

  function refusal(purpose: Purpose, caller: Caller | undefined): string | null {
    if (usable !== null && used() >= usable) {
      return `our monthly CoinGecko budget is used up; it resets on ${resetDay(monthOf(now()).to)}`;
    }
    const at = monotonic();
    while (recent.length > 0 && at - (recent[0] ?? at) >= MINUTE) recent.shift();
    if (recent.length >= roomFor(purpose, caller)) {
      const until = now() + (recent[0] ?? at) + MINUTE - at;
      return `our CoinGecko budget for this minute is used up until ${utcTime(until)} UTC`;
    }
    return shares.take(purpose, caller);
  }

  async function take(purpose: Purpose, caller: Caller | undefined): Promise<Credit> {
    await sync();
    const reason = refusal(purpose, caller);
    if (reason !== null) return { granted: false, reason };
    const day = new Date(now()).toISOString().slice(0, 10);
    count(monthOf(now()).name, used() + 1);
    recent.push(monotonic());
    await memory.spend(METER_KEY, day, 1).catch((error: unknown) => {
      log?.warn({ err: error }, 'call meter not writable, counting in memory');
    });
    return { granted: true };
  }

  return {
    // One at a time: two callers must not both see the last free credit.
    take(purpose, caller) {
      const turn = queue.then(() => take(purpose, caller));
      queue = turn;
      return turn;
    },
    refreshMs: (currencies) => refreshMs({ plan, used: used(), now: now(), callsPerRefresh: currencies }),
    credits: () => ({
      used: used(),
      projected: projectedCalls(plan, used(), now()),
      allowed: PLANS[plan].monthCalls,
    }),
  };
}

/** "1 December": when the next month's budget begins, on UTC's calendar. */
function resetDay(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
}

// How often we may refresh: as fresh as the month's allowance permits under the present demand. Pure arithmetic over UTC months.
import { DAY, MINUTE } from '../../base/clock.ts';
import { PLANS } from './plans.ts';
import type { Plan } from './plans.ts';

/** Freshest that is worth asking for: CoinGecko's own cache of these answers is about a minute old. */
export const BEST_REFRESH_MS = MINUTE;

/** Kept back from the month's allowance: for other programs on the same key, and calls under way when two processes count at once. */
const RESERVE = 0.02;

type Month = { readonly name: string; readonly from: number; readonly to: number };

let lastMonth: Month = { name: '', from: 0, to: 0 };

/** UTC month of `at`: its name "YYYY-MM", first and last (exclusive) instant. The last one is kept: each price that is asked for needs it. */
export function monthOf(at: number): Month {
  if (at < lastMonth.from || at >= lastMonth.to) lastMonth = monthAround(at);
  return lastMonth;
}

function monthAround(at: number): Month {
  const day = new Date(at);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  return { name: day.toISOString().slice(0, 7), from: Date.UTC(year, month, 1), to: Date.UTC(year, month + 1, 1) };
}

/** Calls that may be made in a month, after the reserve; null when the plan states no limit. */
export function usableCalls(plan: Plan): number | null {
  const { monthCalls } = PLANS[plan];
  return monthCalls === null ? null : Math.floor(monthCalls * (1 - RESERVE));
}

export type BudgetState = {
  plan: Plan;
  /** Calls spent in the running UTC month, for any purpose. */
  used: number;
  now: number;
  /** Calls that one refresh costs: one per currency in demand. */
  callsPerRefresh: number;
};

/**
 * Time to leave between two refreshes, in ms. The allowance accrues evenly over the month; what quiet hours left over may be spent
 * at once (down to one minute between refreshes), what was overspent slows the pace down steeply, so the sum stays inside the month.
 * Returns infinity when the month is used up.
 */
export function refreshMs(state: BudgetState): number {
  const calls = Math.max(1, state.callsPerRefresh);
  const usable = usableCalls(state.plan);
  if (usable === null) return BEST_REFRESH_MS * calls;
  const left = usable - state.used;
  if (left <= 0) return Number.POSITIVE_INFINITY;
  const month = monthOf(state.now);
  const oneDay = (usable * DAY) / (month.to - month.from);
  // Half a day's calls are granted at the start of the month, so that its first hours are not the slowest.
  const accrued = oneDay / 2 + (usable - oneDay / 2) * ((state.now - month.from) / (month.to - month.from));
  const ahead = (accrued - state.used) / oneDay;
  const pace = (month.to - state.now) / left;
  const factor = ahead >= 0 ? Math.max(0, 1 - ahead) : 1 - 8 * ahead;
  return Math.max(BEST_REFRESH_MS, pace * calls * factor);
}

/** Calls at month end if the month goes on as it went so far (at least one day is taken as the base). */
export function projectedCalls(plan: Plan, used: number, now: number): number {
  const month = monthOf(now);
  const elapsed = Math.max(now - month.from, DAY);
  const straight = Math.round((used * (month.to - month.from)) / elapsed);
  const usable = usableCalls(plan);
  return usable === null ? Math.max(used, straight) : Math.max(used, Math.min(straight, usable));
}

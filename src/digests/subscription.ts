// A subscription row with its meaning: content and schedule.
import { storedDays } from './schedule/days.ts';
import { nextOccurrence, type Occurrence, type Schedule } from './schedule/schedule.ts';
import { type DigestSpec, readableSpec } from './stored-spec.ts';
import type { SubscriptionRow } from '../store/digests/subscriptions.ts';

/** Why a digest cannot go on, as it is kept in its row: what is stored of its content, or of when it runs, is damaged. */
export const UNREADABLE = 'unreadable';
export const BAD_SCHEDULE = 'bad-schedule';
export type Flaw = typeof UNREADABLE | typeof BAD_SCHEDULE;

/** When a digest was made that names a subnet without its registration, as those of earlier versions do: the subnet of that time is meant. */
export function madeAtOf(
  { created_at: madeAt }: Pick<SubscriptionRow, 'created_at'>,
  { coins, registrations = {} }: DigestSpec,
): { madeAt?: number } {
  return coins.some((id) => /^sn\d+$/.test(id) && registrations[id] === undefined) ? { madeAt } : {};
}

export function scheduleOf(row: Pick<SubscriptionRow, 'local_time' | 'zone' | 'days'>): Schedule {
  return { time: row.local_time, zone: row.zone, days: storedDays(row.days) };
}

export function lastOf(row: Pick<SubscriptionRow, 'last_date' | 'last_due_at'>): Occurrence | null {
  return row.last_date === null || row.last_due_at === null ? null : { date: row.last_date, at: row.last_due_at };
}

/** Null where the schedule cannot be computed, as with a zone that the time-zone data here does not hold: such a row must not stop the others. */
export function nextOrNull(
  row: Pick<SubscriptionRow, 'local_time' | 'zone' | 'days'>,
  after: number,
  last: Occurrence | null,
): Occurrence | null {
  try {
    return nextOccurrence(scheduleOf(row), after, last);
  } catch {
    return null;
  }
}

/** Null for a digest that can run. @param now epoch ms */
export function flawOf(
  row: Pick<SubscriptionRow, 'kind' | 'spec' | 'local_time' | 'zone' | 'days'>,
  now: number,
): Flaw | null {
  if (readableSpec(row) === null) return UNREADABLE;
  return nextOrNull(row, now, null) === null ? BAD_SCHEDULE : null;
}

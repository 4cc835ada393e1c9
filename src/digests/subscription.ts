// A subscription row with its meaning: content and schedule.
import type { Registrations } from './digests.ts';
import { storedDays } from './schedule/days.ts';
import { nextOccurrence, type Occurrence, type Schedule } from './schedule/schedule.ts';
import type { SubscriptionRow } from '../store/digests/subscriptions.ts';

/** What stands in the column `kind` of subscriptions and of their deliveries. */
export const DIGEST_KIND = 'digest';

/** What a digest shows. `coins` are ids, `locale` a BCP 47 tag; `replace`: the previous post is deleted when the next one goes out; `subnets`: with lines about subnets. */
export type DigestSpec = {
  coins: string[];
  currency: string;
  locale: string;
  replace: boolean;
  subnets: boolean;
  registrations?: Registrations;
};

/** @throws Error when the stored text is not a specification (a damaged row). */
export function specOf(row: Pick<SubscriptionRow, 'spec'>): DigestSpec {
  const value = JSON.parse(row.spec) as Partial<DigestSpec> | null;
  if (!Array.isArray(value?.coins) || typeof value.currency !== 'string' || typeof value.locale !== 'string')
    throw new Error('stored digest is damaged');
  return {
    coins: value.coins.map(String),
    currency: value.currency,
    locale: value.locale,
    replace: value.replace === true,
    subnets: value.subnets === true, // rows of earlier versions do not say
    ...(value.registrations === undefined ? {} : { registrations: value.registrations }),
  };
}

/** When a digest was made that names a subnet without its registration, as those of earlier versions do: the subnet of that time is meant. */
export function madeAtOf(
  { created_at: madeAt }: Pick<SubscriptionRow, 'created_at'>,
  { coins, registrations = {} }: DigestSpec,
): { madeAt?: number } {
  return coins.some((id) => /^sn\d+$/.test(id) && registrations[id] === undefined) ? { madeAt } : {};
}

/** The specification, or an empty one of a damaged row. */
export function readableSpec(row: Pick<SubscriptionRow, 'spec'>): DigestSpec {
  try {
    return specOf(row);
  } catch {
    return { coins: [], currency: 'usd', locale: 'en', replace: false, subnets: false };
  }
}

export function scheduleOf(row: Pick<SubscriptionRow, 'local_time' | 'zone' | 'days'>): Schedule {
  return { time: row.local_time, zone: row.zone, days: storedDays(row.days) };
}

export function lastOf(row: Pick<SubscriptionRow, 'last_date' | 'last_due_at'>): Occurrence | null {
  return row.last_date === null || row.last_due_at === null ? null : { date: row.last_date, at: row.last_due_at };
}

/** Null where the schedule cannot be computed, as with a zone that the time-zone data here does not hold: such a row must not stop the others. */
export function nextOrNull(row: SubscriptionRow, after: number, last: Occurrence | null): Occurrence | null {
  try {
    return nextOccurrence(scheduleOf(row), after, last);
  } catch {
    return null;
  }
}

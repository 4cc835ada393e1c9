// A subscription row with its meaning: content, schedule, and the identities of its posts.
import { createHash } from 'node:crypto';
import { storedDays } from './schedule/days.ts';
import type { Occurrence, Schedule } from './schedule/schedule.ts';
import type { SubscriptionRow } from '../store/digests/subscriptions.ts';

/** What a digest shows. `coins` are ids, `locale` a BCP 47 tag; `replace`: the previous post is taken away when the next one is there. */
export type DigestSpec = { coins: string[]; currency: string; locale: string; replace: boolean };

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
  };
}

export function scheduleOf(row: Pick<SubscriptionRow, 'local_time' | 'zone' | 'days'>): Schedule {
  return { time: row.local_time, zone: row.zone, days: storedDays(row.days) };
}

export function lastOf(row: Pick<SubscriptionRow, 'last_date' | 'last_due_at'>): Occurrence | null {
  return row.last_date === null || row.last_due_at === null ? null : { date: row.last_date, at: row.last_due_at };
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The key of a delivery on its platform: the same for every retry and every process, different for every delivery. 22 characters of base62
 * (Discord allows 25 for a nonce).
 */
export function deliveryKey(deliveryId: string): string {
  let rest = BigInt(`0x${createHash('sha256').update(deliveryId).digest('hex')}`);
  let key = '';
  for (; key.length < 22; rest /= 62n) key += ALPHABET[Number(rest % 62n)] ?? '0';
  return key;
}

/** A number in place of the lot that the schedule draws. FNV-1a, positive 31 bits. */
export function shuffleOf(deliveryId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < deliveryId.length; index++)
    hash = Math.imul(hash ^ deliveryId.charCodeAt(index), 0x01000193);
  return hash >>> 1;
}

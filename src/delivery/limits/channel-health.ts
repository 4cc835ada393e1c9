// What a refused post means for its subscription: look again, try tomorrow, suspend, or retire; and how it comes back.
import type { Subscriptions, SubscriptionRow } from '../../store/digests/subscriptions.ts';
import type { Deliveries, DeliveryRow } from '../../store/delivery/deliveries.ts';
import { nextOccurrence } from '../../digests/schedule/schedule.ts';
import { lastOf, scheduleOf } from '../../digests/subscription.ts';

/** Platform codes by what they say about the channel. Discord: numbers of its documentation; Slack: error strings of chat.postMessage. */
const GONE = new Set(['10003', '10004', 'channel_not_found']);
const ARCHIVED = new Set(['is_archived']);
const CLOSED_DM = new Set(['50007', '50278']);

/** A gone channel gets a second look after an hour: a short outage of the platform looks the same. */
export const SECOND_LOOK_MS = 3_600_000;
const STREAK = 3;
const PROBE_AFTER_MS = 7 * 86_400_000;

/** Verdict on one refused delivery: try once more later, or give this one up (the subscription is dealt with). */
export type Verdict = { kind: 'again'; afterMs: number } | { kind: 'dead' };

export type ChannelHealth = {
  refused(row: DeliveryRow, code: string): Promise<Verdict>;
  /** The channel or the whole tenant is gone (platform event, uninstalled): nothing is tried any more. */
  retire(place: { platform: string; tenant: string; channel?: string }, reason: string): Promise<number>;
  /** Rights came back (platform event, `/digest resume`): suspended subscriptions go on. */
  revive(place: { platform: string; tenant: string; channel?: string }): Promise<number>;
  resume(row: SubscriptionRow, failStreak: number): Promise<boolean>;
};

export function createChannelHealth({
  subscriptions,
  deliveries,
  now,
  zoneData,
}: {
  subscriptions: Subscriptions;
  deliveries: Deliveries;
  now: () => number;
  zoneData: () => string;
}): ChannelHealth {
  const stop = async (id: string, status: 'suspended' | 'dead', code: string) => {
    const until = status === 'suspended' ? now() + PROBE_AFTER_MS : null;
    await subscriptions.change(id, ['active', 'paused', 'suspended'], {
      status,
      next_at: null,
      suspended_until: until,
      last_error: code,
      told: 0,
    });
    await deliveries.drop([id], 'stopped', now());
  };
  const resume = async (row: SubscriptionRow, failStreak: number) => {
    const next = nextOccurrence(scheduleOf(row), now(), lastOf(row));
    const patch = {
      status: 'active',
      next_at: next?.at ?? null,
      after_at: now(),
      suspended_until: null,
      fail_streak: failStreak,
      zone_data: zoneData(),
    } as const;
    return next !== null && (await subscriptions.change(row.id, ['paused', 'suspended'], patch));
  };
  return {
    resume,
    async refused(row, code) {
      const subscription = await subscriptions.get(row.subscription_id);
      if (subscription === null) return { kind: 'dead' };
      if (GONE.has(code) && row.reason !== code) return { kind: 'again', afterMs: SECOND_LOOK_MS };
      const streak = subscription.fail_streak + 1;
      await subscriptions.change(subscription.id, ['active', 'paused'], { fail_streak: streak, last_error: code });
      if (GONE.has(code)) await stop(subscription.id, 'dead', code);
      else if (CLOSED_DM.has(code) && streak >= STREAK) await stop(subscription.id, 'dead', code);
      else if (ARCHIVED.has(code) || streak >= STREAK) await stop(subscription.id, 'suspended', code);
      return { kind: 'dead' };
    },
    async retire(place, reason) {
      const ids = await subscriptions.idsAt(place, ['active', 'paused', 'suspended']);
      for (const id of ids) await stop(id, 'dead', reason);
      return ids.length;
    },
    async revive(place) {
      let revived = 0;
      for (const id of await subscriptions.idsAt(place, ['suspended'])) {
        const row = await subscriptions.get(id);
        if (row !== null && (await resume(row, 0))) revived++;
      }
      return revived;
    },
  };
}

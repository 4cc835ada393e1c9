// How a subscription stops and comes back: refused posts, channels and workspaces that are gone, and another start.
import {
  channelVerdict,
  GIVE_UP_AFTER_MS,
  PROBE_AFTER_MS,
  PROBE_STREAK,
  SECOND_LOOK_MS,
} from '../delivery/limits/channel-health.ts';
import type { CanPost, Target } from '../bots/bot.ts';
import type { Refusal, Verdict } from '../delivery/port.ts';
import type { Deliveries, DeliveryRow } from '../store/delivery/deliveries.ts';
import type { Subscriptions, SubscriptionRow, SubscriptionStatus } from '../store/digests/subscriptions.ts';
import { storedReason } from './manage/failure-reasons.ts';
import { stoppedNotice } from './stopped-notice.ts';
import type { SetAside } from './set-aside.ts';
import { readableSpec } from './stored-spec.ts';
import { BAD_SCHEDULE, lastOf, nextOrNull, UNREADABLE } from './subscription.ts';

/** A channel, or everything of a server or workspace. */
export type Place = { platform: string; tenant: string; channel?: string };

export type Lifecycle = {
  /** What a refused post means for its subscription: the row is tried again, or given up and the subscription dealt with. */
  refused(row: DeliveryRow, refusal: Refusal): Promise<Verdict>;
  /** The channel or the whole tenant is gone (platform event, uninstalled): nothing is tried any more, and in 30 days the rows are removed. */
  retire(place: Place, reason: string): Promise<number>;
  /** Suspended subscriptions whose time for another try has come, at most `most`: another try, or the end of those that were stopped for too long. */
  probe(most: number): Promise<void>;
  /** The channel takes no posts for now (archived, we were taken out of it): what runs there stops until `revive`, `resume` or a probe. */
  suspend(place: Place, reason: string): Promise<number>;
  /** Perhaps rights came back (platform event): suspended subscriptions go on, but for those where the platform says that posts would be refused. */
  revive(place: Place): Promise<number>;
  /** Starts a paused or suspended subscription again; `failStreak` counts refusals that it begins with. False: it was not, or it is damaged and set aside. */
  resume(row: SubscriptionRow, failStreak: number): Promise<boolean>;
};

type Options = {
  subscriptions: Subscriptions;
  deliveries: Deliveries;
  /** Answers in a moment in any case. */
  canPost: (platform: string, target: Target) => Promise<CanPost>;
  addDelivery: (row: DeliveryRow) => Promise<boolean>;
  setAside: SetAside;
  now: () => number;
  zoneData: () => string;
};

export function createLifecycle({
  subscriptions,
  deliveries,
  canPost,
  addDelivery,
  setAside,
  now,
  zoneData,
}: Options): Lifecycle {
  /** Places that are being revived; true: something changed there meanwhile. */
  const reviving = new Map<string, boolean>();
  /** `tell`: its owner gets a direct message. One that somebody paused is not suspended: it would go on by itself when the channel comes back. */
  const stop = async (id: string, status: 'suspended' | 'dead', reason: string, tell = true) => {
    const until = status === 'suspended' ? now() + PROBE_AFTER_MS : null;
    const before = await subscriptions.get(id);
    const since = before?.stopped_at ?? null; // probes do not make it younger
    const from: SubscriptionStatus[] = status === 'dead' ? ['active', 'paused', 'suspended'] : ['active', 'suspended'];
    const changed = await subscriptions.change(id, from, {
      status,
      next_at: null,
      suspended_until: until,
      stopped_at: status === 'dead' ? now() : (since ?? now()),
      last_error: reason,
      // A vain probe is no news.
      told: status === 'dead' || since === null ? 0 : (before?.told ?? 0),
    });
    await deliveries.drop([id], 'stopped', now());
    const row = changed && tell ? await subscriptions.get(id) : null;
    const notice = row === null ? null : stoppedNotice(row, now());
    if (notice !== null) await addDelivery(notice);
  };
  const resume = async (row: SubscriptionRow, failStreak: number) => {
    const next = nextOrNull(row, now(), lastOf(row));
    if (next === null || readableSpec(row) === null) {
      await setAside.row(row, next === null ? BAD_SCHEDULE : UNREADABLE);
      return false;
    }
    const patch = {
      status: 'active',
      next_at: next.at,
      after_at: now(),
      suspended_until: null,
      fail_streak: failStreak,
      zone_data: zoneData(),
      ...(failStreak === 0 ? { stopped_at: null } : {}),
    } as const;
    return await subscriptions.change(row.id, ['paused', 'suspended'], patch);
  };
  const reviveOnce = async (place: Place) => {
    let revived = 0;
    for (const id of await subscriptions.idsAt(place, ['suspended'])) {
      const row = await subscriptions.get(id);
      if (row === null || (await canPost(row.platform, row)).kind === 'no') continue;
      if (await resume(row, 0)) revived++;
    }
    return revived;
  };
  return {
    resume,
    async refused(row, refusal) {
      const subscription = await subscriptions.get(row.subscription_id);
      if (subscription === null) return { kind: 'dead' };
      const streak = subscription.fail_streak + 1;
      const verdict = channelVerdict(refusal, streak);
      if (verdict === 'look-again') return { kind: 'again', afterMs: SECOND_LOOK_MS };
      const reason = storedReason(refusal);
      await subscriptions.change(subscription.id, ['active', 'paused'], { fail_streak: streak, last_error: reason });
      if (verdict === 'retire') await stop(subscription.id, 'dead', reason);
      if (verdict === 'suspend') await stop(subscription.id, 'suspended', reason);
      return { kind: 'dead' };
    },
    async retire(place, reason) {
      const ids = await subscriptions.idsAt(place, ['active', 'paused', 'suspended']);
      // Where the bot was removed, nobody can be written to.
      for (const id of ids) await stop(id, 'dead', reason, place.channel !== undefined);
      return ids.length;
    },
    async probe(most) {
      for (const row of await subscriptions.suspendedUntil(now(), most))
        if (now() - (row.stopped_at ?? now()) < GIVE_UP_AFTER_MS) await resume(row, PROBE_STREAK);
        else await stop(row.id, 'dead', row.last_error ?? 'forbidden');
    },
    async suspend(place, reason) {
      const ids = await subscriptions.idsAt(place, ['active']);
      for (const id of ids) await stop(id, 'suspended', reason);
      return ids.length;
    },
    async revive(place) {
      const key = JSON.stringify(place);
      const isBusy = reviving.has(key);
      reviving.set(key, true);
      if (isBusy) return 0; // the round under way is followed by another one: a burst of events asks the platform twice, not for each
      let revived = 0;
      try {
        while (reviving.get(key) === true) {
          reviving.set(key, false);
          revived += await reviveOnce(place);
        }
      } finally {
        reviving.delete(key);
      }
      return revived;
    },
  };
}

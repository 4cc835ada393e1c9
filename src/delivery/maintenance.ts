// When time itself changes: a clock that went back, new time zone data, another try for suspended channels, and the removal of old rows.
import type { Log } from '../app/dispatch.ts';
import type { Bot } from '../bots/bot.ts';
import type { DeliveryLedger } from '../store/delivery/ledger.ts';
import type { Subscriptions, SubscriptionRow } from '../store/digests/subscriptions.ts';
import { nextOccurrence, type Occurrence } from '../digests/schedule/schedule.ts';
import { lastOf, scheduleOf } from '../digests/subscription.ts';
import type { ChannelHealth } from './limits/channel-health.ts';

const BATCH = 500;
/** Suspended channels that get another chance per hour. */
const PROBES_PER_HOUR = 100;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type Maintenance = {
  /** After a start or a step back of the clock: what was counted as missed but lies ahead again is taken back. */
  clockWentBack(): Promise<number>;
  /** Computes every `next_at` anew that came from other time zone data. */
  zonesChanged(): Promise<number>;
  /** Once an hour: probes, purges, and the removal of replaced posts that was cut short. */
  hourly(): Promise<void>;
};

type Options = {
  bots: ReadonlyMap<string, Bot>;
  subscriptions: Subscriptions;
  ledger: DeliveryLedger;
  channelHealth: ChannelHealth;
  now: () => number;
  zoneData: () => string;
  log: Log;
};

export function createMaintenance({
  bots,
  subscriptions,
  ledger,
  channelHealth,
  now,
  zoneData,
  log,
}: Options): Maintenance {
  const recompute = async (row: SubscriptionRow, after: number, last: Occurrence | null): Promise<void> => {
    const next = nextOrNull(row, after, last);
    const aside = {
      status: 'suspended',
      next_at: null,
      last_error: 'bad-schedule',
      told: 0,
      zone_data: zoneData(),
    } as const;
    const patch = {
      next_at: next?.at ?? null,
      after_at: after,
      last_date: last?.date ?? null,
      last_due_at: last?.at ?? null,
      zone_data: zoneData(),
    };
    await subscriptions.change(row.id, ['active'], next === null ? aside : patch);
  };
  return {
    async clockWentBack() {
      const taken = await ledger.takeBackFuture(now());
      if (taken === 0) return 0;
      for (let id: string | null = ''; id !== null;) {
        const rows: SubscriptionRow[] = await subscriptions.active(id, BATCH);
        // A date that was sent already keeps its ledger row, so meeting it again adds nothing.
        for (const row of rows)
          if (row.after_at > now() || (row.last_due_at ?? 0) > now()) await recompute(row, now(), null);
        id = rows.length < BATCH ? null : (rows.at(-1)?.id ?? null);
      }
      log.warn({ taken }, 'the clock went back: posts that lie ahead again are scheduled again');
      return taken;
    },
    async zonesChanged() {
      let changed = 0;
      for (;;) {
        const rows = await subscriptions.computedWithOther(zoneData(), BATCH);
        for (const row of rows) await recompute(row, row.after_at, lastOf(row));
        changed += rows.length;
        if (rows.length < BATCH) break;
      }
      if (changed > 0)
        log.info({ changed, zoneData: zoneData() }, 'time zone data changed: digests were scheduled anew');
      return changed;
    },
    async hourly() {
      for (const row of await subscriptions.suspendedUntil(now(), PROBES_PER_HOUR)) await channelHealth.resume(row, 2); // one more refusal suspends again
      for (const bot of bots.values()) {
        for (const { id, tenant, channel, removes } of await ledger.pendingRemovals(bot.name, BATCH)) {
          await bot.remove({ tenant, channel }, removes).catch(() => undefined); // tried once more; a post that cannot be removed stays
          await ledger.removed(id);
        }
      }
      await ledger.purge(now());
      await subscriptions.removeOld(['draft'], now() - DAY);
      await subscriptions.removeOld(['dead'], now() - 30 * DAY);
    },
  };
}

function nextOrNull(row: SubscriptionRow, after: number, last: Occurrence | null): Occurrence | null {
  try {
    return nextOccurrence(scheduleOf(row), after, last);
  } catch {
    return null; // a zone that this data does not know: the row is set aside, the others go on
  }
}

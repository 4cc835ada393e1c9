// When time itself changes: a clock that went back, or new time zone data; every next run is computed anew.
import type { Log } from '../../base/log.ts';
import type { DeliveryLedger } from '../../store/delivery/ledger.ts';
import type { Subscriptions, SubscriptionRow } from '../../store/digests/subscriptions.ts';
import { PROBE_AFTER_MS } from '../../delivery/limits/channel-health.ts';
import type { SetAside } from '../set-aside.ts';
import { DIGEST_KIND } from '../stored-spec.ts';
import { BAD_SCHEDULE, lastOf, nextOrNull } from '../subscription.ts';
import { CATCH_UP_MS } from './plan-due.ts';
import { FARTHEST_MS, type Occurrence } from './schedule.ts';

const BATCH = 500;
/** Rows computed in one turn, some milliseconds, whose writes share their waits for the disk: one by one thousands would take minutes on a slow one. */
const TOGETHER = 20;

export type Reschedule = {
  /** What was counted as missed but lies ahead again leaves the ledger, and subscriptions come back to the present. */
  clockWentBack(): Promise<void>;
  /** Computes every `next_at` anew that came from other time zone data. */
  zonesChanged(): Promise<number>;
};

type Options = {
  subscriptions: Subscriptions;
  ledger: Pick<DeliveryLedger, 'takeBackFuture'>;
  setAside: Pick<SetAside, 'row'>;
  now: () => number;
  zoneData: () => string;
  log: Log;
};

export function createReschedule({ subscriptions, ledger, setAside, now, zoneData, log }: Options): Reschedule {
  const recompute = async (row: SubscriptionRow, after: number, last: Occurrence | null): Promise<void> => {
    const next = nextOrNull(row, after, last);
    if (next === null) return await setAside.row(row, BAD_SCHEDULE);
    const patch = {
      next_at: next.at,
      after_at: after,
      last_date: last?.date ?? null,
      last_due_at: last?.at ?? null,
      zone_data: zoneData(),
    };
    await subscriptions.change(row.id, ['active'], patch);
  };
  return {
    async clockWentBack() {
      const at = now();
      const taken = await ledger.takeBackFuture(DIGEST_KIND, at);
      await subscriptions.probeNotAfter(at + PROBE_AFTER_MS);
      if (taken.size === 0 && !(await subscriptions.isAnyAfter(at + FARTHEST_MS))) return;
      let count = 0;
      for (let id: string | null = ''; id !== null;) {
        const rows: SubscriptionRow[] = await subscriptions.active(id, BATCH);
        const ahead = rows.filter((row) => taken.has(row.id) || (row.next_at ?? 0) > at + FARTHEST_MS);
        // A date that was sent already keeps its ledger row, so meeting it again adds nothing.
        await togetherBy(ahead, (row) => recompute(row, taken.has(row.id) ? sinceCatchUp(row, at) : at, null));
        count += ahead.length;
        id = rows.length < BATCH ? null : (rows.at(-1)?.id ?? null);
      }
      log.warn({ count }, 'the clock went back: digests that lie ahead again are scheduled again');
    },
    async zonesChanged() {
      let changed = 0;
      for (;;) {
        const rows = await subscriptions.computedWithOther(zoneData(), BATCH);
        await togetherBy(rows, (row) => recompute(row, row.after_at, lastOf(row)));
        changed += rows.length;
        if (rows.length < BATCH) break;
      }
      if (changed > 0)
        log.info({ count: changed, detail: zoneData() }, 'time zone data changed: digests were scheduled anew');
      return changed;
    },
  };
}

/** A clock that was ahead may have left out what can still be posted late; but nothing from before the digest was made. */
function sinceCatchUp({ created_at: madeAt }: SubscriptionRow, now: number): number {
  return Math.max(now - CATCH_UP_MS, madeAt <= now ? madeAt : 0);
}

async function togetherBy<T>(rows: readonly T[], change: (row: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += TOGETHER)
    await Promise.all(rows.slice(from, from + TOGETHER).map(change));
}

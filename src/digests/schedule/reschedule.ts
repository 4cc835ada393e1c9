// When time itself changes: a clock that went back, or new time zone data; every next run is computed anew.
import type { Log } from '../../base/log.ts';
import type { DeliveryLedger } from '../../store/delivery/ledger.ts';
import type { Subscriptions, SubscriptionRow } from '../../store/digests/subscriptions.ts';
import type { SetAside } from '../set-aside.ts';
import { DIGEST_KIND } from '../stored-spec.ts';
import { BAD_SCHEDULE, lastOf, nextOrNull } from '../subscription.ts';
import type { Occurrence } from './schedule.ts';

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
      const taken = await ledger.takeBackFuture(DIGEST_KIND, now());
      if (taken === 0) return;
      for (let id: string | null = ''; id !== null;) {
        const rows: SubscriptionRow[] = await subscriptions.active(id, BATCH);
        // A date that was sent already keeps its ledger row, so meeting it again adds nothing.
        const ahead = rows.filter((row) => row.after_at > now() || (row.last_due_at ?? 0) > now());
        await togetherBy(ahead, (row) => recompute(row, now(), null));
        id = rows.length < BATCH ? null : (rows.at(-1)?.id ?? null);
      }
      log.warn({ count: taken }, 'the clock went back: digests that lie ahead again are scheduled again');
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

async function togetherBy<T>(rows: readonly T[], change: (row: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += TOGETHER)
    await Promise.all(rows.slice(from, from + TOGETHER).map(change));
}

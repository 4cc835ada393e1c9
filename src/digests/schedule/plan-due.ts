// What a due subscription turns into: its latest occurrence to be sent, earlier ones counted as missed, and the next moment. Pure.
import { nextOccurrence, type Occurrence, occurrencesUntil } from './schedule.ts';
import { MINUTE } from '../../base/clock.ts';
import { deliveryRow } from '../../delivery/port.ts';
import { readableSpec } from '../stored-spec.ts';
import { BAD_SCHEDULE, type Flaw, lastOf, scheduleOf, UNREADABLE } from '../subscription.ts';
import type { DueRow, DueTemplate, Plan } from '../../store/digests/due.ts';
import type { DeliveryRow } from '../../store/delivery/deliveries.ts';
import type { SubscriptionRow } from '../../store/digests/subscriptions.ts';

/** Missed days beyond this are not counted one by one: the ledger does not keep them either. */
const MOST_MISSED = 34;

/** Digests give way to alerts (0). */
const DIGEST_PRIORITY = 1;

/** A digest that could not be posted in time is posted late within this window, and skipped after it. */
export const CATCH_UP_MS = 180 * 60_000;
/** From this delay on, a digest says that it is late. */
const LATE_MS = 600_000;

/** `restoredUntil`: what was due up to this moment counts as sent (after a restored backup; else 0). Epoch ms. */
export type PlanOptions = { now: number; restoredUntil: number };

export type DuePlan = Plan & { broken: readonly { id: string; reason: Flaw }[] };

export function planDue(rows: readonly DueRow[], options: PlanOptions): DuePlan {
  const groups = new Map<string, Plan['groups'][number] & { ids: string[] }>(); // most rows of a minute share time, zone and days
  const broken: { id: string; reason: Flaw }[] = [];
  for (const row of rows) {
    if (readableSpec(row) === null) {
      broken.push({ id: row.id, reason: UNREADABLE });
      continue;
    }
    const key = [row.local_time, row.zone, row.days, row.after_at, row.last_date].join('|');
    try {
      const group = groups.get(key) ?? { ids: [], ...compute(row, options) };
      groups.set(key, group);
      group.ids.push(row.id);
    } catch {
      broken.push({ id: row.id, reason: BAD_SCHEDULE });
    }
  }
  return { groups: [...groups.values()], broken };
}

function compute(row: DueRow, options: PlanOptions): Omit<Plan['groups'][number], 'ids'> {
  const schedule = scheduleOf(row);
  const due = occurrencesUntil(schedule, row.after_at, lastOf(row), options.now, MOST_MISSED);
  const last = due.at(-1) ?? lastOf(row);
  const after = due.at(-1)?.at ?? Math.max(row.after_at, options.now);
  const next = nextOccurrence(schedule, after, last);
  if (next === null) throw new Error('schedule without days');
  const advance = { next_at: next.at, after_at: after, last_date: last?.date ?? null, last_due_at: last?.at ?? null };
  return { due: due.map((occurrence, index) => templateOf(occurrence, options, index === due.length - 1)), advance };
}

/** The ledger's words for one occurrence: to be sent, or skipped with the reason. */
function templateOf({ date, at }: Occurrence, { now, restoredUntil }: PlanOptions, latest: boolean): DueTemplate {
  const missed = at <= restoredUntil ? 'restore' : !latest || now - at > CATCH_UP_MS ? 'missed' : null;
  return {
    occurrence: date,
    due_at: at,
    not_before: missed === null ? at : null,
    expires_at: at + CATCH_UP_MS,
    late: now - at > LATE_MS ? 1 : 0,
    state: missed === null ? 'pending' : 'skipped',
    priority: DIGEST_PRIORITY,
    reason: missed,
    settled_at: missed === null ? null : now,
  };
}

/** Begins the identity of a delivery outside the schedule; those of the schedule are dates. */
const ASKED_FOR = 'now-';

/** A delivery outside the schedule: somebody wants one now. Two of one minute are the same. */
export function deliveryNow(row: SubscriptionRow, now: number): DeliveryRow {
  const { id: ownerId, kind, platform, tenant, channel } = row;
  const occurrence = `${ASKED_FOR}${Math.floor(now / MINUTE)}`;
  const when = { dueAt: now, expiresAt: now + CATCH_UP_MS };
  return deliveryRow({ kind, ownerId, occurrence, platform, tenant, channel, ...when, priority: DIGEST_PRIORITY });
}

/** Whether somebody wanted it besides the schedule. */
export function isAskedFor({ occurrence }: Pick<DeliveryRow, 'occurrence'>): boolean {
  return occurrence.startsWith(ASKED_FOR);
}

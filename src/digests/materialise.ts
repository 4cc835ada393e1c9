// What a due subscription turns into: its latest occurrence to be sent, earlier ones counted as missed, and the next moment. Pure.
import { nextOccurrence, type Occurrence, occurrencesUntil } from './schedule.ts';
import { lastOf, scheduleOf, shuffleOf } from './subscription.ts';
import type { SendRules } from './rules.ts';
import type { Plan } from '../store/deliveries-due.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import type { SubscriptionRow } from '../store/subscriptions.ts';

/** Missed days beyond this are not counted one by one: the ledger does not keep them either. */
const MOST_MISSED = 34;

/** Digests give way to alerts (0). */
const DIGEST_PRIORITY = 1;

export type PlanOptions = { now: number; rules: Pick<SendRules, 'catchUpMs' | 'lateMs'>; restoredUntil: number };

export function planDue(rows: readonly SubscriptionRow[], options: PlanOptions): Plan {
  const plan = { deliveries: [] as DeliveryRow[], advances: [] as Plan['advances'][number][], broken: [] as string[] };
  const computed = new Map<string, Computed>(); // most rows of a minute share time, zone and days
  for (const row of rows) {
    const key = [row.local_time, row.zone, row.days, row.after_at, row.last_date].join('|');
    try {
      const found = computed.get(key) ?? compute(row, options.now);
      computed.set(key, found);
      found.due.forEach((occurrence, index) => plan.deliveries.push(deliveryOf(row, occurrence, { ...options, latest: index === found.due.length - 1 })));
      plan.advances.push({ id: row.id, ...found.advance });
    } catch {
      plan.broken.push(row.id);
    }
  }
  return plan;
}

type Computed = { due: Occurrence[]; advance: Omit<Plan['advances'][number], 'id'> };

function compute(row: SubscriptionRow, now: number): Computed {
  const schedule = scheduleOf(row);
  const due = occurrencesUntil(schedule, row.after_at, lastOf(row), now, MOST_MISSED);
  const last = due.at(-1) ?? lastOf(row);
  const after = due.at(-1)?.at ?? Math.max(row.after_at, now);
  const next = nextOccurrence(schedule, after, last);
  if (next === null) throw new Error('schedule without days');
  return { due, advance: { next_at: next.at, after_at: after, last_date: last?.date ?? null, last_due_at: last?.at ?? null } };
}

/** The ledger row of one occurrence: to be sent, or skipped with the reason. */
export function deliveryOf(row: SubscriptionRow, occurrence: Occurrence, { now, rules, restoredUntil, latest }: PlanOptions & { latest: boolean }): DeliveryRow {
  const id = `${row.id}:${occurrence.date}`;
  const missed = occurrence.at <= restoredUntil ? 'restore' : !latest || now - occurrence.at > rules.catchUpMs ? 'missed' : null;
  return {
    id,
    subscription_id: row.id,
    occurrence: occurrence.date,
    kind: row.kind,
    platform: row.platform,
    tenant: row.tenant,
    channel: row.channel,
    due_at: occurrence.at,
    not_before: missed === null ? occurrence.at : null,
    expires_at: occurrence.at + rules.catchUpMs,
    late: now - occurrence.at > rules.lateMs ? 1 : 0,
    state: missed === null ? 'pending' : 'skipped',
    attempt: 0,
    resent: 0,
    doubt: 0,
    first_attempt_at: null,
    lease_owner: null,
    lease_until: null,
    fence: 0,
    priority: DIGEST_PRIORITY,
    shuffle: shuffleOf(id),
    body_id: null,
    message_id: null,
    removes: null,
    reason: missed,
    settled_at: missed === null ? null : now,
  };
}

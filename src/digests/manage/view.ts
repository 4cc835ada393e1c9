// A subscription as people see it.
import type { SubscriptionRow } from '../../store/digests/subscriptions.ts';
import { daysWords, storedDays } from '../schedule/days.ts';
import type { DigestView } from '../digests.ts';
import { nextOccurrence } from '../schedule/schedule.ts';
import { madeAtOf, readableSpec, scheduleOf } from '../subscription.ts';
import { failureSentence } from './failure-reasons.ts';
import { zoneCaution } from '../schedule/tzdata-check.ts';

/** A row for people; a damaged one still has a view, so that it can be deleted. */
export function viewOf(row: SubscriptionRow, now: number): DigestView {
  const spec = readableSpec(row);
  const caution = zoneCaution(row.zone);
  const offset = /^[+-]|^Etc\//.test(row.zone)
    ? `${row.zone} is a fixed offset: it does not follow daylight saving time.`
    : null;
  const nextAt = row.status === 'draft' ? (nextOccurrence(scheduleOf(row), now, null)?.at ?? null) : row.next_at;
  return {
    id: row.id,
    status: row.status,
    channel: row.channel,
    ...spec,
    ...madeAtOf(row, spec),
    time: row.local_time,
    zone: row.zone,
    days: daysWords(storedDays(row.days)),
    nextAt,
    notes: [caution, offset].filter((note) => note !== null),
    trouble:
      row.last_error === null || row.status === 'paused' || (row.status === 'active' && row.fail_streak === 0)
        ? null
        : failureSentence(row.last_error),
    lastSentAt: row.last_sent_at,
    twin: null,
  };
}

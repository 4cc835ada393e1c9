// A subscription as people see it.
import type { SubscriptionRow } from '../../store/digests/subscriptions.ts';
import { daysWords, storedDays } from '../schedule/days.ts';
import type { DigestView } from '../digests.ts';
import { type DigestSpec, readableSpec } from '../stored-spec.ts';
import { flawOf, madeAtOf, nextOrNull } from '../subscription.ts';
import { failureSentence } from './failure-reasons.ts';
import { zoneCaution } from '../schedule/tzdata-check.ts';

/** Stands in the view of a digest whose own cannot be read. */
const NO_SPEC: DigestSpec = { coins: [], currency: 'usd', locale: 'en', replace: false, subnets: false };

/** A row for people; a damaged one still has a view, so that it can be deleted. */
export function viewOf(row: SubscriptionRow, now: number): DigestView {
  const spec = readableSpec(row) ?? NO_SPEC;
  const flaw = flawOf(row, now);
  const caution = zoneCaution(row.zone);
  const offset = /^[+-]|^Etc\//.test(row.zone)
    ? `${row.zone} is a fixed offset: it does not follow daylight saving time.`
    : null;
  const nextAt = row.status === 'draft' ? (nextOrNull(row, now, null)?.at ?? null) : row.next_at;
  const isQuiet = row.status === 'paused' || (row.status === 'active' && row.fail_streak === 0);
  const reason = flaw ?? (isQuiet ? null : row.last_error);
  return {
    id: row.id,
    status: row.status,
    channel: row.channel,
    ...spec,
    ...madeAtOf(row, spec),
    time: row.local_time,
    zone: row.zone,
    days: daysWords(storedDays(row.days)),
    nextAt: flaw === null ? nextAt : null,
    notes: [caution, offset].filter((note) => note !== null),
    trouble: reason === null ? null : failureSentence(reason),
    ...(flaw === null ? {} : { damaged: true }),
    lastSentAt: row.last_sent_at,
    twin: null,
  };
}

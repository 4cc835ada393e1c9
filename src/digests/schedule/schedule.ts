// When a digest is due: pure calendar arithmetic on the local clock of an IANA zone.
import { DAYS, type Day } from './days.ts';
import { DAY, HOUR } from '../../base/clock.ts';

/** `time` HH:MM, `zone` an IANA id or fixed offset, `days` the weekdays that count. */
export type Schedule = { time: string; zone: string; days: readonly Day[] };

/** `date`: the local calendar date (the identity of an occurrence); `at`: its moment (epoch ms). */
export type Occurrence = { date: string; at: number };

/** Two occurrences of one schedule are never closer: a change of law or zone cannot make two in one day. */
const LEAST_GAP_MS = 12 * HOUR;
/** A week of unwanted days, one date that a zone skipped, and slack at both ends. */
const MOST_DAYS_AHEAD = 18;

/** No next occurrence lies further ahead. */
export const FARTHEST_MS = MOST_DAYS_AHEAD * DAY;

/**
 * The occurrence of a local date, or null when the weekday is not wanted or the date does not exist in the zone (Samoa, 30 December 2011).
 * A time inside a gap moves forward by the gap (02:30 → 03:30), a repeated time means its first pass (RFC 5545, Temporal's `compatible`).
 */
export function occurrenceOn(schedule: Schedule, date: Temporal.PlainDate): Occurrence | null {
  const day = DAYS[date.dayOfWeek - 1];
  if (day === undefined || !schedule.days.includes(day)) return null;
  const moment = date.toZonedDateTime({ timeZone: schedule.zone, plainTime: schedule.time });
  if (moment.day !== date.day && !existsIn(schedule.zone, date)) return null;
  return { date: date.toString(), at: moment.epochMilliseconds };
}

function existsIn(zone: string, date: Temporal.PlainDate): boolean {
  return date.toZonedDateTime(zone).toPlainDate().equals(date); // the start of a skipped day falls on the next one
}

/**
 * The first occurrence after a moment (epoch ms) that is also later than `last`, the latest one already in the ledger.
 * Null only for a schedule without days.
 */
export function nextOccurrence(schedule: Schedule, after: number, last: Occurrence | null): Occurrence | null {
  let date = Temporal.Instant.fromEpochMilliseconds(after)
    .toZonedDateTimeISO(schedule.zone)
    .toPlainDate()
    .subtract({ days: 1 });
  for (let step = 0; step < MOST_DAYS_AHEAD; step++, date = date.add({ days: 1 })) {
    const found = occurrenceOn(schedule, date);
    if (found === null || found.at <= after) continue;
    if (last === null || (found.date > last.date && found.at >= last.at + LEAST_GAP_MS)) return found;
  }
  return null;
}

/** All occurrences after `after` up to and including `until`, oldest first, at most `most` (the latest ones). */
export function occurrencesUntil(
  schedule: Schedule,
  after: number,
  last: Occurrence | null,
  until: number,
  most: number,
): Occurrence[] {
  const found: Occurrence[] = [];
  const from = Math.max(after, until - (most + 1) * DAY);
  let next = nextOccurrence(schedule, from, last);
  while (next !== null && next.at <= until) {
    found.push(next);
    next = nextOccurrence(schedule, next.at, next);
  }
  return found.slice(-most);
}

// The schedule's readers as questions, for those who look for times, zones and days among other words.
import { UserError } from '../../base/errors.ts';
import type { ScheduleReader } from '../digests.ts';
import { findDays } from './days.ts';
import { readTime } from './parse-time.ts';
import { findZone, placesOf } from './parse-zone.ts';

export const scheduleReader: ScheduleReader = {
  time: (text) => attempt(() => readTime(text)),
  zone(text) {
    const ambiguous = placesOf(text);
    if (ambiguous !== null) return { ambiguous };
    const found = findZone(text);
    return found === null ? null : { zone: found.zone };
  },
  days: findDays,
};

/** Null where the reader refuses the text with a sentence for people. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

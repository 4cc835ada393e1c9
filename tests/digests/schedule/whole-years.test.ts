// A digest that goes on for years in the zones with the oddest clocks: each local date once, in order, at the moment that an independent oracle says.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import { DAYS } from '../../../src/digests/schedule/days.ts';
import { nextOccurrence, type Occurrence } from '../../../src/digests/schedule/schedule.ts';
import { changes, momentOf, offsetAt } from './oracle.ts';

/** With what is odd there, and the years in which it was or will be. */
const ZONES: readonly (readonly [zone: string, from: number, to: number])[] = [
  ['Europe/Berlin', 2026, 2026],
  ['America/New_York', 2026, 2026],
  ['Australia/Lord_Howe', 2026, 2027], // half an hour
  ['Antarctica/Troll', 2026, 2027], // two hours
  ['Africa/Casablanca', 2026, 2027], // back for Ramadan
  ['America/Asuncion', 2024, 2024], // at midnight, until October 2024
  ['Asia/Tehran', 2022, 2022], // at midnight, for the last time
  ['Pacific/Apia', 2011, 2011], // 30 December does not exist
  ['Pacific/Kwajalein', 1993, 1993], // 21 August does not either
  ['America/Caracas', 2016, 2016], // half an hour, once
  ['Asia/Pyongyang', 2018, 2018],
  ['America/Scoresbysund', 2024, 2024], // another zone on the day of the change
  ['Africa/Cairo', 2026, 2026], // at midnight
];
/** Minutes after midnight: each quarter of an hour in which clocks are changed, and the beginning and end of a day. */
const TIMES = [
  ...Array.from({ length: 17 }, (_, quarter) => quarter * 15),
  9 * 60,
  22 * 60 + 30,
  23 * 60,
  23 * 60 + 30,
  23 * 60 + 59,
];

it.each(ZONES)('%s, %i to %i', (zone, fromYear, toYear) => {
  const [start, end] = [Date.UTC(fromYear, 0, 1), Date.UTC(toYear, 11, 31)];
  const list = changes(zone, start - 10 * DAY, end + 10 * DAY);
  const first = offsetAt(zone, start - 10 * DAY);
  const wrong: string[] = [];
  for (const minutes of TIMES) {
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const schedule = { zone, time, days: DAYS };
    let last: Occurrence | null = null;
    for (let midnight = start; midnight < end; midnight += DAY) {
      const date = new Date(midnight).toISOString().slice(0, 10);
      const noon = momentOf(midnight + 12 * HOUR, list, first);
      if (noon + offsetAt(zone, noon) * MINUTE !== midnight + 12 * HOUR) continue; // a date that does not exist
      const at = momentOf(midnight + minutes * MINUTE, list, first);
      const found: Occurrence | null = nextOccurrence(
        schedule,
        last?.at ?? start - DAY,
        last ?? { date: '', at: at - DAY },
      );
      if (found?.date !== date || found.at !== at)
        wrong.push(`${time}: ${JSON.stringify(found)} instead of ${date} ${at}`);
      if (wrong.length > 5) break;
      last = { date, at };
    }
  }
  expect(wrong).toEqual([]);
});

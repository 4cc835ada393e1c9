// Compares our occurrences with the oracle over zones, days and times; a sample in the tests, everything in the benchmark.
import { DAYS } from '../../../src/digests/schedule/days.ts';
import { occurrenceOn } from '../../../src/digests/schedule/schedule.ts';
import { changes, momentOf, offsetAt } from './oracle.ts';
import { DAY } from '../../../src/base/clock.ts';

/** @param times how many clock times per day, spread evenly over the half hours */
export function mismatches(
  zones: readonly string[],
  { from, days, times }: { from: string; days: number; times: number },
): { checked: number; wrong: string[] } {
  const wrong: string[] = [];
  let checked = 0;
  const start = Date.parse(from);
  for (const zone of zones) {
    const list = changes(zone, start - 2 * DAY, start + (days + 2) * DAY);
    const first = offsetAt(zone, start - 2 * DAY);
    for (let step = 0; step < 48; step += 48 / times) {
      const minutes = Math.floor(step) * 30 + (zone.length % 2 === 0 ? 0 : 15);
      const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      const schedule = { zone, time, days: DAYS };
      let date = Temporal.PlainDate.from(from);
      for (let day = 0; day < days; day++, date = date.add({ days: 1 })) {
        checked++;
        const at = occurrenceOn(schedule, date)?.at;
        const expected = momentOf(start + day * DAY + minutes * 60_000, list, first);
        if (at !== expected && wrong.length < 20)
          wrong.push(`${zone} ${date.toString()} ${time}: ${at} instead of ${expected}`);
      }
    }
  }
  return { checked, wrong };
}

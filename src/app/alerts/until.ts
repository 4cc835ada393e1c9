// The end of an alert: "until friday", "until 24 dec", "for 30 days", "expires in 2 weeks".
import { DAY, MINUTE } from '../../base/clock.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const NAMED =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';
const MONTH = `(?:${MONTHS.join('|')})[a-z]*`;
const DAY_OF_MONTH = `(?:\\d{1,2}(?:st|nd|rd|th)?\\.? (?:of )?${MONTH}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?)(?:,? 20\\d\\d)?`;
const UNTIL = new RegExp(
  String.raw`\b(?:until|till|til) (?:the )?(?:next )?(tomorrow|${NAMED}|end of (?:the |this )?(?:week|month|year)|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.?(?:\d{4})?|${DAY_OF_MONTH})(?=\s|$)`,
  'i',
);
/** A number alone behind "expires" counts days, as the option of that name does. */
const LASTING =
  /\b(?:(?:for|expires?(?: in)?|until) (?:the next )?(\d{1,3}|an?|one) ?(d|w|days?|weeks?|months?)|expires?(?: in)? (\d{1,3}))(?=\s|$)/i;

/** The words of an end in a text, as they stand there; null where there is none. */
export function endWords(text: string): string | null {
  return (UNTIL.exec(text) ?? LASTING.exec(text))?.[0] ?? null;
}

/**
 * The text without its end, and the days from `now` (epoch ms): those said, or up to the last minute of the day in `zone`; null where no end is said.
 * @throws RangeError for a day that no calendar has ("31 feb")
 */
export function untilIn(text: string, now: number, zone: string): { rest: string; days: number } | null {
  const words = endWords(text);
  if (words === null) return null;
  const rest = text.replace(words, ' ').replaceAll(/\s+/g, ' ').trim();
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const said = UNTIL.exec(words)?.[1]?.toLowerCase();
  if (said === undefined) return { rest, days: lasting(words, here) };
  const end = dateOf(said, here.toPlainDate()).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  return { rest, days: (end - MINUTE - now) / DAY };
}

/** Days of "for 30 days", "for a month". */
function lasting(words: string, here: Temporal.ZonedDateTime): number {
  const [, named, unit = 'd', days] = LASTING.exec(words) ?? [];
  const count = named ?? days ?? '';
  const number = /^\d/.test(count) ? Number(count) : 1;
  if (!unit.toLowerCase().startsWith('m')) return number * (unit.toLowerCase().startsWith('w') ? 7 : 1);
  return (here.add({ months: number }).epochMilliseconds - here.epochMilliseconds) / DAY;
}

function dateOf(said: string, today: Temporal.PlainDate): Temporal.PlainDate {
  if (said === 'tomorrow') return today.add({ days: 1 });
  if (/^\d{4}-/.test(said)) return Temporal.PlainDate.from(said, { overflow: 'reject' });
  const [, dotted, inMonth, inYear] = /^(\d{1,2})\.(\d{1,2})\.?(\d{4})?$/.exec(said) ?? [];
  if (dotted !== undefined) return next({ day: Number(dotted), month: Number(inMonth) }, inYear, today);
  if (said.endsWith('week')) return today.add({ days: 7 - today.dayOfWeek });
  if (said.endsWith('month')) return today.with({ day: today.daysInMonth });
  if (said.endsWith('year')) return today.with({ month: 12, day: 31 });
  const weekday = WEEKDAYS.findIndex((day) => day.startsWith(said.slice(0, 3)));
  if (weekday >= 0) return today.add({ days: ((weekday + 1 - today.dayOfWeek + 6) % 7) + 1 });
  const month = MONTHS.findIndex((name) => said.includes(name)) + 1;
  const day = Number(/\d+/.exec(said)?.[0]);
  return next({ day, month }, / (\d{4})$/.exec(said)?.[1], today);
}

/** The next such day, in the year that is said or the one in which it lies ahead. */
function next(
  day: { day: number; month: number },
  year: string | undefined,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  if (year !== undefined) return Temporal.PlainDate.from({ ...day, year: Number(year) }, { overflow: 'reject' });
  const inThis = { ...day, year: today.year };
  // 29 February of a year without one counts as the 28th here, and is refused below
  const ahead = Temporal.PlainDate.compare(Temporal.PlainDate.from(inThis), today) >= 0;
  return Temporal.PlainDate.from(ahead ? inThis : { ...inThis, year: today.year + 1 }, { overflow: 'reject' });
}

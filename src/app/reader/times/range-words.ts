// Words for a stretch of time up to now: "30 days", "last week", "since january", "on 3 march", as one of the ranges that charts have.
import { DAY as DAY_MS } from '../../../base/clock.ts';
import { type Range, RANGE_LENGTHS, RANGES } from '../../../base/ranges.ts';
import { pastTime } from './past-time.ts';

const DAY = 1;
const UNITS: Readonly<Record<string, number>> = {
  h: DAY / 24,
  hr: DAY / 24,
  hrs: DAY / 24,
  hour: DAY / 24,
  hours: DAY / 24,
  d: DAY,
  day: DAY,
  days: DAY,
  w: 7,
  wk: 7,
  week: 7,
  weeks: 7,
  m: 30,
  mo: 30,
  mon: 30,
  month: 30,
  months: 30,
  q: 90,
  quarter: 90,
  quarters: 90,
  y: 365,
  yr: 365,
  year: 365,
  years: 365,
  stunde: DAY / 24,
  stunden: DAY / 24,
  tag: DAY,
  tage: DAY,
  tagen: DAY,
  woche: 7,
  wochen: 7,
  monat: 30,
  monate: 30,
  monaten: 30,
  jahr: 365,
  jahre: 365,
  heure: DAY / 24,
  heures: DAY / 24,
  jour: DAY,
  jours: DAY,
  semaine: 7,
  semaines: 7,
  mois: 30,
  an: 365,
  ans: 365,
};
/** Words that are a range by themselves. */
const NAMED: Readonly<Record<string, Range>> = {
  today: '24h',
  daily: '24h',
  weekly: '7d',
  monthly: '30d',
  quarterly: '90d',
  yearly: '1y',
  annual: '1y',
};
/** Longer than any range, whenever it began. */
const WHOLE = new Set(['max', 'all', 'all time', 'alltime', 'all-time', 'ever']);
const COUNTS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, six: 6, twelve: 12 };

/**
 * `range`: the nearest one that is offered, `exact` when it is what was asked. Of a time that is named the shortest that holds it: `single` when
 * that day, weekend, month or year was meant and not all since then, `beyond` when it begins before the longest range.
 */
export type RangeWord = { range: Range; exact: boolean; single?: string; beyond?: boolean };

/** Reads "24h", "1w", "30 days", "3 months", "max", "year", and named times of the past seen from `now` (epoch ms); null for anything else. */
export function rangeWord(text: string, now: number): RangeWord | null {
  const plain = text.replace(
    /^(?:(?:the |der |die |den |das |le |la |les )?(?:last|past|this|letzte[nrs]?|dernier|derniers|dernière)) /,
    '',
  );
  if (text.endsWith(' ago')) return rangeWord(text.slice(0, -' ago'.length), now);
  if (WHOLE.has(plain)) return { range: '1y', exact: false };
  const past = pastTime(text, now);
  if (past !== null) {
    const range = RANGES.find((one) => RANGE_LENGTHS[one].ms >= now - past.start);
    const single = past.single === undefined ? {} : { single: past.single };
    return { range: range ?? '1y', exact: false, ...single, beyond: range === undefined };
  }
  const named = Object.hasOwn(NAMED, plain) ? NAMED[plain] : undefined;
  if (named !== undefined) return { range: named, exact: true };
  const match = /^(?:(\d{1,4}|a|an|one|two|three|four|six|twelve)[\s-]?)?([a-z]+)$/.exec(plain);
  const unit = match?.[2] === undefined || !Object.hasOwn(UNITS, match[2]) ? undefined : UNITS[match[2]];
  if (unit === undefined || match === null) return null;
  const count =
    match[1] === undefined ? ((match[2] ?? '').length < 3 ? null : 1) : (COUNTS[match[1]] ?? Number(match[1]));
  return count === null || count === 0 ? null : nearestRange(count * unit);
}

const daysOf = (range: Range): number => RANGE_LENGTHS[range].ms / DAY_MS;

function nearestRange(days: number): RangeWord {
  const distance = (range: Range): number => Math.abs(Math.log(daysOf(range) / days));
  const range = RANGES.reduce((nearest, one) => (distance(one) < distance(nearest) ? one : nearest));
  const asked = daysOf(range);
  return { range, exact: Math.abs(days - asked) <= (range === '1y' ? 5 : 1) * (asked > 1 ? 1 : 0) };
}

// Words for a stretch of time up to now: "30 days", "last week", "since january", "on 3 march", as one of the ranges that charts have.
import { DAY as DAY_MS } from '../../../base/clock.ts';
import { type Range, RANGE_LENGTHS, RANGES } from '../../../base/ranges.ts';
import { COUNTS } from '../numerals/number-names.ts';
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
/** "7d", "30 days", "five days", "a week": a word stands apart from its unit, which has more than a letter ("ad", "am" and "ah" are words). */
const COUNTED = /^(?:(\d{1,4})[\s-]?|(\p{L}+(?:-\p{L}+)?)[\s-](?=..))?(\p{L}+)$/u;
/** How far a count may be from a range that is still called so: 31 days are a month, 91 days a quarter. */
const TOLERANCE: Readonly<Record<Range, number>> = { '24h': 0, '7d': 0, '30d': 1, '90d': 1, '1y': 5 };

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
  const [, digits, word, name = ''] = COUNTED.exec(plain) ?? [];
  const unit = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  const count = countOf(digits, word, name);
  return unit === undefined || count === null ? null : nearestRange(count * unit);
}

/** How many units are said; a unit of some letters alone ("week") is one. Null for what is no whole number from one on. */
function countOf(digits: string | undefined, word: string | undefined, unit: string): number | null {
  if (digits !== undefined) return Number(digits) || null;
  if (word === undefined) return unit.length < 3 ? null : 1;
  const count = /^an?$/.test(word) ? 1 : COUNTS.get(word);
  return count !== undefined && Number.isInteger(count) ? count : null;
}

/** What is said where another range is shown than was asked for. */
export function rangeRemark(asked: string, { range, single, beyond }: RangeWord): string {
  const longest = beyond === true ? ' I go back 12 months at most.' : '';
  if (single !== undefined) return `I show ranges, not single ${single}: this is ${range}.${longest}`;
  return `I don't have a range ${/^(?:since|seit|depuis|desde) /.test(asked) ? '' : 'of '}${asked}, so this is ${range}.${longest}`;
}

const daysOf = (range: Range): number => RANGE_LENGTHS[range].ms / DAY_MS;

function nearestRange(days: number): RangeWord {
  const distance = (range: Range): number => Math.abs(Math.log(daysOf(range) / days));
  const range = RANGES.reduce((nearest, one) => (distance(one) < distance(nearest) ? one : nearest));
  return { range, exact: Math.abs(days - daysOf(range)) <= TOLERANCE[range] };
}

// Times of the past that people name: "since january", "on 3 march 2025", "last tuesday", "in 2024", "ytd"; English, German, French, Spanish, Portuguese.
import { DAY as DAY_MS } from '../../../base/clock.ts';

/** `start`: epoch ms (UTC), `-Infinity` for the beginning of all. `single`: what was meant when it is not everything since then. */
export type PastTime = { start: number; single?: 'days' | 'weekends' | 'months' | 'years' };

const MONTHS: readonly string[] = [
  'jan january januar janvier enero janeiro',
  'feb february februar février fevrier febrero fevereiro',
  'mar march märz maerz mars marzo março marco',
  'apr april avril abril',
  'may mai mayo maio',
  'jun june juni juin junio junho',
  'jul july juli juillet julio julho',
  'aug august août aout agosto',
  'sep sept september septembre septiembre setembro',
  'oct october oktober okt octobre octubre outubro',
  'nov november novembre noviembre novembro',
  'dec december dezember dez décembre decembre diciembre dezembro',
];
const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, month) => names.split(' ').map((name): [string, number] => [name, month])),
);
const MONTH = `(${[...MONTH_OF.keys()].toSorted((a, b) => b.length - a.length).join('|')})`;
/** Before there were coins nobody asks for a price: https://en.bitcoin.it/wiki/Genesis_block is of 2009. */
const YEAR = '(20(?:09|[1-9]\\d))';
const DAY = '(\\d{1,2})(?:st|nd|rd|th|\\.|er|º)?';
// Made once: every run of words in a line is tried.
const DAY_FIRST = new RegExp(`^${DAY} (?:of |de )?${MONTH}(?: (?:de )?${YEAR})?$`);
const MONTH_FIRST = new RegExp(`^${MONTH} ${DAY}(?: ${YEAR})?$`);
const MONTH_ALONE = new RegExp(`^${MONTH}(?: (?:de )?${YEAR})?$`);
const YEAR_ALONE = new RegExp(`^${YEAR}$`);
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const YESTERDAY = /^(?:yesterday|gestern|hier|ayer|ontem|вчера)$/;

const SINCE = /^(?:since|seit|depuis|desde) (?:the |le |la |el |dem |der )?/;
/** Before a time that is named; a month alone needs one: "may", "mar" and "dec" mean other things, too. */
const AT = /^(?:on|in|during|of|from|over|last|past|am|im|en|em|el|le) (?:the )?/;
const YEAR_SO_FAR = /^(?:ytd|year to date|this year|(?:start|beginning) of (?:the|this) year|new year)$/;
const BEGINNING = /^(?:launch|inception|beginning|start|day one|the very beginning|genesis)$/;

/** @param text lower case. @param now epoch ms. Null for what is no past time, and for one that is still to come */
export function pastTime(text: string, now: number): PastTime | null {
  const since = SINCE.exec(text)?.[0];
  const led = since ?? AT.exec(text)?.[0];
  const rest = text.slice(led?.length ?? 0);
  if (YEAR_SO_FAR.test(rest)) return { start: startOf(yearOf(now)) };
  if (since !== undefined && BEGINNING.test(rest)) return { start: Number.NEGATIVE_INFINITY };
  const found =
    dayOf(rest, now) ??
    recentDay(rest, now, led !== undefined) ??
    monthOf(rest, now, led !== undefined) ??
    yearNamed(rest);
  if (found === null || found.start > now) return null;
  return since === undefined ? found : { start: found.start };
}

/** "3 march", "march 3rd 2025", "2025-03-01", "3.3.2025". Without a year the last one that was. */
function dayOf(text: string, now: number): PastTime | null {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (year !== undefined) return dateOf(Number(year), Number(month) - 1, Number(day));
  const [, dayFirst, monthNext, yearLast] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  if (dayFirst !== undefined) return dateOf(Number(yearLast), Number(monthNext) - 1, Number(dayFirst));
  const [, first, name, of] = DAY_FIRST.exec(text) ?? [];
  const [, named, second, ofNamed] = MONTH_FIRST.exec(text) ?? [];
  const number = MONTH_OF.get(name ?? named ?? '');
  if (number === undefined) return null;
  const said = of ?? ofNamed;
  const wanted = (one: number) => dateOf(one, number, Number(first ?? second));
  if (said !== undefined) return wanted(Number(said));
  const latest = wanted(yearOf(now));
  return latest !== null && latest.start > now ? wanted(yearOf(now) - 1) : latest;
}

/** "yesterday", "last tuesday", "tuesday" behind "since" or "on", "last weekend". */
function recentDay(text: string, now: number, isLed: boolean): PastTime | null {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  if (YESTERDAY.test(text)) return { start: today - DAY_MS, single: 'days' };
  const [, which, day = ''] = /^(?:(last|past|this) )?(\w+)$/.exec(text) ?? [];
  const wanted = WEEKDAYS.indexOf(day === 'weekend' ? 'saturday' : day);
  if (wanted < 0 || (!isLed && which === undefined)) return null;
  const ago = ((new Date(today).getUTCDay() - wanted + 6) % 7) + 1;
  return { start: today - ago * DAY_MS, single: day === 'weekend' ? 'weekends' : 'days' };
}

function monthOf(text: string, now: number, isLed: boolean): PastTime | null {
  const [, name, said] = MONTH_ALONE.exec(text) ?? [];
  const month = MONTH_OF.get(name ?? '');
  if (month === undefined || (said === undefined && !isLed)) return null;
  const year = said === undefined ? yearOf(now) : Number(said);
  const start = startOf(year, month);
  return { start: said === undefined && start > now ? startOf(year - 1, month) : start, single: 'months' };
}

function yearNamed(text: string): PastTime | null {
  const [, said] = YEAR_ALONE.exec(text) ?? [];
  return said === undefined ? null : { start: startOf(Number(said)), single: 'years' };
}

/** Null for a date that there is not: 31 February. */
function dateOf(year: number, month: number, day: number): PastTime | null {
  const start = Date.UTC(year, month, day);
  const is = new Date(start);
  return is.getUTCMonth() === month && is.getUTCDate() === day ? { start, single: 'days' } : null;
}

const startOf = (year: number, month = 0): number => Date.UTC(year, month);
const yearOf = (now: number): number => new Date(now).getUTCFullYear();

// Dates and clock times in words, for any locale and time zone. Plain English means the unambiguous day-month order.
import { LRUCache } from 'lru-cache';
import { ownTurn } from '../base/turns.ts';
import { englishDate } from './english.ts';
import { keptText } from './kept-texts.ts';
import { safeLocale } from './numbers.ts';

/** Locales, zones and forms are few; the bound guards against made-up ones. */
const MOST_FORMATS = 500;

const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: MOST_FORMATS });

/** Making a format costs a hundred times more than using it, so they are kept. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${Object.values(options).join()}|${Object.keys(options).join()}`;
  let format = formats.get(key);
  if (format === undefined) {
    const safe = safeLocale(locale);
    format = new Intl.DateTimeFormat(safe === 'en' ? 'en-GB' : safe, options);
    formats.set(key, format);
  }
  return format;
}

/** Loads what Intl needs for dates in English, each part in a turn of its own: the first object of Intl takes 20 to 35 ms (english.ts). */
export async function prepareDates(): Promise<void> {
  for (const locale of ['en', 'en-US']) {
    await ownTurn();
    dateFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  }
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** A calendar date, e.g. "22 Nov 2026"; UTC unless a zone is given. `at`: epoch ms. */
export function date(at: number, locale: string, timeZone = 'UTC'): string {
  return keptText(
    `date ${locale} ${timeZone}`,
    [at],
    () =>
      ownDate(at, locale, timeZone, { clock: false }) ??
      dateFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(at),
  );
}

/** Date and clock time with the zone's short name, e.g. "22 Nov 2026, 10:00 UTC". */
export function dateTime(at: number, locale: string, timeZone = 'UTC'): string {
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return keptText(
    `moment ${locale} ${timeZone}`,
    [at],
    () =>
      ownDate(at, locale, timeZone, { clock: true }) ??
      dateFormat(locale, { ...day, ...CLOCK, timeZoneName: 'short', timeZone }).format(at),
  );
}

function ownDate(at: number, locale: string, timeZone: string, parts: { clock: boolean }): string | null {
  return locale === 'en' && timeZone === 'UTC' ? englishDate(at, parts) : null;
}

/** "January 2030" in UTC. */
export function month(at: number, locale: string): string {
  return dateFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
}

/** "Sunday, 22 November 2026" on the calendar of a zone. */
export function localDate(at: number, locale: string, timeZone: string): string {
  return dateFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(at);
}

/** "09:00" on the clock of a zone. */
export function localTime(at: number, locale: string, timeZone: string): string {
  return dateFormat(locale, { ...CLOCK, timeZone }).format(at);
}

/** "Mon 23 Nov 2026, 09:00 (Europe/Berlin)". */
export function localMoment(at: number, locale: string, timeZone: string): string {
  const form = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone } as const;
  const day = dateFormat(locale, form).format(at);
  return `${day.replace(/^(\p{L}+\.?), /u, '$1 ')}, ${localTime(at, locale, timeZone)} (${timeZone})`;
}

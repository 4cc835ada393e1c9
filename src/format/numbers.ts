// Numbers, money, percentages, ages and dates in words, for any locale and any currency that CoinGecko lists.
import type { Change } from '../app/card.ts';

const MINUS = '−';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Locales and forms are few; the bound guards against made-up ones. */
const MOST_FORMATS = 500;

const numbers = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${Object.values(options).join()}|${Object.keys(options).join()}`;
  let format = numbers.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(safeLocale(locale), options);
    if (numbers.size < MOST_FORMATS) numbers.set(key, format);
  }
  return format;
}

/** The locale itself when Intl knows it, else English. */
export function safeLocale(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Decimals of a price: whole units from 100,000; 2 from 1; 4 from 0.01; below that four significant digits. */
export function priceDigits(value: number): Intl.NumberFormatOptions {
  const size = Math.abs(value);
  if (size === 0) return { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  if (size >= 100_000) return { maximumFractionDigits: 0 };
  if (size >= 1) return { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  if (size >= 0.01) return { minimumFractionDigits: 4, maximumFractionDigits: 4 };
  return { minimumSignificantDigits: 4, maximumSignificantDigits: 4 };
}

/** A price or amount of money, e.g. "$250.28", "$0.00001234", "0.003251 BTC". */
export function money(value: number, currency: string, locale: string, digits = priceDigits(value)): string {
  const code = currency.toUpperCase();
  if (isFiat(code))
    return numberFormat(locale, { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol', ...digits })
      .format(value)
      .replace('-', MINUS);
  return `${numberFormat(locale, digits).format(value).replace('-', MINUS)} ${code}`;
}

/** Large money in short, e.g. "$2.84B"; below 100,000 the ordinary form. */
export function compactMoney(value: number, currency: string, locale: string): string {
  if (Math.abs(value) < 100_000) return money(value, currency, locale);
  const compact = { notation: 'compact', maximumSignificantDigits: Math.abs(value) >= 1e15 ? 4 : 3 } as const;
  const code = currency.toUpperCase();
  if (isFiat(code))
    return numberFormat(locale, {
      style: 'currency',
      currency: code,
      currencyDisplay: 'narrowSymbol',
      ...compact,
    }).format(value);
  return `${numberFormat(locale, compact).format(value)} ${code}`;
}

/** A plain amount with at most `maximumFractionDigits` decimals. */
export function amount(value: number, locale: string, maximumFractionDigits = 2): string {
  return numberFormat(locale, { maximumFractionDigits }).format(value).replace('-', MINUS);
}

/** A large count in short, e.g. "11.2M". */
export function compactNumber(value: number, locale: string): string {
  return numberFormat(locale, { notation: 'compact', maximumSignificantDigits: 4 }).format(value);
}

/** Percent with sign, e.g. "+3.63%", "−0.50%"; `value` is in percent. */
export function percent(
  value: number,
  locale: string,
  maximumFractionDigits = Math.abs(value) >= 1000 ? 0 : 2,
): string {
  const text = numberFormat(locale, {
    style: 'percent',
    maximumFractionDigits,
    minimumFractionDigits: maximumFractionDigits,
    signDisplay: 'exceptZero',
  });
  return text.format(value / 100).replace('-', MINUS);
}

/** A change with arrow and sign ("▲ +3.63%"); flat below 0.005 %. */
export function change(value: number, locale: string): Change {
  if (Math.abs(value) < 0.005) return { direction: 'flat', text: percent(0, locale) };
  return value > 0
    ? { direction: 'up', text: `▲ ${percent(value, locale)}` }
    : { direction: 'down', text: `▼ ${percent(value, locale)}` };
}

export type Freshness = 'live' | 'recent' | 'delayed' | 'old';

/** How old a number is for people: live to 90 s, delayed from 15 min, old beyond 24 h (product rules). */
export function freshness(ageMs: number): Freshness {
  if (ageMs <= 90_000) return 'live';
  if (ageMs < 15 * MINUTE) return 'recent';
  return ageMs <= DAY ? 'delayed' : 'old';
}

/** "42 s ago", "12 min ago", "3 h ago", "2 d ago"; rounded up, so a number never looks younger than it is. */
export function age(ageMs: number): string {
  const passed = Math.max(0, ageMs);
  if (passed <= 120_000) return `${Math.ceil(passed / 1000)} s ago`;
  if (passed <= 120 * MINUTE) return `${Math.ceil(passed / MINUTE)} min ago`;
  if (passed <= 48 * HOUR) return `${Math.ceil(passed / HOUR)} h ago`;
  return `${Math.ceil(passed / DAY)} d ago`;
}

/** A calendar date, e.g. "22 Nov 2026"; UTC unless a zone is given. */
export function date(at: number, locale: string, timeZone = 'UTC'): string {
  return dateFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(at);
}

/** Date and clock time with the zone's short name, e.g. "22 Nov 2026, 10:00 UTC". */
export function dateTime(at: number, locale: string, timeZone = 'UTC'): string {
  return dateFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone,
  }).format(at);
}

const dates = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times more than using it. Plain English means the unambiguous day-month order. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${options.timeZone}|${options.hour ?? ''}`;
  let format = dates.get(key);
  if (format === undefined) {
    const safe = safeLocale(locale);
    format = new Intl.DateTimeFormat(safe === 'en' ? 'en-GB' : safe, options);
    if (dates.size < MOST_FORMATS) dates.set(key, format);
  }
  return format;
}

const FIAT = new Set(
  Intl.supportedValuesOf('currency').filter(
    (code) => !code.startsWith('X') || code === 'XAF' || code === 'XOF' || code === 'XPF' || code === 'XCD',
  ),
);

function isFiat(code: string): boolean {
  return FIAT.has(code) && code !== 'BTC';
}

// Numbers, money, percentages and changes in words, for any locale and any currency that CoinGecko lists.
import { LRUCache } from 'lru-cache';
import { englishNumbers, SIGNS } from './english.ts';
import { keptText } from './kept-texts.ts';

export type Direction = 'up' | 'down' | 'flat';

/** A change ready to show: `text` carries sign and arrow ("▲ +3.63%"), so colour is never the only carrier. */
export type Change = { direction: Direction; text: string };

const MINUS = '−';

/** Locales and forms are few; the bound guards against made-up ones. */
const MOST_FORMATS = 500;

type Format = { format(value: number): string };

const numbers = new LRUCache<string, Format>({ max: MOST_FORMATS });

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Format {
  let key = locale;
  for (const [name, value] of Object.entries(options)) key += `|${name} ${value}`;
  let format = numbers.get(key);
  if (format === undefined) {
    format = makeFormat(safeLocale(locale), options);
    numbers.set(key, format);
  }
  return format;
}

/** Intl's, made when it is needed: in English only for what is not written without it. */
function makeFormat(locale: string, options: Intl.NumberFormatOptions): Format {
  const own = ENGLISH.has(locale) ? englishNumbers(options) : null;
  let intl: Intl.NumberFormat | undefined;
  return { format: (value) => own?.(value) ?? (intl ??= new Intl.NumberFormat(locale, options)).format(value) };
}

/** They write numbers alike. */
const ENGLISH = new Set(['en', 'en-US']);

const safeLocales = new LRUCache<string, string>({ max: MOST_FORMATS });

/** The locale itself when Intl knows it, else English. */
export function safeLocale(locale: string): string {
  const known = safeLocales.get(locale);
  if (known !== undefined) return known;
  const safe = knownToIntl(locale);
  safeLocales.set(locale, safe);
  return safe;
}

function knownToIntl(locale: string): string {
  if (ENGLISH.has(locale)) return locale; // Intl is not asked what is known
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/**
 * Decimals of a price: whole units from 100,000, in currencies without a coin below the unit from 100; 2 from 1; 4 from 0.01; below that four
 * significant digits.
 */
export function priceDigits(value: number, currency: string): Intl.NumberFormatOptions {
  const size = Math.abs(value);
  const whole = hasNoCents(currency.toUpperCase());
  if (size >= (whole ? 100 : 100_000) || (whole && size === 0)) return { maximumFractionDigits: 0 };
  if (size === 0) return { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  if (size >= 1) return { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  if (size >= 0.01) return { minimumFractionDigits: 4, maximumFractionDigits: 4 };
  return { minimumSignificantDigits: 4, maximumSignificantDigits: 4 };
}

/** A price or amount of money, e.g. "$250.28", "$0.00001234", "0.003251 BTC". */
export function money(value: number, currency: string, locale: string, digits?: Intl.NumberFormatOptions): string {
  if (digits !== undefined) return moneyText(value, currency, locale, digits);
  const make = () => moneyText(value, currency, locale, priceDigits(value, currency));
  return keptText(`money ${currency} ${locale}`, [value], make);
}

function moneyText(value: number, currency: string, locale: string, digits: Intl.NumberFormatOptions): string {
  const code = currency.toUpperCase();
  if (isFiat(code))
    return numberFormat(locale, { style: 'currency', currency: code, currencyDisplay: displayOf(code), ...digits })
      .format(value)
      .replace('-', MINUS);
  return `${numberFormat(locale, digits).format(value).replace('-', MINUS)} ${code}`;
}

/** Most decimals of a range: what lies closer together than this is one price. */
const FINEST = 12;

/** Two prices in order, with the same decimals and so many that they differ, e.g. "$0.9996 – $1.0004". */
export function moneyRange(low: number, high: number, currency: string, locale: string): string {
  return keptText(`range ${currency} ${locale}`, [low, high], () => moneyRangeText(low, high, currency, locale));
}

function moneyRangeText(low: number, high: number, currency: string, locale: string): string {
  const text = (value: number, digits: Intl.NumberFormatOptions): string => money(value, currency, locale, digits);
  const own = priceDigits(high, currency);
  if (own.maximumSignificantDigits !== undefined)
    return `${money(low, currency, locale)} – ${money(high, currency, locale)}`;
  const apart = high > low ? Math.ceil(-Math.log10(high - low)) : 0;
  const decimals = Math.min(FINEST, Math.max(own.maximumFractionDigits ?? 0, apart));
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return `${text(low, digits)} – ${text(high, digits)}`;
}

/** Written without decimals although ISO 4217 has hundredths for them (cash digits of CLDR's supplemental data). */
const WITHOUT_CENTS = new Set(['HUF', 'IDR', 'MMK', 'SATS', 'TWD']);

const centless = new Map<string, boolean>();

/** JPY, KRW, CLP, VND …: nobody pays a part of one unit. */
function hasNoCents(code: string): boolean {
  if (WITHOUT_CENTS.has(code)) return true;
  if (SIGNS[code] !== undefined || !isFiat(code)) return false;
  const known = centless.get(code);
  if (known !== undefined) return known;
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: code,
  }).resolvedOptions();
  centless.set(code, maximumFractionDigits === 0); // at most one entry per currency
  return maximumFractionDigits === 0;
}

/** Signs that several currencies share in their short form: "$347.89" for Canadian dollars would be read as another amount. */
const SHARED_SIGNS = /^(?:\$|¥|£|kr\.?|Rs\.?|₨)$/;

const displays = new Map<string, 'symbol' | 'narrowSymbol'>();

/** "CA$" where the short sign is shared, else the short sign ("₹", "₺"). Which one is plain "$" depends on the reader's country. */
function displayOf(code: string): 'symbol' | 'narrowSymbol' {
  const known = displays.get(code);
  if (known !== undefined) return known;
  const sign = SIGNS[code] ?? narrowSign(code);
  const display = SHARED_SIGNS.test(sign) ? 'symbol' : 'narrowSymbol';
  displays.set(code, display); // at most one entry per currency
  return display;
}

function narrowSign(code: string): string {
  const form = { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' } as const;
  const parts = new Intl.NumberFormat('en', form).formatToParts(1);
  return parts.find(({ type }) => type === 'currency')?.value ?? '';
}

/** Large money in short, e.g. "$2.84B"; below 100,000 the ordinary form. */
export function compactMoney(value: number, currency: string, locale: string): string {
  if (Math.abs(value) < 100_000) return money(value, currency, locale);
  return keptText(`compact ${currency} ${locale}`, [value], () => compactMoneyText(value, currency, locale));
}

function compactMoneyText(value: number, currency: string, locale: string): string {
  const compact = { notation: 'compact', maximumSignificantDigits: Math.abs(value) >= 1e15 ? 4 : 3 } as const;
  const code = currency.toUpperCase();
  if (isFiat(code))
    return numberFormat(locale, {
      style: 'currency',
      currency: code,
      currencyDisplay: displayOf(code),
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
export function percent(value: number, locale: string, decimals = percentDecimals(value)): string {
  return percentText(value, locale, decimals, 'exceptZero');
}

/** A share of a whole, e.g. "23.4%"; `value` is in percent. */
export function share(value: number, locale: string, decimals = percentDecimals(value)): string {
  return percentText(value, locale, decimals, 'auto');
}

function percentDecimals(value: number): number {
  return Math.abs(value) >= 1000 ? 0 : 2;
}

function percentText(value: number, locale: string, decimals: number, signDisplay: 'exceptZero' | 'auto'): string {
  const digits = { maximumFractionDigits: decimals, minimumFractionDigits: decimals };
  return keptText(`percent ${signDisplay} ${locale}`, [value, decimals], () =>
    numberFormat(locale, { style: 'percent', ...digits, signDisplay })
      .format(value / 100)
      .replace('-', MINUS),
  );
}

/** A change with arrow and sign ("▲ +3.63%"); flat below 0.005 %. */
export function change(value: number, locale: string): Change {
  if (Math.abs(value) < 0.005) return { direction: 'flat', text: percent(0, locale) };
  return value > 0
    ? { direction: 'up', text: `▲ ${percent(value, locale)}` }
    : { direction: 'down', text: `▼ ${percent(value, locale)}` };
}

let fiat: ReadonlySet<string> | undefined;

function isFiat(code: string): boolean {
  if (SIGNS[code] !== undefined) return true;
  fiat ??= new Set(
    Intl.supportedValuesOf('currency').filter(
      (known) => !known.startsWith('X') || known === 'XAF' || known === 'XOF' || known === 'XPF' || known === 'XCD',
    ),
  );
  return fiat.has(code) && code !== 'BTC';
}

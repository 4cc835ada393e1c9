// Numbers and dates as they stand in a picture: the words of the format room, made to fit Inter's letters and the room there is.
import { dateFormat, dateTime } from '../../format/dates.ts';
import { change, compactMoney, compactNumber, money, percent, priceDigits, share } from '../../format/numbers.ts';
import { covers } from './text-outlines.ts';
import type { TimeTick } from '../parts/ticks.ts';

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

export type Figures = ReturnType<typeof createFigures>;

/** Formatting for one picture. Where the locale's script is not in Inter, English is used rather than empty boxes. */
export function createFigures(locale: string, currency: string) {
  const code = currency.toUpperCase();
  const local = (make: (locale: string) => string): string => readable(make(locale)) ?? readable(make('en')) ?? '';
  const localMoney = (make: (locale: string) => string): string =>
    withSubscripts(readableMoney(make(locale), code) ?? readableMoney(make('en'), code) ?? '');
  const day = (form: Intl.DateTimeFormatOptions) => (at: number) =>
    local((l) => dateFormat(l, { ...form, timeZone: 'UTC' }).format(at));
  const exact = (value: number, digits: Intl.NumberFormatOptions) =>
    localMoney((l) => money(value, currency, l, digits));

  return {
    /** Money with a fixed number of decimals; a value too small for them gets its own. */
    price: (value: number, decimals: number): string => exact(value, decimalsFor(value, decimals, currency)),
    /** The same without a currency code (a symbol stays): for places where the pair is already named. */
    bare: (value: number, decimals: number): string =>
      withoutCode(exact(value, decimalsFor(value, decimals, currency)), code),
    /** Axis values in thousands, millions, billions …, exact to `step`. */
    bareCompact: (value: number, step: number): string => withoutCode(exact(value, compactDigits(value, step)), code),
    /** Decimals that suit one value alone. */
    decimals: (value: number): number => ownDecimals(value, currency),
    signedMoney(value: number, decimals: number): string {
      const text = exact(Math.abs(value), { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
      return /[1-9]/u.test(text) ? `${value < 0 ? '−' : '+'}${text}` : text;
    },
    shortMoney: (value: number): string => localMoney((l) => compactMoney(value, currency, l)),
    shortNumber: (value: number): string => local((l) => compactNumber(value, l)),
    percent: (value: number): string => local((l) => shortPercent(value, l)),
    /** Percent without sign: a triangle says the direction. */
    size: (value: number): string => local((l) => shortShare(Math.abs(value), l)),
    share: (value: number, decimals = 1): string => local((l) => share(value, l, decimals)),
    axisPercent: (value: number, decimals: number): string =>
      Math.abs(value) >= 100_000
        ? `${value > 0 ? '+' : ''}${local((l) => compactNumber(value, l))}%`
        : local((l) => percent(value, l, decimals)),
    direction: (value: number) => change(value, 'en').direction,
    dateTime: (at: number): string => local((l) => dateTime(at, l)),
    /** "22 Nov, 09:00" */
    moment: day({ day: 'numeric', month: 'short', ...CLOCK }),
    longDate: day({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    weekday: day({ weekday: 'short' }),
    month: day({ month: 'short', year: 'numeric' }),
    tick: ({ at, form }: TimeTick): string => day(TICK_FORMS[form])(at),
  };
}

const TICK_FORMS: Readonly<Record<TimeTick['form'], Intl.DateTimeFormatOptions>> = {
  clock: CLOCK,
  weekday: { weekday: 'short', day: 'numeric' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short' },
  year: { year: 'numeric' },
};

/** One number of decimals for price, high and low: the price's own, more when they lie close together. */
export function cardDecimals(price: number, low: number, high: number, currency: string): number {
  const range = high - low;
  const fine = range > 0 ? Math.min(5, Math.ceil(-Math.log10(range)) + 1) : 0;
  return Math.max(ownDecimals(price, currency), fine);
}

function ownDecimals(value: number, currency: string): number {
  const digits = priceDigits(value, currency);
  if (digits.maximumSignificantDigits === undefined) return digits.maximumFractionDigits ?? 0;
  return Math.min(100, digits.maximumSignificantDigits - 1 - Math.floor(Math.log10(Math.abs(value))));
}

function decimalsFor(value: number, decimals: number, currency: string): Intl.NumberFormatOptions {
  const tooCoarse = value !== 0 && Math.abs(value) * 10 ** decimals < 1;
  const count = tooCoarse ? ownDecimals(value, currency) : decimals;
  return { minimumFractionDigits: count, maximumFractionDigits: count };
}

function compactDigits(value: number, step: number): Intl.NumberFormatOptions {
  const unit = 1000 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3));
  const decimals = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step / unit) - 1e-9)));
  return { notation: 'compact', minimumFractionDigits: decimals, maximumFractionDigits: decimals };
}

function shortPercent(value: number, locale: string): string {
  if (Math.abs(value) < 1_000_000) return percent(value, locale);
  return `${value < 0 ? '−' : '+'}${shortShare(Math.abs(value), locale)}`;
}

function shortShare(size: number, locale: string): string {
  if (size < 1_000_000) return share(size, locale);
  return `${size < 1e15 ? compactNumber(size, locale) : '>999T'}%`;
}

/** "$0.00001088" → "$0.0₄1088": the count of zeros is easier to read than the zeros. */
function withSubscripts(text: string): string {
  return text.replace(/0([.,])(0{4,})(?=[1-9])/u, (_, point: string, zeros: string) => {
    const count = Array.from(String(zeros.length), (digit) => SUBSCRIPTS[Number(digit)]).join('');
    return `0${point}0${count}`;
  });
}

function withoutCode(text: string, code: string): string {
  return text.replace(code, '').trim();
}

/** The text in letters that Inter has, or null when it has not. */
function readable(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  return covers(plain) ? plain : null;
}

/** Money whose only unknown letters are the currency's sign (৳) gets the code instead. */
function readableMoney(text: string, code: string): string | null {
  const plain = readable(text);
  if (plain !== null) return plain;
  const marked = Array.from(text.normalize('NFKC').replace(/\p{Cf}/gu, ''), (letter) =>
    covers(letter) ? letter : '\uFFFC',
  ).join('');
  const coded = marked.replace(/\s*\uFFFC+\s*/u, ` ${code} `).trim();
  return /\d/u.test(coded) && !coded.includes('\uFFFC') ? coded : null;
}

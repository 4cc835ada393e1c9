// Figures and dates in English without Intl, the same to the letter: what a bot with its first settings writes. The first object of Intl in a process
// looks at each of some 700 locales, which takes 20 to 35 ms of the processor and 7 MiB of memory for good; whoever asks for another language pays.

/** Currencies that most prices are in; all have hundredths. Others are left to Intl. */
export const SIGNS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£' };

/** From here on nothing is said of the digits here: Intl writes it. */
const LARGEST = 9e14;

const SHORT = ['', 'K', 'M', 'B', 'T'];

type Options = Intl.NumberFormatOptions;
/** A size as `0.digits × 10^exponent`, without zeros at the end; zero has no digits. */
type Decimal = { digits: string; exponent: number };

/**
 * What `new Intl.NumberFormat('en', options)` does with a number.
 * @returns null for options or a currency that are not known here, and from the format for a number that is not
 */
export function englishNumbers(options: Options): ((value: number) => string | null) | null {
  const { style = 'decimal', currency = '', notation = 'standard', signDisplay = 'auto' } = options;
  const sign = style === 'currency' ? SIGNS[currency] : '';
  const isShort = notation === 'compact';
  if (sign === undefined || !['decimal', 'currency', 'percent'].includes(style)) return null;
  if (!Object.keys(options).every((name) => KNOWN.has(name))) return null;
  if (isShort && (style === 'percent' || !options.maximumSignificantDigits)) return null;
  return (value) => {
    if (!(Math.abs(value) < LARGEST)) return null;
    const rounded = round(decimalOf(Math.abs(value), style === 'percent' ? 2 : 0), options);
    const thousands = isShort ? Math.max(0, Math.floor((rounded.exponent - 1) / 3)) : 0;
    const shown = written({ ...rounded, exponent: rounded.exponent - 3 * thousands }, options);
    const before = signOf(value, rounded.digits === '', signDisplay);
    return `${before}${sign}${shown}${SHORT[thousands] ?? ''}${style === 'percent' ? '%' : ''}`;
  };
}

const KNOWN = new Set([
  'style',
  'currency',
  'currencyDisplay',
  'notation',
  'signDisplay',
  'minimumFractionDigits',
  'maximumFractionDigits',
  'minimumSignificantDigits',
  'maximumSignificantDigits',
]);

function signOf(value: number, isZero: boolean, display: Options['signDisplay']): string {
  if (display === 'exceptZero') return isZero ? '' : value < 0 ? '-' : '+';
  return value < 0 || Object.is(value, -0) ? '-' : '';
}

/** The shortest decimal that is this number, as Intl takes it, times 10^shift. */
function decimalOf(size: number, shift: number): Decimal {
  if (size === 0) return { digits: '', exponent: 0 };
  const [mantissa = '', power] = size.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(power) + 1 + shift };
}

/** Half goes away from zero. */
function round({ digits, exponent }: Decimal, options: Options): Decimal {
  const kept = options.maximumSignificantDigits ?? exponent + decimals(options).most;
  if (kept >= digits.length) return { digits, exponent };
  if (kept < 0) return { digits: '', exponent: 0 };
  const cut = BigInt(`0${digits.slice(0, kept)}`) + (digits.charAt(kept) >= '5' ? 1n : 0n);
  if (cut === 0n) return { digits: '', exponent: 0 };
  const text = String(cut);
  return { digits: text.replace(/0+$/, ''), exponent: exponent + text.length - kept };
}

/** By the rules of ECMA-402 for what is not given: https://tc39.es/ecma402/#sec-setnfdigitoptions */
function decimals({ style, minimumFractionDigits: least, maximumFractionDigits: most }: Options) {
  const [few, many] = style === 'currency' ? [2, 2] : style === 'percent' ? [0, 0] : [0, 3];
  return { least: least ?? Math.min(few, most ?? few), most: most ?? Math.max(many, least ?? many) };
}

function written({ digits, exponent }: Decimal, options: Options): string {
  const whole = exponent > 0 ? digits.slice(0, exponent).padEnd(exponent, '0') : '0';
  const part = exponent > 0 ? digits.slice(exponent) : '0'.repeat(-exponent) + digits;
  const significant = options.minimumSignificantDigits ?? 1;
  const least = options.maximumSignificantDigits
    ? Math.max(0, significant - (digits === '' ? 1 : exponent))
    : decimals(options).least;
  const fraction = (digits === '' ? '' : part).padEnd(least, '0');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === '' ? grouped : `${grouped}.${fraction}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** Years of four digits: 1970 to 9999; others are left to Intl. */
const LAST_MOMENT = Date.UTC(10_000, 0, 1);

/** As "en-GB" writes it: "22 Nov 2026", with `clock` "22 Nov 2026, 10:00 UTC"; `at`: epoch ms, null for moments that are left to Intl. */
export function englishDate(at: number, { clock }: { clock: boolean }): string | null {
  if (!(at >= 0 && at < LAST_MOMENT)) return null;
  const moment = new Date(at);
  const month = MONTHS[moment.getUTCMonth()]?.replace('Sep', 'Sept');
  const day = `${moment.getUTCDate()} ${month} ${moment.getUTCFullYear()}`;
  return clock ? `${day}, ${moment.toISOString().slice(11, 16)} UTC` : day;
}

/** As "en-US" writes them: "Sun", "22", "10:00" and "Nov 22, 26" on the calendar of a zone. @throws RangeError for a zone that is none */
export function americanParts(at: number, timeZone: string) {
  const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const two = (value: number) => String(value % 100).padStart(2, '0');
  return {
    weekday: DAYS[here.dayOfWeek - 1] ?? '',
    day: String(here.day),
    clock: `${two(here.hour)}:${two(here.minute)}`,
    date: `${MONTHS[here.month - 1]} ${here.day}, ${two(here.year)}`,
  };
}

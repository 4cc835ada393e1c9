// Figures and dates in English are those of Intl to the letter, and Intl is not asked for them.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { americanParts, englishDate, englishNumbers, SIGNS } from '../../src/format/english.ts';

const digits = [
  {},
  { maximumFractionDigits: 0 },
  { maximumFractionDigits: 2 },
  { maximumFractionDigits: 8 },
  { minimumFractionDigits: 1 },
  { minimumFractionDigits: 1, maximumFractionDigits: 1 },
  { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  { minimumFractionDigits: 4, maximumFractionDigits: 4 },
  { minimumFractionDigits: 12, maximumFractionDigits: 12 },
  { minimumSignificantDigits: 4, maximumSignificantDigits: 4 },
  { maximumSignificantDigits: 3 },
  { notation: 'compact', maximumSignificantDigits: 3 },
  { notation: 'compact', maximumSignificantDigits: 4 },
] as const;
const styles = [
  {},
  { style: 'percent', signDisplay: 'auto' },
  { style: 'percent', signDisplay: 'exceptZero' },
  ...Object.keys(SIGNS).flatMap((currency) =>
    (['symbol', 'narrowSymbol'] as const).map(
      (currencyDisplay) => ({ style: 'currency', currency, currencyDisplay }) as const,
    ),
  ),
] as const;
const forms = styles
  .flatMap((style) => digits.map((one): Intl.NumberFormatOptions => ({ ...style, ...one })))
  .filter(({ style, notation }) => style !== 'percent' || notation === undefined);

/** Prices and counts as they come, halves of a last digit, what rounds into the next thousand, and any number at all. */
const figure = fc.oneof(
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
  fc.double({ noNaN: true, min: -1e-3, max: 1e-3 }),
  fc
    .tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: -10, max: 7 }))
    .map(([whole, power]) => Number(`${whole}e${power}`)),
  fc
    .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: -9, max: 9 }))
    .map(([whole, power]) => Number(`${whole}5e${power}`)),
  fc.constantFrom(0, -0, 0.995, 1.005, 999.5, 999_949, 999_950, 999_995, 99_999_999, 1e14, 8.99e14, 5e-324, -0.001),
  fc.double(),
);

it('a figure is what Intl makes of it, or left to Intl', { timeout: 60_000 }, () => {
  for (const options of forms) {
    const own = englishNumbers(options);
    const intl = new Intl.NumberFormat('en', options);
    fc.assert(
      fc.property(figure, (value) => {
        const text = own?.(value) ?? null;
        if (Math.abs(value) < 9e14) expect(text).toBe(intl.format(value));
        else expect(text).toBeNull();
      }),
      { numRuns: 150 },
    );
  }
});

it('leaves other currencies, forms and endless numbers to Intl', () => {
  expect(englishNumbers({ style: 'currency', currency: 'JPY' })).toBeNull();
  expect(englishNumbers({ style: 'unit', unit: 'byte' })).toBeNull();
  expect(englishNumbers({ useGrouping: false })).toBeNull();
  expect(englishNumbers({ notation: 'compact' })).toBeNull();
  expect(englishNumbers({ style: 'percent', notation: 'compact', maximumSignificantDigits: 3 })).toBeNull();
  expect(englishNumbers({})?.(Number.POSITIVE_INFINITY)).toBeNull();
  expect(englishNumbers({})?.(Number.NaN)).toBeNull();
});

it('a date is what Intl makes of it in "en-GB" and UTC', () => {
  const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;
  const dates = new Intl.DateTimeFormat('en-GB', day);
  const moments = new Intl.DateTimeFormat('en-GB', { ...day, ...clock });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (at) => {
      expect(englishDate(at, { clock: false })).toBe(dates.format(at));
      expect(englishDate(at, { clock: true })).toBe(moments.format(at));
    }),
    { numRuns: 500 },
  );
  for (const at of [-1, Number.NaN, Date.UTC(10_000, 0, 1)]) expect(englishDate(at, { clock: true })).toBeNull();
});

it('parts of a moment are what Intl makes of them in "en-US", in any zone', () => {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  for (const timeZone of [
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'US/Pacific',
  ]) {
    const intl = (form: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', { ...form, timeZone });
    const [weekday, day, time] = [intl({ weekday: 'short' }), intl({ day: 'numeric' }), intl(clock)];
    const [moment, date] = [
      intl({ weekday: 'short', ...clock }),
      intl({ day: 'numeric', month: 'short', year: '2-digit' }),
    ];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2040, 0, 1) }), (at) => {
        const parts = americanParts(at, timeZone);
        const theirs = { weekday: weekday, day: day, clock: time, date: date };
        for (const [name, format] of Object.entries(theirs))
          expect(parts[name as keyof typeof theirs]).toBe(format.format(at));
        expect(`${parts.weekday} ${parts.clock}`).toBe(moment.format(at));
      }),
      { numRuns: 100 },
    );
  }
});

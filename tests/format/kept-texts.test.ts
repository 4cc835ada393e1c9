// Formatted figures are kept for a while: whatever was formatted before, each figure has its own text.
import { expect, it } from 'vitest';
import { date, dateTime } from '../../src/format/dates.ts';
import { amount, compactMoney, money, moneyRange, percent, share } from '../../src/format/numbers.ts';

const AT = Date.UTC(2026, 10, 28, 23, 30);
/** Neighbours differ in one thing that the text depends on, and in nothing else. */
const FORMS: readonly (readonly [string, readonly (() => string)[]])[] = [
  ['money', [() => money(1.5, 'usd', 'en'), () => money(1.5, 'eur', 'en'), () => money(1.5, 'eur', 'de')]],
  ['money of zero', [() => money(-0, 'btc', 'en'), () => money(0, 'btc', 'en')]],
  ['money in digits', [() => money(1.5, 'usd', 'en'), () => money(1.5, 'usd', 'en', { maximumFractionDigits: 0 })]],
  [
    'ranges',
    [() => moneyRange(1, 2, 'usd', 'en'), () => moneyRange(1, 3, 'usd', 'en'), () => moneyRange(2, 3, 'usd', 'en')],
  ],
  [
    'ranges elsewhere',
    [() => moneyRange(1, 2, 'usd', 'en'), () => moneyRange(1, 2, 'eur', 'en'), () => moneyRange(1, 2, 'eur', 'de')],
  ],
  [
    'short money',
    [() => compactMoney(2e6, 'usd', 'en'), () => compactMoney(2e6, 'eur', 'en'), () => compactMoney(2e6, 'eur', 'de')],
  ],
  ['short and long money', [() => compactMoney(2e6, 'usd', 'en'), () => money(2e6, 'usd', 'en')]],
  ['percent', [() => percent(5, 'en'), () => share(5, 'en'), () => share(5, 'en', 1), () => share(5, 'de', 1)]],
  ['percent of zero', [() => share(-0, 'en'), () => share(0, 'en')]],
  [
    'dates',
    [
      () => date(AT, 'en'),
      () => date(AT, 'de'),
      () => date(AT, 'de', 'Asia/Tokyo'),
      () => dateTime(AT, 'de', 'Asia/Tokyo'),
    ],
  ],
  ['moments', [() => dateTime(AT, 'en'), () => dateTime(AT + 60_000, 'en'), () => dateTime(AT, 'en', 'Asia/Tokyo')]],
  ['amounts', [() => amount(1.5, 'en'), () => amount(1.5, 'de')]],
];

it.each(FORMS)('%s: each its own, the first time and again', (_, forms) => {
  const texts = forms.map((form) => form());
  expect(new Set(texts).size).toBe(forms.length);
  expect(forms.map((form) => form())).toEqual(texts);
});

// Alerts for a range of prices: one for each end, with all else that was said.
import { expect, it } from 'vitest';
import { betweenCard, rangeIn } from '../../../src/app/alerts/between.ts';

const CURRENCIES = new Set(['usd', 'eur']);
const buttons = (condition: string, currency = 'usd', locale = 'en') => {
  const range = rangeIn(condition, CURRENCIES, locale);
  const card = range === null ? null : betweenCard(range, { target: 'btc', repeat: undefined }, { currency, locale });
  return (card?.blocks ?? []).flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
};
const offered = (condition: string) => buttons(condition).map(({ invocation }) => invocation.args);

it('offers both ends, with currency and end', () => {
  expect(offered('is between 80k and 90k eur until friday')).toEqual([
    { target: 'btc', currency: 'eur', condition: 'reaches 80000 until friday' },
    { target: 'btc', currency: 'eur', condition: 'reaches 90000 until friday' },
  ]);
});

it('a scale behind the second number holds for both', () => {
  expect(offered('between 80 and 90k').map(({ condition }) => condition)).toEqual(['reaches 80000', 'reaches 90000']);
});

it.each([
  ['between 80k and 90k', 'usd', 'en', ['At $80,000', 'At $90,000']],
  ['between 0.1 and 0.25 tao', 'tao', 'en', ['At 0.1 TAO', 'At 0.25 TAO']],
  ['between 1,5k and 2,25k eur', 'eur', 'de', ['At 1.500 €', 'At 2.250 €']],
])('%s: the buttons name the currency', (condition, currency, locale, labels) => {
  expect(buttons(condition, currency, locale).map(({ label }) => label.replaceAll('\u00A0', ' '))).toEqual(labels);
});

it('what the prices are in is read where any condition is read', () => {
  const currencyOf = (condition: string) => rangeIn(condition, CURRENCIES, 'en')?.currency;
  expect(currencyOf('between 0.1 and 0.2 tao')).toBe('tao');
  expect(currencyOf('between $80k and $90k')).toBe('usd');
  expect(currencyOf('between 80k and 90k')).toBeNull();
});

it.each([
  'between 90k and 80k',
  'between 80k & 90k',
  'from 80k to 90k',
  'from 90k until 80k',
  'within 80k - 90k',
  'outside 80k-90k',
  '80k-90k',
  '$80k–$90k',
  'is between 80 and 90 k',
  'entre 80k et 90k',
  'zwischen 80k und 90k ist',
])('%s: both ends, the lower one first', (text) => {
  expect(offered(text).map(({ condition }) => condition)).toEqual(['reaches 80000', 'reaches 90000']);
});

it('two ends that are the same are one price', () => {
  expect(offered('between 300 and 300').map(({ condition }) => condition)).toEqual(['reaches 300']);
});

it.each([
  'chutes between 1 and 2',
  'between red and blue',
  'above 300',
  'above 300 or below 200',
  '-5% 1h',
  '2026-12-24',
])('%s: none', (text) => {
  expect(offered(text)).toEqual([]);
});

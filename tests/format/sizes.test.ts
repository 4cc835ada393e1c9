// Prices of every size and language: where the number of decimals changes, and what a reader elsewhere sees.
import { describe, expect, it } from 'vitest';
import {
  amount,
  change,
  compactMoney,
  compactNumber,
  money,
  moneyRange,
  percent,
  safeLocale,
} from '../../src/format/numbers.ts';

/** Languages put spaces of several widths between a number and its unit. */
const spaced = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('the decimals of a price change', () => {
  it.each([
    ['at a hundred thousand', 99_999.99, '$99,999.99'],
    ['at a hundred thousand', 100_000, '$100,000'],
    ['at one', 1, '$1.00'],
    ['at one', 0.9999, '$0.9999'],
    ['at a cent', 0.01, '$0.0100'],
    ['at a cent', 0.00999, '$0.009990'],
    ['never so far that a digit is lost', 0.000000000123456, '$0.0000000001235'],
    ['in the same way below zero', -0.00999, '−$0.009990'],
    ['in the same way below zero', -99_999.99, '−$99,999.99'],
  ])('%s: %d', (_, value, text) => {
    expect(money(value, 'usd', 'en')).toBe(text);
  });

  it.each([
    [99.994, '¥99.99'],
    [100, '¥100'],
    [0.5, '¥0.5000'],
  ])('in yen at a hundred: %d', (value, text) => {
    expect(money(value, 'jpy', 'en')).toBe(text);
  });

  it.each([
    [1, 'btc', '1.00 BTC'],
    [21, 'eth', '21.00 ETH'],
    [0.00000001, 'btc', '0.00000001000 BTC'],
    [0, 'btc', '0.00 BTC'],
    [-0.5, 'btc', '−0.5000 BTC'],
  ])('a coin as a currency: %d %s', (value, currency, text) => {
    expect(money(value, currency, 'en')).toBe(text);
  });
});

describe('in another language', () => {
  it.each([
    ['de', '1.234,50 €', '+3,60 %'],
    ['fr', '1 234,50 €', '+3,60 %'],
    ['pt-BR', '€ 1.234,50', '+3,60%'],
    ['ru', '1 234,50 €', '+3,60 %'],
    ['hi', '€1,234.50', '+3.60%'],
    ['de-CH', "EUR 1'234.50", '+3.60%'],
    ['tr', '€1.234,50', '+%3,60'],
  ])('%s', (locale, price, moved) => {
    expect([spaced(money(1234.5, 'eur', locale)), spaced(percent(3.6, locale))]).toEqual([price, moved]);
  });

  it('one minus for all, in front of the number', () => {
    for (const locale of ['en', 'de', 'fr', 'pt-BR', 'ja', 'ko', 'tr'])
      expect([percent(-0.5, locale), amount(-1.5, locale), money(-1.5, 'btc', locale)].join(' '), locale).not.toContain(
        '-',
      );
  });

  it('lakh and crore stay what they are', () => {
    expect(money(12_345_678, 'inr', 'en-IN')).toBe('₹1,23,45,678');
  });

  it.each([
    ['de-AT', 'de-AT'],
    ['en-x-pirate', 'en-x-pirate'],
    ['xx', 'en'],
    ['', 'en'],
    ['de_AT', 'en'],
    ['"><script>', 'en'],
  ])('"%s" is taken as %s', (locale, taken) => {
    expect(safeLocale(locale)).toBe(taken);
  });
});

describe('large sums', () => {
  it.each([
    [99_999, '$99,999.00'],
    [100_000, '$100K'],
    [999_499, '$999K'],
    [999_500, '$1M'],
    [2_845_000_000, '$2.85B'],
    [1.5e12, '$1.5T'],
    [1.5e15, '$1500T'],
  ])('%d', (value, text) => {
    expect(compactMoney(value, 'usd', 'en')).toBe(text);
  });

  it('in coins and in words of the language', () => {
    expect(compactMoney(11_218_142, 'btc', 'en')).toBe('11.2M BTC');
    expect(spaced(compactMoney(2_840_000_000, 'eur', 'de'))).toBe('2,84 Mrd. €');
    expect(spaced(compactNumber(11_218_142, 'fr'))).toBe('11,22 M');
    expect([compactNumber(0, 'en'), compactNumber(999, 'en'), compactNumber(1_000, 'en')]).toEqual(['0', '999', '1K']);
  });
});

it('a move below half a hundredth of a percent is none, in either direction', () => {
  expect([0.004_99, -0.004_99, 0].map((value) => change(value, 'en').direction)).toEqual(['flat', 'flat', 'flat']);
  expect([change(0.005, 'en'), change(-0.005, 'en')]).toEqual([
    { direction: 'up', text: '▲ +0.01%' },
    { direction: 'down', text: '▼ −0.01%' },
  ]);
});

it('percentages lose their decimals from a thousand on', () => {
  expect([percent(999.99, 'en'), percent(1000, 'en'), percent(-1000, 'en')]).toEqual([
    '+999.99%',
    '+1,000%',
    '−1,000%',
  ]);
});

it('both ends of a range have the decimals of its upper one, and never look equal when they are not', () => {
  expect(moneyRange(0.5, 1.5, 'usd', 'en')).toBe('$0.50 – $1.50');
  expect(moneyRange(99_999.5, 100_000.25, 'usd', 'en')).toBe('$99,999.5 – $100,000.3');
  expect(moneyRange(0.0099, 0.0102, 'usd', 'en')).toBe('$0.0099 – $0.0102');
  expect(spaced(moneyRange(241.48, 251.06, 'eur', 'de'))).toBe('241,48 € – 251,06 €');
  expect(moneyRange(1, 1 + 1e-14, 'usd', 'en')).toBe('$1.000000000000 – $1.000000000000');
});

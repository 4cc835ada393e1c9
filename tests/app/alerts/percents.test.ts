// Percents of a move are numbers like any other: groups and decimals by the reader's locale.
import { expect, it } from 'vitest';
import { readCondition } from '../../../src/app/alerts/condition-text.ts';

const CURRENCIES = { currencies: new Set(['usd', 'eur']) };

it.each([
  ['en', '+1,000% 7d', 1000, 'up'],
  ['en', '+1,000.5% 7d', 1000.5, 'up'],
  ['en', 'drops 10.5% in 1h', 10.5, 'down'],
  ['en', 'moves 2,5 %', 2.5, 'either'],
  ['en', '−5 percent', 5, 'down'],
  ['en', 'rises ½%', 0.5, 'up'],
  ['de', '+1.000% 7d', 1000, 'up'],
  ['de', '+1,5% 24h', 1.5, 'up'],
] as const)('%s: %s → %d', (locale, text, percent, direction) => {
  expect(readCondition(text, CURRENCIES, locale)?.condition).toMatchObject({ kind: 'move', percent, direction });
});

it('separators that contradict each other are no move', () => {
  expect(readCondition('+1,00,0% 24h', CURRENCIES, 'en')).toBeNull();
});

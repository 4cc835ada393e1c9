// Amounts of coins keep at least four digits that say something, however small they are.
import { expect, it } from 'vitest';
import { coinAmount } from '../../../src/app/input/conversion-side.ts';

it.each([
  [1 / 322_110, '0.000003105'],
  [1.0449e-6, '0.000001045'],
  [9.99949e-6, '0.000009999'],
  [1.2349e-5, '0.00001235'],
  [0.00399553, '0.00399553'],
  [2.5e-10, '0.00000000025'],
  [310.45229343, '310.45229343'],
  [1234.5678, '1,234.57'],
  [0, '0'],
])('%d → %s', (value, text) => {
  expect(coinAmount(value, 'en')).toBe(text);
});

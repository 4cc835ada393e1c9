// Marks that nobody sees, pasted along with words: what is read is what the eye reads, never another coin or number.
import { expect, it } from 'vitest';
import { readable, tokenise } from '../../../src/app/reader/tokens.ts';

it.each([
  ['zero-width space', '/coin T\u200bAO'],
  ['soft hyphen', '/coin TA\u00adO'],
  ['byte order mark', '\ufeff/coin TAO'],
  ['isolates of direction', '/coin \u2066TAO\u2069'],
  ['override of direction', '\u202e/coin TAO'],
  ['joiners', '/coin T\u200d\u2060AO'],
])('%s', (_, text) => {
  expect(tokenise(readable(text)).map(({ raw }) => raw)).toEqual(['/coin', 'TAO']);
});

it('control characters and emoji still stand between words', () => {
  expect(tokenise(readable('price\ntao\u0000eth👨\u200d👩\u200d👧btc')).map(({ raw }) => raw)).toEqual([
    'price',
    'tao',
    'eth',
    'btc',
  ]);
});

it('an amount stays one number', () => {
  expect(readable('3\u200b00 tao')).toBe('300 tao');
});

// Whoever looks up a coin finds a result.
import { expect, it } from 'vitest';
import { quoteResults } from '../../src/market/quote-results.ts';

it('answers for every id, and lists only those that were asked', () => {
  const results = quoteResults([['a', { quote: null, reason: 'asleep' }]]);
  expect(results.get('a')).toEqual({ quote: null, reason: 'asleep' });
  expect(results.get('b')).toEqual({ quote: null, reason: 'no price source lists this coin' });
  expect([...results.values()]).toHaveLength(1);
});

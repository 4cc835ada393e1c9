// Ids that were seen already, in bounded memory.
import { expect, it } from 'vitest';
import { createSeenIds } from '../../src/bots/seen-ids.ts';

it('is true for the first sight only', () => {
  const isNew = createSeenIds();
  expect([isNew('a'), isNew('a'), isNew('b'), isNew('a')]).toEqual([true, false, true, false]);
});

it('knows an event by any of its ids, and learns nothing from a repetition', () => {
  const isNew = createSeenIds();
  expect(isNew('a', 'b')).toBe(true);
  expect(isNew('b', 'c')).toBe(false);
  expect(isNew('c')).toBe(true);
});

it('forgets what came first when there are too many', () => {
  const isNew = createSeenIds(2);
  for (const id of ['a', 'b', 'a', 'c']) isNew(id);
  expect([isNew('b'), isNew('c')]).toEqual([false, false]);
  expect(isNew('a')).toBe(true);
});

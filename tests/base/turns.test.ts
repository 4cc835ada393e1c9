// Long lists are gone through in slices, and slices of several lists do not add up in one turn of the event loop.
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inTurns } from '../../src/base/turns.ts';

it('gives others a turn between any two slices, however many lists are under way', async () => {
  const perTurn: number[] = [];
  let slices = 0;
  const lists = Array.from({ length: 10 }, () =>
    inTurns(
      [1, 2, 3, 4],
      (item) => {
        if (item % 2 === 1) slices++; // a slice begins
        return [item];
      },
      2,
    ),
  );
  const state = { working: true };
  const done = Promise.all(lists).finally(() => (state.working = false));
  while (state.working) {
    const before = slices;
    await turn();
    perTurn.push(slices - before);
  }
  expect(await done).toEqual(Array.from({ length: 10 }, () => [1, 2, 3, 4]));
  expect(slices).toBe(20);
  expect(Math.max(...perTurn)).toBe(1);
});

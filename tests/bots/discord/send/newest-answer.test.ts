// Two answers that want one message: the newer one counts if it works, whichever was asked for, begun or ended first.
import { expect, it } from 'vitest';
import { createNewestAnswer } from '../../../../src/bots/discord/send/newest-answer.ts';

/** What a message shows in the end, whose changes come in this order and begin before any ends. `fails`: those that the platform refuses. */
async function shownAfter(orders: readonly bigint[], fails: readonly bigint[]): Promise<bigint | undefined> {
  const newest = createNewestAnswer();
  const shown: bigint[] = [];
  const released = Promise.withResolvers<void>();
  const change = (order: bigint) => async () => {
    await released.promise;
    if (fails.includes(order)) return false;
    shown.push(order);
    return true;
  };
  const written = orders.map((order) => newest.write({ message: 'm', order }, change(order), Boolean));
  released.resolve();
  await Promise.all(written);
  expect(newest.busy('m')).toBe(false);
  return shown.at(-1);
}

it.each([
  { orders: [1n, 2n], fails: [], shown: 2n },
  { orders: [2n, 1n], fails: [], shown: 2n },
  { orders: [2n, 1n], fails: [2n], shown: 1n },
  { orders: [1n, 2n], fails: [2n], shown: 1n },
  { orders: [1n, 2n, 3n], fails: [3n], shown: 2n },
  { orders: [3n, 1n, 2n], fails: [3n, 2n], shown: 1n },
  { orders: [1n, 2n], fails: [1n, 2n], shown: undefined },
])('$orders, of which $fails fail: $shown', async ({ orders, fails, shown }) => {
  expect(await shownAfter(orders, fails)).toEqual(shown);
});

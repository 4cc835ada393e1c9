// The steps of many posts that get ready together do not add up in one turn of the event loop: each takes two milliseconds here, by a clock of the test.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sharedTurn } from '../../src/base/turns.ts';
import { createConnections } from '../../src/bots/connections.ts';

const MANY = Array.from({ length: 60 }, (_, at) => at);
/** What begins within five milliseconds. */
const MOST = 3;

let now = 0;
let turn = 0;
let counting: NodeJS.Immediate;
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const count = (): void => {
    turn++;
    counting = setImmediate(count);
  };
  count();
});
afterEach(() => {
  clearImmediate(counting);
  vi.restoreAllMocks();
});

/** In which turns work went on after `step`, in the order in which it did; each takes `ms`. */
async function turnsAfter(step: (at: number) => Promise<unknown>, ms = 2): Promise<{ at: number; turn: number }[]> {
  const done: { at: number; turn: number }[] = [];
  await Promise.all(
    MANY.map(async (at) => {
      await step(at);
      await Promise.resolve(); // goes on without waiting for anybody
      done.push({ at, turn });
      now += ms;
    }),
  );
  return done;
}
const mostInOne = (done: readonly { turn: number }[]): number =>
  Math.max(
    ...Map.groupBy(done, (one) => one.turn)
      .values()
      .map((some) => some.length),
  );

it('as much as fits into five milliseconds goes on in a turn, in the order in which it came', async () => {
  const done = await turnsAfter(sharedTurn);
  expect(mostInOne(done)).toBe(MOST);
  expect(done.map(({ at }) => at)).toEqual(MANY);
});

it('what takes no time needs one turn', async () => {
  expect(mostInOne(await turnsAfter(sharedTurn, 0))).toBe(MANY.length);
});

it('posts that get ready together', async () => {
  const connections = createConnections({ most: 100, waitMs: 1000, sleep: () => Promise.resolve() });
  const looks: { turn: number }[] = [];
  const call = {
    get signal() {
      looks.push({ turn });
      now += 2;
      return AbortSignal.abort();
    },
  };
  await Promise.allSettled(MANY.map(() => connections.request('others', 'http://127.0.0.1:9', call)));
  expect(looks).toHaveLength(MANY.length);
  expect(mostInOne(looks)).toBe(MOST);
});

it('answers to posts that arrive together', async () => {
  const held: ServerResponse[] = [];
  const far = createServer((_request, response) => {
    held.push(response);
    if (held.length === MANY.length) for (const one of held) one.end('{}');
  }).listen(0, '127.0.0.1');
  await once(far, 'listening');
  const { port } = far.address() as AddressInfo;
  const connections = createConnections({ most: 100, waitMs: 1000, sleep: () => new Promise(() => undefined) });
  const done = await turnsAfter(() => connections.request('others', `http://127.0.0.1:${port}`, {}));
  expect(mostInOne(done)).toBeLessThanOrEqual(MOST);
  far.closeAllConnections();
  await new Promise((resolve) => void far.close(resolve));
});

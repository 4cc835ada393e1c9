// The clock of the simulation: a queue of waits that end in order, one after the other, each only when all is quiet that the one before set off.
import type { Sleep } from '../../../src/base/clock.ts';

export type SimulatedClock = {
  /** Epoch ms. */
  now(): number;
  sleep: Sleep;
  /** Calls `wake` in so many ms. @returns what takes it back */
  after(ms: number, wake: () => void): () => void;
  /** Time passes, and whoever waits is woken in order. */
  advance(ms: number): Promise<void>;
  /** Notes a turn of the event loop that somebody asked for; returns what notes that it came. */
  turn(): () => void;
};

type Wait = { at: number; order: number; wake: () => void };

const nextTurn = globalThis.setImmediate;

export function createSimulatedClock(start: number): SimulatedClock {
  let time = start;
  let order = 0;
  let turns = 0;
  const waits: Wait[] = []; // the next one last

  const isLater = (one: Wait, other: Wait): boolean =>
    one.at > other.at || (one.at === other.at && one.order > other.order);

  function enter(wait: Wait): void {
    let [low, high] = [0, waits.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = waits[middle];
      if (there !== undefined && isLater(there, wait)) low = middle + 1;
      else high = middle;
    }
    waits.splice(low, 0, wait);
  }

  /**
   * Promises are settled within one real turn, and whoever asked for a turn of its own has had it: nothing is left that needs no time. Nothing in
   * the simulation waits for a socket, a file or another thread.
   */
  async function quiet(): Promise<void> {
    await new Promise<void>((resolve) => void nextTurn(resolve));
    if (turns > 0) await quiet();
  }

  function after(ms: number, wake: () => void): () => void {
    const wait = { at: time + Math.max(0, ms), order: order++, wake };
    enter(wait);
    return () => {
      const index = waits.indexOf(wait);
      if (index >= 0) waits.splice(index, 1);
    };
  }

  return {
    now: () => time,
    after,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const cancel = after(ms, resolve);
        signal?.addEventListener('abort', () => {
          cancel();
          resolve();
        });
      }),
    async advance(ms) {
      const moment = time + ms;
      await quiet();
      for (let next = waits.at(-1); next !== undefined && next.at <= moment; next = waits.at(-1)) {
        waits.pop();
        time = Math.max(time, next.at);
        next.wake();
        await quiet();
      }
      time = moment;
    },
    turn() {
      turns++;
      return () => void turns--;
    },
  };
}

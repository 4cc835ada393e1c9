// The clock of the simulation: a queue of waits that end in order; a wait that nobody needs any more leaves it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sleep } from '../../src/base/clock.ts';

export type SimulatedClock = {
  /** Epoch ms. */
  now(): number;
  sleep: Sleep;
  /** Time passes, and whoever waits is woken in order. */
  advance(ms: number): Promise<void>;
  /** Waits that have not ended. */
  waiting(): number;
};

/** Statements of an SQLite in memory end without a turn of the event loop; some loops give others a turn of their own. */
const TURNS = 2;

export function createSimulatedClock(start: number): SimulatedClock {
  let time = start;
  let order = 0;
  let waits: { at: number; order: number; wake: () => void }[] = [];

  /** The first one that is due, taken out of the queue. */
  function due(moment: number): (typeof waits)[number] | null {
    let first: (typeof waits)[number] | null = null;
    for (const wait of waits)
      if (
        wait.at <= moment &&
        (first === null || wait.at < first.at || (wait.at === first.at && wait.order < first.order))
      )
        first = wait;
    if (first !== null) waits = waits.filter((wait) => wait !== first);
    return first;
  }

  async function turns(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn++) await nextTurn();
  }

  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const wait = { at: time + ms, order: order++, wake: resolve };
        waits.push(wait);
        signal?.addEventListener(
          'abort',
          () => {
            waits = waits.filter((one) => one !== wait);
            resolve();
          },
          { once: true },
        );
      }),
    async advance(ms) {
      const moment = time + ms;
      await turns();
      for (let wait = due(moment); wait !== null; wait = due(moment)) {
        time = Math.max(time, wait.at);
        wait.wake();
        await turns();
      }
      time = moment;
    },
    waiting: () => waits.length,
  };
}

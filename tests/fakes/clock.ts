// A clock that a test owns: it stands still until the test moves it, so waits are statements and not guesses.
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns of the event loop after which everything that needs no far end has happened. */
const TURNS = 5;

/** Lets what is due run; nothing is waited for. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn();
}

/** A clock that never moves: whoever is judged by it has all the time that a slow machine needs. Epoch ms. */
export function stillClock(): () => number {
  const moment = Date.now();
  return () => moment;
}

/** `freeMs`: waits up to this long end by themselves and move the clock, e.g. the pauses between calls. Epoch ms. */
export function createTestClock(options: { start?: number; freeMs?: number } = {}) {
  let time = options.start ?? Date.now();
  let sleepers: { at: number; wake: () => void }[] = [];
  let watchers: { ms: number; tell: () => void }[] = [];
  const waits: number[] = [];

  /** Wakes whoever is due by `moment`, in order, and stays there. */
  async function moveTo(moment: number): Promise<void> {
    for (;;) {
      const [next] = sleepers.filter(({ at }) => at <= moment).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      sleepers = sleepers.filter((sleeper) => sleeper !== next);
      time = Math.max(time, next.at);
      next.wake();
      await settled();
    }
    time = Math.max(time, moment);
    await settled();
  }

  const clock = {
    freeMs: options.freeMs ?? 0,
    now: () => time,
    async sleep(ms: number): Promise<void> {
      waits.push(ms);
      const at = time + ms;
      for (const watcher of watchers.filter((one) => one.ms === ms)) watcher.tell();
      watchers = watchers.filter((watcher) => watcher.ms !== ms);
      if (ms > clock.freeMs) return await new Promise((resolve) => void sleepers.push({ at, wake: resolve }));
      await nextTurn();
      time = Math.max(time, at);
    },
    advance: (ms: number) => moveTo(time + ms),
    /** Resolves when somebody begins to wait for exactly `ms`; called before what leads there. */
    asked: (ms: number): Promise<void> => new Promise((resolve) => void watchers.push({ ms, tell: resolve })),
    /** All waits that were ever asked for (ms). */
    waits: (): readonly number[] => waits,
  };
  return clock;
}

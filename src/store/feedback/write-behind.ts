// Writes that nobody waits for: done one after the other behind the answers, bounded, and one log line when they begin to fail.
import type { Log } from '../../base/log.ts';

export type WriteBehind = {
  /** Takes a write in; it is dropped when too many wait already. Never throws. */
  add(write: () => Promise<unknown>): void;
  /** Resolves when everything taken in so far is written or given up. */
  settled(): Promise<void>;
};

/** What waits longer than this many others is not worth the memory: these are counters. */
const MOST_WAITING = 200;

/** `what`: the writes as the log names them. */
export function createWriteBehind(what: string, log?: Log): WriteBehind {
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;
  let lost = 0;

  const lose = (error: unknown): void => {
    lost++;
    if (lost === 1) log?.warn({ err: error, detail: what }, 'writes behind the answers fail');
  };

  async function attempt(write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
      if (lost > 0) log?.info({ detail: what, count: lost }, 'writes behind the answers work again');
      lost = 0;
    } catch (error) {
      lose(error);
    } finally {
      waiting--;
    }
  }

  return {
    add(write) {
      if (waiting >= MOST_WAITING) return lose(new Error('too many writes wait'));
      waiting++;
      queue = queue.then(() => attempt(write));
    },
    settled: () => queue,
  };
}

// Group commit for SQLite: the wait for the disk happens beside the event loop, and all that committed while it was busy share the next wait.
import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** Waits until what an open file holds by now has reached the disk. @throws what the operating system says, for example EIO */
export type SyncFile = (handle: number) => Promise<void>;

export type GroupCommit = {
  /** Resolves when everything that was committed before this call is on the disk. @throws what the disk says: it may be lost in a power cut */
  onDisk(): Promise<void>;
  /** Waits for what is under way and lets go of the file. */
  close(): Promise<void>;
};

const syncToDisk: SyncFile = promisify(fdatasync);

/**
 * @param log SQLite's write-ahead log, which is there once something was committed: one sync of it covers all commits before it.
 * No lock of SQLite is on this file, so that closing it here takes none away (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
export function createGroupCommit(log: string, sync: SyncFile = syncToDisk): GroupCommit {
  let handle: number | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  async function run(): Promise<void> {
    try {
      handle ??= openSync(log, 'r+'); // Windows syncs only what may be written
      await sync(handle);
    } finally {
      running = null;
    }
  }

  /** A commit that comes after a sync has begun may not be part of it. */
  async function after(current: Promise<void>): Promise<void> {
    await current.catch(() => undefined);
    next = null;
    running = run();
    await running;
  }

  return {
    async onDisk() {
      if (next !== null) await next;
      else if (running === null) await (running = run());
      else await (next = after(running));
    },
    async close() {
      await (next ?? running)?.catch(() => undefined); // the last one there is: nobody writes any more
      if (handle !== null) closeSync(handle);
      handle = null;
    },
  };
}

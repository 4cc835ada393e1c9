// SQLite's write-ahead log is copied into its file beside the event loop: the commit that did it would wait for the disk twice and hold up everybody.
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** Copies what the log of a SQLite file holds. `inode`: of that file when it was opened. @throws when it cannot be done now; nothing is lost by it */
export type CopyLog = (file: string, inode: number) => Promise<void>;

/** Pages in the log, and how many of them are in the file: https://www.sqlite.org/pragma.html#pragma_wal_checkpoint */
export type LogPages = { log: number; checkpointed: number };

export type Checkpoints = {
  /** To be called after a commit. */
  look(): void;
  /** Waits for what is under way. */
  close(): Promise<void>;
};

export type CheckpointOptions = {
  pages: () => LogPages;
  copy?: CopyLog | undefined;
  /** A copying failed. It is tried again some pages later, and SQLite does it by itself in the end. */
  onFailure?: ((error: unknown) => void) | undefined;
};

/** Pages that wait to be copied before a thread is started for them, as many as SQLite itself lets wait: https://www.sqlite.org/wal.html#automatic_checkpoint */
const PAGES = 1000;
/** A thread for it costs some milliseconds of a processor, and memory only while it lives. */
const LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };

/** @param file as SQLite names it, open */
export function createCheckpoints(
  file: string,
  { pages, copy = copyInThread, onFailure }: CheckpointOptions,
): Checkpoints {
  const inode = statSync(file).ino;
  let running: Promise<void> | null = null;
  /** How long the log was when it was last copied. What is left of that waits for a reader, or failed: it goes along with the next thousand pages. */
  let tried = 0;

  async function run(): Promise<void> {
    try {
      await copy(file, inode);
    } catch (error) {
      onFailure?.(error);
    } finally {
      running = null;
    }
  }

  return {
    look() {
      if (running !== null) return;
      const { log, checkpointed } = pages();
      if (log < tried) tried = 0; // it began anew
      if (log - Math.max(tried, checkpointed) < PAGES) return;
      tried = log;
      running = run();
    },
    close: async () => void (await running),
  };
}

async function copyInThread(file: string, inode: number): Promise<void> {
  const thread = new Worker(new URL('./checkpoint-worker.mjs', import.meta.url), {
    workerData: { file, inode },
    execArgv: [],
    env: {}, // NODE_OPTIONS may load more than it has memory for
    resourceLimits: LIMITS,
  });
  const [code] = (await once(thread, 'exit')) as [number]; // rejects with what the thread throws
  if (code !== 0) throw new Error(`the thread ended with ${code}`);
}

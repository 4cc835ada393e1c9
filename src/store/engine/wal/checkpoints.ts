// SQLite's write-ahead log is copied into its file beside the event loop: the commit that did it would wait for the disk twice and hold up everybody.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Copies what the log of a SQLite file holds. @throws when it cannot be done now; nothing is lost by it */
export type CopyLog = (file: string) => Promise<void>;

export type Checkpoints = {
  /** To be called after a commit. */
  look(): void;
  /** Waits for what is under way. */
  close(): Promise<void>;
};

/** Pages that wait to be copied before a thread is started for them, as many as SQLite itself lets wait: https://www.sqlite.org/wal.html#automatic_checkpoint */
const PAGES = 1000;
/** A thread for it costs some milliseconds of a processor, and memory only while it lives. */
const LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };

/** @param waiting how many pages of the log are not in the file yet */
export function createCheckpoints(file: string, waiting: () => number, copy: CopyLog = copyInThread): Checkpoints {
  let running: Promise<void> | null = null;
  let enough = PAGES;

  async function run(): Promise<void> {
    try {
      await copy(file);
      enough = PAGES;
    } catch {
      enough = waiting() + PAGES; // tried again later; SQLite does it by itself in the end
    } finally {
      running = null;
    }
  }

  return {
    look() {
      if (running === null && waiting() >= enough) running = run();
    },
    close: async () => void (await running),
  };
}

async function copyInThread(file: string): Promise<void> {
  const thread = new Worker(new URL('./checkpoint-worker.mjs', import.meta.url), {
    workerData: file,
    execArgv: [],
    resourceLimits: LIMITS,
  });
  const [code] = (await once(thread, 'exit')) as [number]; // rejects with what the thread throws
  if (code !== 0) throw new Error(`the thread ended with ${code}`);
}

// A lock of the operating system on a file: it goes away with the process, however that ends.
import { DatabaseSync } from 'node:sqlite';

export type FileLock = { close(): void };

/** Null when another process has it. The file is made, and stays. */
export function tryFileLock(file: string): FileLock | null {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    return null;
  }
}

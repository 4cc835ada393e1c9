// A lock of the operating system on a file: it goes away with the process, however that ends.
import { DatabaseSync } from 'node:sqlite';

export type FileLock = { close(): void };

/** https://www.sqlite.org/rescode.html#busy */
const BUSY = 5;

/** Null when another process has it. The file is made, and stays. @throws what SQLite says when it cannot be made or written: a full disk is no other process */
export function tryFileLock(file: string): FileLock | null {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if ((Number((error as { errcode?: unknown }).errcode) & 0xff) === BUSY) return null;
    throw error;
  }
}

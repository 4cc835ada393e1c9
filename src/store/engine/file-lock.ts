// A lock of the operating system on a file: it goes away with the process, however that ends.
import { DatabaseSync } from 'node:sqlite';

export type FileLock = { close(): void };

/** https://www.sqlite.org/rescode.html#busy */
const BUSY = 5;

/** Null when another process has it, alone or with others. The file is made, and stays. @throws what SQLite says when it cannot be made or written: a full disk is no other process */
export function tryFileLock(file: string): FileLock | null {
  return lockedBy(file, 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
}

/** Any number of processes share it: whoever reads holds one (https://www.sqlite.org/lockingv3.html). Null when another has it alone. @throws as above */
export function shareFileLock(file: string): FileLock | null {
  return lockedBy(file, 'BEGIN; SELECT * FROM sqlite_master');
}

function lockedBy(file: string, statements: string): FileLock | null {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec(statements);
    return lock;
  } catch (error) {
    lock.close();
    if ((Number((error as { errcode?: unknown }).errcode) & 0xff) === BUSY) return null;
    throw error;
  }
}

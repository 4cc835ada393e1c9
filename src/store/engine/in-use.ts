// Who works on a SQLite file: every bot on it, posting or not, shares a lock; a command that closes or replaces the file needs it for itself.
import { type FileLock, shareFileLock, tryFileLock } from './file-lock.ts';

const lockOf = (file: string): string => `${file}.users`;

/** What the two functions below make beside a file, and what senders make, who lock it for one of their own. */
export const lockFilesOf = (file: string): string[] => [lockOf(file), `${file}.lock`];

/** Held as long as a bot has the file open, with others. Null while a command has it for itself. */
export function shareWithBots(file: string): FileLock | null {
  if (file === ':memory:') return { close: () => undefined };
  return shareFileLock(lockOf(file));
}

/** Null while any bot has the file open; bots of versions before this lock are known by the one of senders. */
export function takeForCommand(file: string): FileLock | null {
  const taken: FileLock[] = [];
  const close = () => taken.forEach((lock) => lock.close());
  for (const name of lockFilesOf(file)) {
    const lock = tryFileLock(name);
    if (lock === null) {
      close();
      return null;
    }
    taken.push(lock);
  }
  return { close };
}

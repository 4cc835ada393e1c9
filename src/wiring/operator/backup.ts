// The modes "backup" and "restore": the database as a file and back, so that nothing that was posted is ever posted again.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { highWaterFile, keepNewerMark } from '../../delivery/restore-guard.ts';
import { AppError } from '../../base/errors.ts';
import { lockFilesOf } from '../../store/engine/in-use.ts';
import { backUp, giveToOwner, highWaterOf, putBack } from '../../store/backup.ts';
import { isFolder } from '../../store/engine/is-folder.ts';

export type BackupOptions = {
  databaseUrl: string;
  /** After the mode: for a backup the file to write, or nothing; for a restore the file to read. */
  words: readonly string[];
  now: () => number;
  write: (text: string) => void;
};

/** @returns the exit code. @throws AppError with what to do instead */
export function backup({ databaseUrl, words, now, write }: BackupOptions): number {
  const file = sqliteFile(databaseUrl);
  const stamp = new Date(now()).toISOString().slice(0, 19).replaceAll(':', '');
  const [named = path.dirname(file)] = words;
  if (isNoName(named))
    throw new AppError('backup', 'Usage: npm run backup, or npm run backup -- <file or folder that it is written to>');
  const target = isFolder(named) ? path.join(named, `${path.basename(file)}.backup-${stamp}`) : named;
  backUp(file, target);
  const word = /\s/.test(target) ? `"${target}"` : target;
  write(`Backup written to ${target}. Put it back with: npm run restore -- ${word}\n`);
  return 0;
}

/** The mark goes first: whatever happens after it, what was sent is known. */
export function restore({ databaseUrl, words, write }: BackupOptions): number {
  const file = sqliteFile(databaseUrl);
  const [source] = words;
  if (source === undefined || isNoName(source))
    throw new AppError('backup', 'Which backup? Usage: npm run restore -- <file>');
  const marks = [highWaterOf(source), existsSync(file) ? marked(file) : 0];
  const markFile = highWaterFile(databaseUrl);
  const mark = keepNewerMark(markFile, Math.max(...marks));
  const replaced = putBack(source, file);
  giveToOwner([file, ...lockFilesOf(file), ...(markFile === null ? [] : [markFile])]);
  const until =
    mark === 0 ? 'nothing was posted so far' : `what was due until ${new Date(mark).toISOString()} is not posted again`;
  const kept = replaced === null ? '' : ` The replaced database is ${replaced}.`;
  write(`Restored: ${until}.${kept}\n`);
  return 0;
}

/** A variable of a script that is empty, or somebody asks for help; a file with such a name is written as ./--name. */
function isNoName(word: string): boolean {
  return word === '' || word.startsWith('-');
}

/** A database that is to be replaced may be damaged: then its mark beside it has to do. */
function marked(file: string): number {
  try {
    return highWaterOf(file);
  } catch {
    return 0;
  }
}

function sqliteFile(databaseUrl: string): string {
  if (databaseUrl.startsWith('sqlite:') && databaseUrl !== 'sqlite::memory:')
    return databaseUrl.slice('sqlite:'.length);
  throw new AppError(
    'backup',
    'This is for SQLite. With PostgreSQL use pg_dump and pg_restore, and keep the .highwater files of every instance.',
  );
}

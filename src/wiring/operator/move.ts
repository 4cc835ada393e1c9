// The mode "move": from SQLite to PostgreSQL, so that nothing that was posted is posted again, also when the old database is started by mistake.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../base/errors.ts';
import { Database as DatabaseAddress } from '../../config/formats.ts';
import { highWaterFile, keepNewerMark } from '../../delivery/restore-guard.ts';
import { highWaterOf } from '../../store/backup.ts';
import { openDatabase } from '../../store/database.ts';
import { takeForCommand } from '../../store/engine/in-use.ts';
import { claimTarget, closeSource, copyInto, isMoved, moveOf, reopenSource } from '../../store/move.ts';

export type MoveOptions = {
  databaseUrl: string;
  /** After the mode: the address of the target, or "undo". */
  words: readonly string[];
  now: () => number;
  write: (text: string) => void;
};

const USAGE = 'Usage: npm run move -- postgres://user:password@host/database, or npm run move -- undo';

/** @returns the exit code. @throws AppError with what to do instead; the same again goes on where it broke off */
export async function move({ databaseUrl, words, now, write }: MoveOptions): Promise<number> {
  const [word = ''] = words;
  if (word !== 'undo') checkAddress(word);
  const file = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : ':memory:';
  if (file === ':memory:') throw new AppError('move', 'DATABASE_URL names no SQLite file that could be moved.');
  if (!existsSync(file))
    throw new AppError('move', `There is no database at ${file} that this user can see. Check DATABASE_URL.`);
  const lock = takeInWords(file);
  if (lock === null) throw new AppError('move', 'The bot is running on this database. Stop it first.');
  try {
    return word === 'undo'
      ? await undo(databaseUrl, { file, now, write })
      : await copy(databaseUrl, { file, target: word, write });
  } finally {
    lock.close();
  }
}

/** @throws AppError that says what is wrong with the address, without a part of it */
function checkAddress(word: string): void {
  if (!/^postgres(ql)?:/.test(word)) throw new AppError('move', USAGE);
  const problem = DatabaseAddress.safeParse(word).error?.issues[0]?.message;
  if (problem !== undefined) throw new AppError('move', `The address ${problem}.\n${USAGE}`);
}

function takeInWords(file: string): ReturnType<typeof takeForCommand> {
  try {
    return takeForCommand(file);
  } catch (error) {
    const folder = path.dirname(path.resolve(file));
    throw new AppError(
      'move',
      `Nothing was moved: ${reasonOf(error)}. Check the space of its disk, and that this user may write to ${folder}.`,
      { cause: error },
    );
  }
}

async function copy(
  databaseUrl: string,
  { file, target: targetUrl, write }: { file: string; target: string; write: (text: string) => void },
): Promise<number> {
  const target = await openDatabase(targetUrl, { called: 'the address behind move' });
  try {
    const { hostname, pathname } = new URL(targetUrl);
    const why = `it was moved to the PostgreSQL database ${hostname}${pathname}; set DATABASE_URL to that, or go back with npm run move -- undo`;
    const source = await openDatabase(databaseUrl);
    const rows = await orHowToGoOn(async () => {
      try {
        const id = await moveOf(source, { id: randomUUID(), why });
        await claimTarget(target, id);
        await closeSource(source, why);
      } finally {
        await source.close();
      }
      // Before the target is open: a bot may start on it when this process is killed right after.
      keepNewerMark(highWaterFile(targetUrl), keepNewerMark(highWaterFile(databaseUrl), highWaterOf(file)));
      return await copyInto(target, file);
    });
    write(
      `Moved ${rows} rows. Now set DATABASE_URL to the new address and start the bot; ${file} is closed and kept.\n`,
    );
    return 0;
  } finally {
    await target.close();
  }
}

/** @throws AppError for whatever a database, the network or the disk says in the middle */
async function orHowToGoOn<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === 'move') throw error;
    throw new AppError(
      'move',
      `The move broke off: ${reasonOf(error)}. The same again goes on where it was; npm run move -- undo goes back.`,
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : 'unknown reason';
}

/** What is due until now may have been posted from the other database. */
async function undo(
  databaseUrl: string,
  { file, now, write }: { file: string } & Pick<MoveOptions, 'now' | 'write'>,
): Promise<number> {
  const source = await openDatabase(databaseUrl);
  try {
    if (!(await isMoved(source)))
      throw new AppError('move', `Nothing was moved from ${file}: there is nothing to undo.`);
    keepNewerMark(highWaterFile(databaseUrl), now());
    await reopenSource(source);
  } finally {
    await source.close();
  }
  write(
    'The SQLite database is open again. What was due until now is not posted from it; do not start a bot on the other one.\n',
  );
  return 0;
}

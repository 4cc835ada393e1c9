// A SQLite database as a backup file: made while the bot runs, checked before it is put back, and the one it replaces kept.
import {
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import { AppError } from '../base/errors.ts';
import { HIGH_WATER } from './delivery/ledger.ts';
import { takeForCommand } from './engine/in-use.ts';
import { migrations } from './migrations.ts';

/** Another process may write meanwhile. */
const PATIENCE_MS = 10_000;

/**
 * Writes a consistent copy of a database, also of one that is in use; when that fails nothing stays behind.
 * @throws AppError when there is none, the target exists, or it cannot be written
 */
export function backUp(file: string, target: string): void {
  if (!existsSync(file))
    throw new AppError('backup', `There is no database at ${file} that this user can see. Check DATABASE_URL.`);
  if (existsSync(target)) throw new AppError('backup', `${target} exists already. Name another file.`);
  const draft = `${target}.unfinished`;
  inWords(`No backup was written to ${target}`, [file, target], () => {
    mkdirSync(path.dirname(path.resolve(target)), { recursive: true });
    try {
      copyWhole(file, draft);
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { force: true }); // half of it would take the last space of a full disk
      throw error;
    }
  });
}

/**
 * How far sending had come in a database (epoch ms, 0 when nothing was sent).
 * @throws AppError when the file is damaged, is not ours, or comes from a newer version
 */
export function highWaterOf(file: string): number {
  if (!existsSync(file)) throw new AppError('backup', `There is no file ${file} that this user can see.`);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: PATIENCE_MS });
    const [check] = database.prepare('PRAGMA integrity_check').all();
    if (check?.['integrity_check'] !== 'ok') throw new Error('it is damaged');
    const steps = database.prepare('SELECT name FROM kysely_migration').all();
    if (steps.some(({ name }) => !Object.hasOwn(migrations, String(name))))
      throw new Error('it was made by a newer version');
    return Number(database.prepare('SELECT value FROM meta WHERE key = ?').get(HIGH_WATER)?.['value'] ?? 0);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new AppError('backup', `${file} is no database of this bot that can be used: ${reason}.`, { cause: error });
  } finally {
    database?.close();
  }
}

/**
 * Puts a backup in the place of a database that nobody has open; whenever it ends, there is one of the two.
 * @returns where the replaced database is now, null when there was none
 * @throws AppError when the bot is running, or the disk takes no more
 */
export function putBack(backup: string, file: string): string | null {
  return inWords('Nothing was restored', [file], () => {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    const lock = takeForCommand(file);
    if (lock === null) throw new AppError('backup', 'The bot is running on this database. Stop it first.');
    const draft = `${file}.unfinished`;
    try {
      copyWhole(backup, draft);
      const kept = existsSync(file) ? keep(file) : null;
      renameSync(draft, file);
      return kept;
    } finally {
      rmSync(draft, { force: true });
      lock.close();
    }
  });
}

/** A second name for a database; its log, where a process that was killed left one, goes along. */
function keep(file: string): string {
  const kept = freeName(`${file}.replaced`);
  try {
    linkSync(file, kept);
  } catch {
    copyFileSync(file, kept); // a file system without links
  }
  for (const ending of ['-wal', '-shm'])
    if (existsSync(`${file}${ending}`)) renameSync(`${file}${ending}`, kept + ending);
  return kept;
}

/** Root may restore for the user who runs the bot: what is in its folder must stay that user's. */
export function giveToOwner(files: readonly string[]): void {
  if (process.getuid?.() !== 0) return;
  for (const file of files.filter((one) => existsSync(one))) {
    const { uid, gid } = statSync(path.dirname(path.resolve(file)));
    chownSync(file, uid, gid);
  }
}

/** What SQLite reads of a database, also what only its log holds while another process has it open; bytes of the file alone would lack that. */
function copyWhole(file: string, draft: string): void {
  rmSync(draft, { force: true });
  const database = new DatabaseSync(file, { timeout: PATIENCE_MS });
  try {
    database.prepare('VACUUM INTO ?').run(draft);
  } finally {
    database.close();
  }
  onDisk(draft);
}

/** A file that was renamed before its bytes were on the disk is empty after a power cut. */
function onDisk(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What Node and SQLite (https://www.sqlite.org/rescode.html: read-only, cannot open) say where a user has no right to write. */
const NO_RIGHT = /^(EACCES|EPERM|EROFS)\b|readonly database|unable to open database/;

/** What the disk or SQLite says, as a sentence for the operator; `files` are in the folders that are written to. */
function inWords<T>(what: string, files: readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : 'unknown reason';
    const folders = [...new Set(files.map((file) => path.dirname(path.resolve(file))))].join(' and ');
    const remedy = NO_RIGHT.test(reason) ? ` Check that this user may write to ${folders}.` : '';
    throw new AppError('backup', `${what}: ${reason}.${remedy}`, { cause: error });
  }
}

function freeName(name: string): string {
  let free = name;
  for (let count = 2; existsSync(free); count++) free = `${name}-${count}`;
  return free;
}

// A SQLite database as a backup file: made while the bot runs, checked before it is put back, and the one it replaces kept.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import { AppError } from '../base/errors.ts';
import { HIGH_WATER } from './delivery/ledger.ts';
import { tryFileLock } from './engine/file-lock.ts';
import { migrations } from './migrations.ts';

/** Another process may write meanwhile. */
const PATIENCE_MS = 10_000;

/** Writes a consistent copy of a database, also of one that is in use. @throws AppError when there is none, or the target exists */
export function backUp(file: string, target: string): void {
  if (!existsSync(file)) throw new AppError('backup', `There is no database at ${file}. Check DATABASE_URL.`);
  if (existsSync(target)) throw new AppError('backup', `${target} exists already. Name another file.`);
  mkdirSync(path.dirname(path.resolve(target)), { recursive: true });
  const draft = `${target}.unfinished`;
  rmSync(draft, { force: true });
  const database = new DatabaseSync(file, { timeout: PATIENCE_MS });
  try {
    database.prepare('VACUUM INTO ?').run(draft);
  } finally {
    database.close();
  }
  renameSync(draft, target);
}

/**
 * How far sending had come in a database (epoch ms, 0 when nothing was sent).
 * @throws AppError when the file is damaged, is not ours, or comes from a newer version
 */
export function highWaterOf(file: string): number {
  if (!existsSync(file)) throw new AppError('backup', `There is no file ${file}.`);
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
 * Puts a backup in the place of a database that nobody has open. @returns where the replaced database is now, null when there was none
 * @throws AppError when the bot is running
 */
export function putBack(backup: string, file: string): string | null {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const lock = tryFileLock(`${file}.lock`);
  if (lock === null) throw new AppError('backup', 'The bot is running on this database. Stop it first.');
  try {
    copyFileSync(backup, `${file}.unfinished`);
    const kept = existsSync(file) ? freeName(`${file}.replaced`) : null;
    if (kept !== null) {
      new DatabaseSync(file, { timeout: PATIENCE_MS }).close(); // brings its last writes into the file
      renameSync(file, kept);
    }
    for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    renameSync(`${file}.unfinished`, file);
    return kept;
  } finally {
    lock.close();
  }
}

function freeName(name: string): string {
  let free = name;
  for (let count = 2; existsSync(free); count++) free = `${name}-${count}`;
  return free;
}

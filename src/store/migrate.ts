// Brings the schema up to date: one process does it while others wait, and a migration that breaks off leaves nothing half done.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { MINUTE } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { type FileLock, tryFileLock } from './engine/file-lock.ts';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

/** The largest table is small, so a migration takes seconds. */
const PATIENCE_MS = MINUTE;
const LOOK_AGAIN_MS = 50;

/** @throws what a migration throws; the schema is as it was then */
export async function migrate(sql: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: sql, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error(JSON.stringify(error));
}

/**
 * Held while a SQLite file is opened and brought up to date; PostgreSQL has such a lock of its own. Makes the folder.
 * @throws AppError (code "migrating") when another process has it for longer than `patienceMs`
 */
export async function sqliteMigrationLock(file: string, patienceMs = PATIENCE_MS): Promise<FileLock> {
  if (file === ':memory:') return { close: () => undefined };
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  for (let waited = 0; ; waited += LOOK_AGAIN_MS) {
    const lock = tryFileLock(`${file}.migrating`);
    if (lock !== null) return lock;
    if (waited >= patienceMs)
      throw new AppError(
        'migrating',
        'another process is bringing this database up to date and does not finish; stop it or wait for it',
      );
    await wait(LOOK_AGAIN_MS);
  }
}

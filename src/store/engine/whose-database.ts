// Looks at a database before anything is written to it: a damaged one, another program's and a newer version's stay as they are.
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import { AppError } from '../../base/errors.ts';
import { migrations } from '../migrations.ts';
import type { Tables } from '../tables.ts';

/** Kysely's list of the steps that were made. */
const STEPS = 'kysely_migration';
/** Another process may write meanwhile. */
const PATIENCE_MS = 5000;
/** https://www.sqlite.org/rescode.html: the lower eight bits are the kind. */
const [CORRUPT, NOT_A_DATABASE] = [11, 26];

/** True for what SQLite says of a file that is damaged, or none of its own. */
export function isDamage(error: unknown): boolean {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  return typeof errcode === 'number' && [CORRUPT, NOT_A_DATABASE].includes(errcode & 0xff);
}

/**
 * A start does not wait longer than a second or two, on a quick disk, for its file to be read. Ledgers of thousands of channels stay below this;
 * of a larger file every backup reads all rows, and fails when it is damaged.
 */
const LARGEST_READ_BYTES = 256 * 1024 * 1024;

/**
 * Reads every page of a SQLite file, less than a second for 100 MB, so that damage is said at the start and not by the one query that meets it years later.
 * Looks whose it is, too, before the first change of its settings.
 * @param largest of a file that is read whole, bytes; of others only the list of tables is read
 * @throws AppError (code "damaged", "foreign" or "newer"), or what SQLite says when the file cannot be opened
 */
export function checkSqliteFile(file: string, largest = LARGEST_READ_BYTES): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return;
  const database = new DatabaseSync(file, { timeout: PATIENCE_MS });
  try {
    const [first] = size <= largest ? database.prepare('PRAGMA quick_check(1)').all() : [];
    if (size <= largest && first?.['quick_check'] !== 'ok') throw new AppError('damaged', 'its file is damaged');
    const names = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all();
    const tables = names.map(({ name }) => String(name)).filter((name) => !name.startsWith('sqlite_'));
    const steps = tables.includes(STEPS) ? database.prepare(`SELECT name FROM ${STEPS} ORDER BY name`).all() : [];
    const own = tables.filter((name) => !name.startsWith('kysely_'));
    checkOwner(
      steps.map(({ name }) => String(name)),
      own,
    );
  } finally {
    database.close();
  }
}

/** In PostgreSQL others may have tables beside ours. @throws AppError (code "foreign" or "newer") */
export async function checkPostgres(db: Kysely<Tables>): Promise<void> {
  const found = await sql`SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ${STEPS}`.execute(
    db,
  );
  if (found.rows.length === 0) return;
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(db);
  checkOwner(
    rows.map(({ name }) => name),
    [],
  );
}

/** @param steps of a schema that were made. @param tables others than the list of steps, where a database belongs to one program alone */
function checkOwner(steps: readonly string[], tables: readonly string[]): void {
  const ours = steps.filter((step) => Object.hasOwn(migrations, step));
  if (ours.length === 0 && steps.length + tables.length > 0)
    throw new AppError(
      'foreign',
      `it holds tables of another program (${[...tables, ...steps].slice(0, 3).join(', ')})`,
    );
  const unknown = steps.find((step) => !ours.includes(step));
  if (unknown !== undefined) throw new AppError('newer', `its step ${unknown} is not known here`);
}

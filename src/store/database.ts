// One typed database for both engines: SQLite by default, PostgreSQL for several instances, both through Kysely.
import path from 'node:path';
import { Kysely } from 'kysely';
import { AppError } from '../base/errors.ts';
import { isFolder } from './engine/is-folder.ts';
import { migrate, sqliteMigrationLock } from './migrate.ts';
import type { FileLock } from './engine/file-lock.ts';
import { postgresDialect } from './engine/postgres.ts';
import { shareWithBots } from './engine/in-use.ts';
import { type LogWork, sqliteDialect } from './engine/sqlite.ts';
import { checkPostgres, checkSqliteFile, isDamage } from './engine/whose-database.ts';
import type { Tables } from './tables.ts';

export type Database = { readonly sql: Kysely<Tables>; readonly engine: 'sqlite' | 'postgres'; close(): Promise<void> };

/** In place of the usual waits: for one answer of PostgreSQL, for another process that brings a SQLite file up to date (ms), and for the disk. */
export type DatabaseWaits = LogWork & { callMs?: number; migrateMs?: number };

/**
 * Opens the database of `sqlite:PATH` or `postgres://…` and brings its schema up to date.
 * @param options `forBot`: until it is closed no command may replace or close the SQLite file; `called`: what the operator knows the address by
 * @throws AppError (code "database", "database-away" when waiting may help, "database-unfit" when only another database or version does) with
 * a sentence that names no password
 */
export async function openDatabase(
  url: string,
  options: DatabaseWaits & { forBot?: boolean; called?: string } = {},
): Promise<Database> {
  try {
    return url.startsWith('sqlite:')
      ? await openSqliteFile(url.slice('sqlite:'.length), options)
      : await upToDate(new Kysely<Tables>({ dialect: await postgresDialect(url, options) }), 'postgres');
  } catch (error) {
    throw new AppError(
      kindOf(error),
      `The database cannot be used: ${reasonOf(error)}. ${remedyOf(error, url, options.called)}`,
      {
        cause: error,
      },
    );
  }
}

type OpenOptions = NonNullable<Parameters<typeof openDatabase>[1]>;

async function openSqliteFile(file: string, { forBot = false, ...waits }: OpenOptions): Promise<Database> {
  const lock = await sqliteMigrationLock(file, waits.migrateMs);
  let users: FileLock | null = null;
  try {
    if (forBot && (users = shareWithBots(file)) === null)
      throw new AppError('in-use', 'a command (move or restore) is working on it');
    checkSqliteFile(file);
    const database = await upToDate(new Kysely<Tables>({ dialect: sqliteDialect(file, waits) }), 'sqlite');
    return { ...database, close: async () => await database.close().finally(() => users?.close()) };
  } catch (error) {
    users?.close();
    throw error;
  } finally {
    lock.close();
  }
}

async function upToDate(sql: Kysely<Tables>, engine: Database['engine']): Promise<Database> {
  try {
    if (engine === 'postgres') await checkPostgres(sql);
    await migrate(sql);
  } catch (error) {
    await sql.destroy().catch(() => undefined);
    throw error;
  }
  return { sql, engine, close: () => sql.destroy() };
}

/**
 * Codes of Node for a host that cannot be reached, and PostgreSQL's classes 08 (connection), 53 (resources), 57 (operator intervention, for
 * example "starting up"): https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const AWAY =
  /^(ECONN\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|08\w{3}|53\w{3}|57\w{3}|database-timeout|in-use)$/;
/** The driver's own words, which carry no code. */
const AWAY_WORDS = /timeout|terminated|discarded/i;

/** Codes of a database that stays as it is, however often one tries. */
const UNFIT = ['damaged', 'foreign', 'newer'];

function kindOf(error: unknown): 'database' | 'database-away' | 'database-unfit' {
  if (isAway(error)) return 'database-away';
  return isDamage(error) || (error instanceof AppError && UNFIT.includes(error.code)) ? 'database-unfit' : 'database';
}

function isAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isAway);
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? AWAY.test(code) : AWAY_WORDS.test(error.message);
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]); // one failure per address of the host
  return error instanceof Error ? error.message.replace(/\.$/, '') : 'unknown reason';
}

/** Whose rights count: an operator of a container sees numbers. */
function runner(): string {
  const id = process.getuid?.();
  return id === undefined ? 'the user who runs the bot' : `the user who runs the bot (${id})`;
}

function folderOf(url: string): string {
  return url.startsWith('sqlite:') ? path.dirname(path.resolve(url.slice('sqlite:'.length))) : 'its folder';
}

/** https://www.sqlite.org/rescode.html: the lower eight bits are the kind. */
const [READ_ONLY, CANNOT_WRITE, FULL, CANNOT_OPEN] = [8, 10, 13, 14];
const NOT_WRITABLE = /^(EACCES|EPERM|EROFS)$/;
const NO_FOLDER = /^(EEXIST|ENOTDIR)$/;
/** PostgreSQL's code for a table that is there already: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DUPLICATE_TABLE = '42P07';

function remedyOf(error: unknown, url: string, called = 'DATABASE_URL'): string {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  const kind = typeof errcode === 'number' ? errcode & 0xff : null;
  const file = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : '';
  if (kind === CANNOT_OPEN && isFolder(file))
    return `${file} is a folder: put the name of a file behind it in ${called}.`;
  if (kind === FULL || code === 'ENOSPC') return 'Make space on its disk; nothing was lost.';
  if (kind === READ_ONLY || kind === CANNOT_OPEN || (typeof code === 'string' && NOT_WRITABLE.test(code)))
    return `Check ${called}, and that ${runner()} may write to ${folderOf(url)}.`;
  if (kind === CANNOT_WRITE) return 'Its disk is full, has a quota, or is damaged; nothing was changed.';
  if (code === 'damaged' || isDamage(error))
    return 'Put back a backup: npm run restore -- <file>. What is there now is kept beside it.';
  if (code === 'in-use') return 'It can be used when that has ended.';
  if (code === 'newer') return 'It was made by a newer version of the bot: start that one, or put back a backup.';
  if (code === 'foreign' || code === DUPLICATE_TABLE)
    return `Set ${called} to one of the bot's own; nothing was changed in it.`;
  if (typeof code === 'string' && NO_FOLDER.test(code)) return `A file stands where the folder of ${called} should be.`;
  return `Check ${called} and its permissions.`;
}

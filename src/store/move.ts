// Copies a SQLite database into an empty PostgreSQL one, batch by batch: broken off, it goes on where it was; both stay closed until it is complete.
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { type Kysely, sql, type Transaction } from 'kysely';
import { AppError } from '../base/errors.ts';
import type { Database } from './database.ts';
import { createMeta } from './key-value.ts';
import type { Tables } from './tables.ts';

/** In `meta`: why no bot may run on this database. */
const CLOSED = 'closed';
/** In `meta` of both: which move this is; of the target: how far it came. */
const MOVE = 'move';
const PROGRESS = 'move.progress';
const DONE = 'done';

/** A batch ends with either; the largest bodies have some 240,000 characters. */
const MOST_ROWS = 500;
const MOST_CHARACTERS = 1_000_000;

type Row = Record<string, SQLOutputValue>;
type Table = { name: string; key: readonly string[] };
/** The last row that was copied: its table and key. */
type Progress = { table: string; after: SQLOutputValue[] };

/** Why no bot may run on this database, as a sentence; null when it may. */
export async function closedBecause(database: Database): Promise<string | null> {
  return (await createMeta(database).get(CLOSED)) ?? null;
}

/**
 * The name of a source's move, the same for every attempt.
 * @param why what the source is closed with
 * @throws AppError when it is moved to somewhere else already
 */
export async function moveOf(source: Database, { id, why }: { id: string; why: string }): Promise<string> {
  const meta = createMeta(source);
  const closed = await meta.get(CLOSED);
  if (closed !== undefined && closed !== why) throw new AppError('move', `The database is closed: ${closed}.`);
  const known = await meta.get(MOVE);
  if (known === undefined) await meta.set(MOVE, id);
  return known ?? id;
}

/** Closes the source, so that nothing changes in it any more. */
export async function closeSource(source: Database, why: string): Promise<void> {
  await createMeta(source).set(CLOSED, why);
}

/** Whether a move from this database was begun, and not given up since. */
export async function isMoved(source: Database): Promise<boolean> {
  const meta = createMeta(source);
  return (await meta.get(MOVE)) !== undefined || (await meta.get(CLOSED)) !== undefined;
}

/** Opens a source again; a later move is a new one. */
export async function reopenSource({ sql: db }: Database): Promise<void> {
  await db.deleteFrom('meta').where('key', 'in', [MOVE, CLOSED]).execute();
}

/**
 * Makes an empty target the target of this move, and closes it until the move is complete. Nothing happens when it is that already.
 * @throws AppError when it holds something else
 */
export async function claimTarget({ sql: db }: Database, move: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`LOCK TABLE meta IN EXCLUSIVE MODE`.execute(transaction); // of two moves at once the second finds the mark of the first
    const mark = await transaction.selectFrom('meta').select('value').where('key', '=', MOVE).executeTakeFirst();
    if (mark?.value === move) return;
    for (const name of await namesIn(transaction)) {
      const { rows } = await sql`SELECT 1 FROM ${sql.table(name)} LIMIT 1`.execute(transaction);
      if (rows.length > 0)
        throw new AppError('move', 'The target database holds data already. Make an empty one and move to that.');
    }
    await write(transaction, MOVE, move);
    await write(transaction, CLOSED, 'a move to it is not complete: run the same npm run move again');
  });
}

async function namesIn(transaction: Transaction<Tables>): Promise<string[]> {
  const tables = await transaction.introspection.getTables();
  return tables.map(({ name }) => name).filter((name) => !name.startsWith('kysely'));
}

/**
 * Copies every row of a closed SQLite file into its target, and opens that.
 * @returns how many rows there are
 * @throws AppError when the copy has not as many
 */
export async function copyInto(target: Database, file: string): Promise<number> {
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = tablesOf(source);
    const text = await createMeta(target).get(PROGRESS);
    if (text !== DONE) {
      const progress = text === undefined ? null : (JSON.parse(text) as Progress);
      const first = tables.findIndex(({ name }) => name === progress?.table);
      for (const table of tables.slice(Math.max(0, first)))
        for (const rows of batches(source, table, progress?.table === table.name ? progress.after : null))
          await target.sql.transaction().execute(async (transaction) => {
            await insert(transaction, table, rows);
            await write(transaction, PROGRESS, JSON.stringify({ table: table.name, after: keyOf(rows.at(-1), table) }));
          });
      await compare(target.sql, source, tables);
      await finish(target.sql);
    }
    return tables.reduce((sum, table) => sum + countIn(source, table), 0);
  } finally {
    source.close();
  }
}

async function finish(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await write(transaction, PROGRESS, DONE);
    await transaction.deleteFrom('meta').where('key', '=', CLOSED).execute();
  });
}

async function write(transaction: Transaction<Tables>, key: string, value: string): Promise<void> {
  await transaction
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Our tables with the columns of their keys; those of the engine and of the migrations are made by the target itself. */
function tablesOf(source: DatabaseSync): Table[] {
  const names = source
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'kysely%' ORDER BY name`,
    )
    .all()
    .map(({ name }) => String(name));
  return names.map((name) => {
    const columns = source.prepare(`SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk`).all(name);
    return { name, key: columns.map((column) => String(column['name'])) };
  });
}

/** The marks of a move stay where they are. */
const moves = ({ name }: Table): string =>
  name === 'meta' ? `key NOT IN ('${CLOSED}', '${MOVE}', '${PROGRESS}')` : 'true';
const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** The rows after a key, in its order. */
function* batches(source: DatabaseSync, table: Table, after: SQLOutputValue[] | null): Generator<Row[]> {
  const key = quoted(table.key);
  const later = after === null ? '' : ` AND (${key}) > (${after.map(() => '?').join(', ')})`;
  const query = source.prepare(`SELECT * FROM "${table.name}" WHERE ${moves(table)}${later} ORDER BY ${key}`);
  let rows: Row[] = [];
  let characters = 0;
  for (const row of query.iterate(...(after ?? []))) {
    rows.push(row);
    characters += Object.values(row).reduce<number>(
      (sum, value) => sum + (typeof value === 'string' ? value.length : 8),
      0,
    );
    if (rows.length < MOST_ROWS && characters < MOST_CHARACTERS) continue;
    yield rows;
    rows = [];
    characters = 0;
  }
  if (rows.length > 0) yield rows;
}

function keyOf(row: Row | undefined, { key }: Table): SQLOutputValue[] {
  return key.map((column) => row?.[column] ?? null);
}

async function insert(transaction: Transaction<Tables>, { name }: Table, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
  await sql`INSERT INTO ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))}) VALUES ${sql.join(values)}`.execute(
    transaction,
  );
}

async function compare(db: Kysely<Tables>, source: DatabaseSync, tables: readonly Table[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await sql<{
      rows: number;
    }>`SELECT count(*) AS rows FROM ${sql.table(table.name)} WHERE ${sql.raw(moves(table))}`.execute(db);
    const [there, here] = [Number(rows[0]?.rows), countIn(source, table)];
    if (there !== here)
      throw new AppError(
        'move',
        `The table ${table.name} has ${there} rows in the target and ${here} in the source. Move to a new, empty database.`,
      );
  }
}

function countIn(source: DatabaseSync, table: Table): number {
  return Number(source.prepare(`SELECT count(*) AS rows FROM "${table.name}" WHERE ${moves(table)}`).get()?.['rows']);
}

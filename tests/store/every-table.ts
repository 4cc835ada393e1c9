// Every table of the schema, filled and read without knowing any: what tests of moving a database compare.
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../src/store/database.ts';

const MOMENT = Date.parse('2026-11-23T09:00:00Z');
const TABLES = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'kysely%'`;
const CHARACTERS = 'τ "quoted" \\ \n 🦆 ';

/** Fills every table of the schema with `count` rows of every type; each fifth optional value is missing. */
export async function fill(url: string, file: string, count: number): Promise<void> {
  await (await openDatabase(url)).close();
  const database = new DatabaseSync(file);
  for (const { name } of database.prepare(TABLES).all()) {
    const columns = database
      .prepare('SELECT name, type, "notnull" AS needed, pk FROM pragma_table_info(?)')
      .all(String(name));
    const marks = columns.map(() => '?').join(', ');
    const insert = database.prepare(`INSERT INTO "${String(name)}" VALUES (${marks})`);
    database.exec('BEGIN');
    for (let index = 0; index < count; index++)
      insert.run(
        ...columns.map(({ type, needed, pk }) => {
          if (needed === 0 && pk === 0 && index % 5 === 0) return null;
          if (type === 'text') return `${CHARACTERS}${index}`;
          if (type === 'double precision') return index + 0.5;
          return type === 'bigint' ? MOMENT + index : index;
        }),
      );
    database.exec('COMMIT');
  }
  database.close();
}

/** All rows of all tables but the marks of the move, in a fixed order. */
export async function contents(database: Database): Promise<Record<string, string[]>> {
  const tables = (await database.sql.introspection.getTables()).map(({ name }) => name);
  const found: Record<string, string[]> = {};
  for (const name of tables.toSorted((a, b) => a.localeCompare(b))) {
    const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(database.sql);
    found[name] = rows
      .filter((row) => name !== 'meta' || !/^(closed|move)/.test(String(row['key'])))
      .map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => a.localeCompare(b))))
      .toSorted((a, b) => (a < b ? -1 : 1));
  }
  return found;
}

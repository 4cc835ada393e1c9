// Every row of every table of a database, for tests of what is left of somebody.
import { sql } from 'kysely';
import type { Database } from '../../src/store/database.ts';

/** JSON of all rows, by table. */
export async function everyRow({ sql: db, engine }: Database): Promise<Record<string, string>> {
  const names =
    engine === 'postgres'
      ? sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`
      : sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`;
  const found: Record<string, string> = {};
  for (const { name } of (await names.execute(db)).rows)
    found[name] = JSON.stringify((await sql`SELECT * FROM ${sql.table(name)}`.execute(db)).rows);
  return found;
}

/** Names of the tables in which a word stands. */
export function tablesWith(all: Readonly<Record<string, string>>, word: string): string[] {
  return Object.keys(all).filter((name) => all[name]?.includes(word));
}

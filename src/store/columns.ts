// Tables described as data: column types that mean the same on SQLite and PostgreSQL.
import { type Kysely, sql } from 'kysely';

export type Column = { name: string; type: 'text' | 'bigint' | 'integer'; null?: true };

export const text = (name: string): Column => ({ name, type: 'text' });
/** Epoch ms. */
export const moment = (name: string): Column => ({ name, type: 'bigint' });
export const count = (name: string): Column => ({ name, type: 'integer' });
export const optional = (column: Column): Column => ({ ...column, null: true });

/** The condition of an index over the rows in which a column is set. */
export const isSet = (column: string) => sql<boolean>`${sql.ref(column)} IS NOT NULL`;

/** Creates a table whose first column is its key. */
export async function createTable(db: Kysely<unknown>, name: string, columns: readonly Column[]): Promise<void> {
  let table = db.schema.createTable(name);
  for (const { name: column, type, null: mayBeNull } of columns)
    table = table.addColumn(column, type, (c) => (mayBeNull ? c : c.notNull()));
  const [first] = columns;
  if (first !== undefined) table = table.addPrimaryKeyConstraint(`${name}_key`, [first.name] as never);
  await table.execute();
}

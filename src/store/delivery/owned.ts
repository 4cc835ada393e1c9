// Adds a delivery that nobody asked for in a transaction with its owner: only while the owner is there, and still tells where the message goes.
import { sql } from 'kysely';
import { directTarget } from '../../base/direct-target.ts';
import type { Database } from '../database.ts';
import type { DeliveryRow } from './tables.ts';

/** Where each kind of owner has its messages sent: its channel, whoever made it, and for an alert also where it was made. */
const PLACES = {
  subscription: sql`channel, ${sql.lit(directTarget(''))} || owner`,
  alert: sql`channel, made_in`,
} as const;

/**
 * Whoever forgets the owner or the person waits for this, or this finds nothing: no address is written down after that.
 * @param table of the owner
 * @returns false when the same one is there already, or the owner is not
 */
export async function addOwned(
  { sql: db, engine }: Database,
  row: DeliveryRow,
  table: keyof typeof PLACES,
): Promise<boolean> {
  const given = Object.entries(row).filter(([, value]) => value !== null);
  const columns = given.map(([name]) => sql.ref(name));
  const values = given.map(([, value]) =>
    typeof value === 'number' ? sql`CAST(${value} AS bigint)` : sql`CAST(${value} AS text)`,
  );
  const held = engine === 'postgres' ? sql`FOR SHARE` : sql``;
  const { numAffectedRows } = await sql`INSERT INTO delivery (${sql.join(columns)})
    SELECT ${sql.join(values)} FROM ${sql.table(table)} WHERE id = ${row.subscription_id} AND ${row.channel} IN (${PLACES[table]})
    ${held} ON CONFLICT DO NOTHING`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

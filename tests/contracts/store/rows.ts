// Rows for the contract suites.
import type { DeliveryRow } from '../../../src/store/delivery/deliveries.ts';
import type { Lease } from '../../../src/store/delivery/leases.ts';
import { deliveryRow } from '../../../src/delivery/port.ts';
import type { Database } from '../../../src/store/database.ts';
import { bodyIdOf, createBodies } from '../../../src/store/delivery/bodies.ts';
import { addDelivery, createDeliveries } from '../../../src/store/delivery/deliveries.ts';

export const NOW = 1_795_000_000_000;
export const LEASE_MS = 60_000;

/** A delivery that is due at NOW; the id is that of its owner with ":once". */
export function delivery(ownerId: string, change: Partial<DeliveryRow> = {}): DeliveryRow {
  const place = { platform: 'discord', tenant: 't1', channel: 'c1' };
  const when = { occurrence: 'once', dueAt: NOW, expiresAt: NOW + 3_600_000 };
  return { ...deliveryRow({ kind: 'digest', ownerId, ...place, ...when, priority: 1 }), ...change };
}

export async function add(database: Database, ...rows: readonly DeliveryRow[]): Promise<void> {
  for (const row of rows) await addDelivery(database, row);
}

export async function read(database: Database, id: string): Promise<DeliveryRow> {
  return await database.sql.selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** A body that no row is tied to. @returns its id */
export async function storeBody(database: Database, json: string, at: number): Promise<string> {
  const id = bodyIdOf(json);
  await createBodies(database).keep(database.sql, { id, json: () => json }, at);
  return id;
}

/** Claims whatever is due of a platform. */
export async function claimAll(
  database: Database,
  lease: Lease,
  platform = 'discord',
  now = NOW,
): Promise<DeliveryRow[]> {
  return await createDeliveries(database).claim({ platform }, { lease, now, leaseMs: LEASE_MS, limit: 100 });
}

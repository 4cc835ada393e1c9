// A change of an alert holds only for the version that it was decided on: whoever comes second changes nothing and writes no message.
import { expect, it } from 'vitest';
import { deliveryRow } from '../../src/delivery/port.ts';
import { createAlertStore } from '../../src/store/alerts/alerts.ts';
import { openDatabase } from '../../src/store/database.ts';
import { alertRow } from '../../bench/parts/alerts/row.ts';

const NOW = Date.parse('2026-11-22T08:00:00Z');

it('of two changes of one version the second is not applied, nor its message', async () => {
  const database = await openDatabase('sqlite::memory:');
  const store = createAlertStore(database);
  const row = alertRow(1, { coin: 'bittensor', price: 300, channel: 'user:u1', createdAt: NOW });
  await database.sql.insertInto('alert').values(row).execute();
  const place = { platform: row.platform, tenant: row.tenant, channel: row.channel };
  const when = { dueAt: NOW, expiresAt: NOW + 900_000, priority: 0 };
  const delivery = deliveryRow({ kind: 'alert', ownerId: row.id, occurrence: 'c1', ...place, ...when });
  expect([...(await store.apply([{ row, patch: { status: 'paused' } }], NOW))]).toEqual([row.id]);
  expect([...(await store.apply([{ row, patch: { status: 'done' }, delivery }], NOW))]).toEqual([]);
  expect(await store.get(row.id)).toMatchObject({ status: 'paused', version: row.version + 1 });
  expect(await database.sql.selectFrom('delivery').selectAll().execute()).toEqual([]);
  await database.close();
});

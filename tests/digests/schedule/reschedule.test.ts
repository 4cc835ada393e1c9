// New time-zone data: all digests are computed anew, and thousands of them do not wait for the disk one after the other.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createReschedule } from '../../../src/digests/schedule/reschedule.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { createDeliveryLedger } from '../../../src/store/delivery/ledger.ts';
import { createSubscriptions } from '../../../src/store/digests/subscriptions.ts';
import { subscription } from '../../delivery/stage.ts';

const NOW = Date.parse('2026-11-23T09:00:30Z');
const ROWS = 200;
const folder = mkdtempSync(path.join(tmpdir(), 'reschedule-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('computes all of them anew, with one wait for the disk for many', async () => {
  let syncs = 0;
  const sync = async (): Promise<void> => {
    syncs++;
    await new Promise((resolve) => setImmediate(resolve)); // others come meanwhile
  };
  const database = await openDatabase(`sqlite:${path.join(folder, 'zones.db')}`, { sync });
  const rows = Array.from({ length: ROWS }, (_, index) =>
    subscription(index, NOW, { zone: 'Europe/Berlin', local_time: '18:00', zone_data: 'old', next_at: NOW }),
  );
  await database.sql.insertInto('subscription').values(rows).execute();
  const before = syncs;
  const reschedule = createReschedule({
    subscriptions: createSubscriptions(database),
    ledger: createDeliveryLedger(database),
    setAside: { row: () => Promise.reject(new Error('nothing is damaged')) },
    now: () => NOW,
    zoneData: () => 'new',
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  expect(await reschedule.zonesChanged()).toBe(ROWS);
  const found = await database.sql.selectFrom('subscription').select(['next_at', 'zone_data']).distinct().execute();
  expect(found.map(({ next_at: at, zone_data: data }) => [new Date(at ?? 0).toISOString(), data])).toEqual([
    ['2026-11-23T17:00:00.000Z', 'new'],
  ]);
  expect(syncs - before).toBeLessThanOrEqual(ROWS / 5);
  expect(await reschedule.zonesChanged()).toBe(0);
  await database.close();
});

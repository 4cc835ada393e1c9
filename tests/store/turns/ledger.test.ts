// The ledger of a year: whatever counts or changes many of its rows does so some at a time, so that the event loop is not held.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../src/base/clock.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { createDeliveries } from '../../../src/store/delivery/deliveries.ts';
import { createDeliveryLedger } from '../../../src/store/delivery/ledger.ts';
import type { DeliveryRow } from '../../../src/store/delivery/tables.ts';
import { forgetPlace } from '../../../src/store/privacy/forget-place.ts';
import { turnsDuring } from '../../base/turns-during.ts';
import { delivery, NOW } from '../../contracts/store/rows.ts';
import { listenTo } from './listen.ts';

const ROWS = 1200;
/** 500 rows in one statement, each in a turn of its own. */
const LEAST_TURNS = 3;

let database: Database;
beforeEach(async () => {
  database = await openDatabase('sqlite::memory:');
});
afterEach(() => database.close());

async function fill(count: number, change: (index: number) => Partial<DeliveryRow>): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => delivery(`s${index}`, change(index)));
  for (let from = 0; from < count; from += 500)
    await database.sql
      .insertInto('delivery')
      .values(rows.slice(from, from + 500))
      .execute();
}

it('the books are read a day in a turn, and hold every row, of a state that nobody knows, too', async () => {
  const sent = { state: 'sent', not_before: null } as const;
  await fill(70, (index) => ({
    due_at: NOW - Math.floor(index / 2) * DAY,
    ...sent,
    reason: index < 3 ? 'found' : null,
  }));
  await database.sql
    .updateTable('delivery')
    .set({ state: 'odd' as 'sent' })
    .where('id', '=', 's9:once')
    .execute();
  const ledger = createDeliveryLedger(database);
  expect(await turnsDuring(() => ledger.totals('digest'))).toBeGreaterThanOrEqual(35);
  expect(await ledger.totals('digest')).toMatchObject({ due: 70, sent: 69, gap: 1, reasons: { 'sent:found': 3 } });
  expect(await ledger.totals('alert')).toMatchObject({ due: 0, gap: 0 });
});

it.each<[string, Partial<DeliveryRow>, (store: Database) => Promise<unknown>, Partial<DeliveryRow>]>([
  [
    'what was due before a restored backup',
    { due_at: NOW - DAY },
    (store) => createDeliveryLedger(store).skipOpenDueUntil(NOW, 'restore', NOW),
    { state: 'skipped', reason: 'restore', not_before: null },
  ],
  [
    'what waits for a clock that was ahead',
    { not_before: NOW + 2 * DAY },
    (store) => createDeliveryLedger(store).shortenWaits(NOW),
    { state: 'pending', not_before: NOW },
  ],
  [
    'what a clock that was ahead gave up',
    { state: 'skipped', reason: 'expired', not_before: null, settled_at: NOW + HOUR },
    (store) => createDeliveryLedger(store).takeBackFuture('digest', NOW),
    { state: 'pending', reason: null, not_before: NOW },
  ],
  [
    'what nobody could post in time',
    { expires_at: NOW - 1 },
    (store) => createDeliveries(store).expire(NOW),
    { state: 'skipped', reason: 'expired', not_before: null },
  ],
])('%s changes some at a time', async (_what, before, change, after) => {
  await fill(ROWS, () => before);
  expect(await turnsDuring(() => change(database))).toBeGreaterThanOrEqual(LEAST_TURNS);
  const rows = await database.sql.selectFrom('delivery').selectAll().execute();
  expect(
    rows.filter((row) => Object.entries(after).every(([name, value]) => row[name as never] === value)),
  ).toHaveLength(ROWS);
});

it('what a clock that was ahead planned leaves the ledger some at a time, with all of its owners', async () => {
  await fill(ROWS, (index) => ({ due_at: NOW + 1 + (index % 3) * DAY }));
  let owners: ReadonlySet<string> = new Set();
  const take = async () => (owners = await createDeliveryLedger(database).takeBackFuture('digest', NOW));
  expect(await turnsDuring(take)).toBeGreaterThanOrEqual(3 * LEAST_TURNS);
  expect(owners.size).toBe(ROWS);
  expect(await database.sql.selectFrom('delivery').select('id').execute()).toEqual([]);
});

it('open rows are not looked for among all that were ever due', async () => {
  const listening = listenTo(database);
  await createDeliveryLedger(listening.database).skipOpenDueUntil(NOW, 'restore', NOW);
  const plans = (await listening.plans()).join('\n');
  expect(plans).toContain('delivery_queue');
  expect(plans).not.toContain('delivery_settled');
});

it('messages to take away, and people whose address is forgotten, are found by the few rows that have them', async () => {
  const listening = listenTo(database);
  const ledger = createDeliveryLedger(listening.database);
  await ledger.pendingRemovals('discord', 500);
  await ledger.purge(NOW);
  const plans = (await listening.plans()).join('\n');
  expect(plans).toContain('delivery_removals');
  expect(plans).toContain('delivery_direct');
  expect(plans).not.toMatch(/SCAN delivery\b(?! USING)/);
});

it('what is stored of a place is looked for a day in a turn, and all of it goes', async () => {
  await fill(60, (index) => ({ due_at: NOW - index * DAY, tenant: index % 2 === 0 ? 't1' : 't2' }));
  const place = { platform: 'discord', tenant: 't1' };
  expect(await forgetPlace(database, place, 'count')).toMatchObject({ delivery: 30 });
  let found: Readonly<Record<string, number>> = {};
  const forget = async () => (found = await forgetPlace(database, place));
  expect(await turnsDuring(forget)).toBeGreaterThanOrEqual(30);
  expect(found).toMatchObject({ delivery: 30 });
  const left = await database.sql.selectFrom('delivery').select('tenant').distinct().execute();
  expect(left).toEqual([{ tenant: 't2' }]);
});

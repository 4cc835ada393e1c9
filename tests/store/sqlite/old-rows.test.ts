// Rows that are removed by the thousand: some at a time, so that the event loop is not held, and all of them in the end.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeOldRows } from '../../../bench/parts/turns/stored.ts';
import { DAY } from '../../../src/base/clock.ts';
import { createAlertStore } from '../../../src/store/alerts/alerts.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { createDeliveryLedger } from '../../../src/store/delivery/ledger.ts';
import { createInbox } from '../../../src/store/inbox/inbox.ts';
import { createRetention } from '../../../src/store/retention.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { turnsDuring } from '../../base/turns-during.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const ROWS = 1200;
/** 500 rows in one statement, each in a turn of its own; a table of 1,200 takes three. */
const LEAST_TURNS = 3;

let database: Database;
beforeEach(async () => {
  database = await openDatabase('sqlite::memory:');
  await storeOldRows(database, ROWS, NOW);
});
afterEach(() => database.close());

const left = async (table: keyof Tables): Promise<number> =>
  (
    await database.sql
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
  ).count;

it.each<[string, number, (keyof Tables)[], () => Promise<unknown>]>([
  ['questions, lists and prices', 3, ['gap', 'shown_list', 'quote'], () => createRetention(database, () => NOW)()],
  ['events of platforms', 1, ['inbox'], () => createInbox(database, () => NOW).purge()],
  ['posts and bodies', 2, ['delivery', 'body'], () => createDeliveryLedger(database).purge(NOW)],
  [
    'alerts and their events',
    5, // those with their messages a hundred at a time
    ['alert', 'alert_event'],
    () => createAlertStore(database).purge(NOW - 30 * DAY, NOW - 90 * DAY),
  ],
])('%s', async (_what, tables, emptied, remove) => {
  expect(await turnsDuring(remove)).toBeGreaterThanOrEqual(tables * LEAST_TURNS);
  for (const table of emptied) expect([table, await left(table)]).toEqual([table, 0]);
});

it('an alert takes its messages along, and one that is active stays', async () => {
  await database.sql.updateTable('alert').set({ status: 'active' }).where('id', '=', 'old1').execute();
  await createAlertStore(database).purge(NOW - 30 * DAY, NOW - 90 * DAY);
  expect(await left('alert')).toBe(1);
  expect(await left('delivery')).toBe(ROWS / 2 + 1); // those of digests, and one of the alert that stayed
});

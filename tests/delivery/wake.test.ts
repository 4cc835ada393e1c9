// A message that is written just after the sender looked for the last time: it is sent all the same, not with the next beat of the clock.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { type DeliveryKind, deliveryRow } from '../../src/delivery/port.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { addDelivery } from '../../src/store/delivery/deliveries.ts';
import { openVirtual, type Virtual } from '../digests/virtual.ts';
import { openReminders } from './reminders.ts';
import { MINUTE } from '../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');

let virtual: Virtual;
let database: Database;
afterEach(async () => {
  await virtual.close();
  await database.close();
});

/** The same database, which does something once, after it has found no row for a claim and before anybody hears of that. */
function afterEmptyClaim(shared: Database, then: () => Promise<void>): Database {
  const claims = new Set<object>();
  let isDone = false;
  const sql = shared.sql.withPlugin({
    transformQuery({ node, queryId }) {
      if (JSON.stringify(node, (_, value) => (typeof value === 'bigint' ? 0 : value)).includes('PARTITION BY'))
        claims.add(queryId);
      return node;
    },
    async transformResult({ result, queryId }) {
      if (claims.has(queryId) && result.rows.length === 0 && !isDone) {
        isDone = true;
        await then();
      }
      return result;
    },
  });
  return { ...shared, sql };
}

it('the sender looks once more when it was woken while its last look was under way', async () => {
  database = await openDatabase('sqlite::memory:');
  const reminders = await openReminders(database);
  await reminders.add({ id: 'r1', channel: 'r1', words: 'stand up', at: NINE });
  let wake = () => undefined as void;
  const kind: DeliveryKind = {
    ...reminders.kind,
    plan(_now, _restoredUntil, woken) {
      wake = woken;
      return Promise.resolve();
    },
  };
  virtual = await openVirtual({
    now: NINE,
    engine: {
      kinds: [kind],
      database: afterEmptyClaim(database, async () => {
        const place = { platform: 'discord', tenant: 't0', channel: 'r1' };
        const when = { occurrence: 'once', dueAt: NINE, expiresAt: NINE + 15 * MINUTE };
        await addDelivery(database, deliveryRow({ kind: kind.name, ownerId: 'r1', ...place, ...when, priority: 0 }));
        wake();
        await nextTurn();
      }),
    },
  });
  await virtual.engine.tick();
  await virtual.engine.settled();
  expect(virtual.platform.posts.map(({ text }) => text)).toEqual(['stand up']);
});

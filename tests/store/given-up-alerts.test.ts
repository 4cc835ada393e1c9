// Which alerts nobody was told of is asked every minute: that must cost what was given up, not the history of ninety days.
import { CompiledQuery, type KyselyPlugin } from 'kysely';
import { expect, it } from 'vitest';
import { createAlertEvents } from '../../src/store/alerts/events.ts';
import { openDatabase } from '../../src/store/database.ts';
import { deliveryRow } from '../../src/delivery/port.ts';

const NOW = Date.parse('2026-11-22T08:00:00Z');

it('starts from messages that were given up, by their index; one that was given up in both places counts once', async () => {
  const database = await openDatabase('sqlite::memory:');
  const asked: CompiledQuery[] = [];
  const listening: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      asked.push(database.sql.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const place = { kind: 'alert', ownerId: 'a1', platform: 'discord', tenant: 't1', channel: 'c1' };
  const over = { state: 'dead', not_before: null, reason: 'x1' } as const;
  const event = { id: 'a1:c1', alert_id: 'a1', occurrence: 'c1', kind: 'crossed', at: NOW, value: '1' } as const;
  await database.sql.insertInto('alert_event').values(event).execute();
  for (const occurrence of ['c1', 'c1-here']) {
    const row = deliveryRow({ ...place, occurrence, dueAt: NOW, expiresAt: NOW, priority: 0 });
    await database.sql
      .insertInto('delivery')
      .values({ ...row, ...over })
      .execute();
  }
  const { givenUp } = createAlertEvents(database.sql.withPlugin(listening));
  expect(await givenUp(NOW + 1, 10)).toEqual([event]);
  const query = asked.at(-1); // the parts of it are made before it
  const plan = await database.sql.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`EXPLAIN QUERY PLAN ${query?.sql}`, [...(query?.parameters ?? [])]),
  );
  expect(plan.rows[0]?.detail).toContain('USING INDEX delivery_books');
  expect(plan.rows.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
  await database.close();
});

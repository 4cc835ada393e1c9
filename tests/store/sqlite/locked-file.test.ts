// A locked file: statements wait beside the process, never inside SQLite.
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { createInbox } from '../../../src/store/inbox/inbox.ts';
import { settled } from '../../fakes/clock.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-locked-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('waits until the other writer has finished, and everything else goes on meanwhile', async () => {
  const file = path.join(folder, 'test.db');
  const database = await openDatabase(`sqlite:${file}`);
  expect((await sql<{ timeout: number }>`PRAGMA busy_timeout`.execute(database.sql)).rows).toEqual([{ timeout: 0 }]);
  const locker = new DatabaseSync(file);
  locker.exec('BEGIN IMMEDIATE');
  let known: boolean | undefined;
  const answer = createInbox(database, Date.now)
    .seen('while-locked')
    .then((before) => (known = before));
  await settled();
  expect(known).toBeUndefined();
  locker.exec('COMMIT');
  locker.close();
  expect(await answer).toBe(false);
  await database.close();
});

it('statements that take long have a turn of the event loop each', async () => {
  const database = await openDatabase('sqlite::memory:');
  const long = sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n`;
  const state = { ended: 0, most: 0, working: true };
  const all = Promise.all(
    Array.from({ length: 6 }, async () => {
      await long.execute(database.sql);
      state.ended += 1;
    }),
  ).finally(() => (state.working = false));
  while (state.working) {
    const before = state.ended;
    await turn();
    state.most = Math.max(state.most, state.ended - before);
  }
  await all;
  expect(state.most).toBe(1);
  await database.close();
});

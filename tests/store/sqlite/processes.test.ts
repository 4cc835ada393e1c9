// Several processes on one SQLite file: one brings the schema up to date while the others wait, and all of them can write at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { planDue } from '../../../src/digests/schedule/plan-due.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { materialiseDue } from '../../../src/store/digests/due.ts';
import { subscription } from '../../delivery/stage.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-processes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fileOf = (name: string) => path.join(folder, `${name}.db`);

it('a fresh file that many open at once is made once, and serves all of them', async () => {
  const url = `sqlite:${fileOf('fresh')}`;
  const all = await Promise.all(Array.from({ length: 6 }, () => openDatabase(url)));
  await Promise.all(
    all.map(({ sql }, index) =>
      sql
        .insertInto('meta')
        .values({ key: `k${index}`, value: 'x' })
        .execute(),
    ),
  );
  const rows = await all[0]?.sql.selectFrom('meta').select('key').execute();
  expect(rows).toHaveLength(6);
  for (const database of all) await database.close();
});

it('who waits too long for another to bring the schema up to date is told what is going on', async () => {
  const file = fileOf('held');
  const holder = new DatabaseSync(`${file}.migrating`);
  holder.exec('BEGIN EXCLUSIVE');
  await expect(openDatabase(`sqlite:${file}`, { migrateMs: 100 })).rejects.toThrow(
    /another process is bringing .* up to date/i,
  );
  holder.close();
  await (await openDatabase(`sqlite:${file}`)).close();
});

it('a migration that breaks off leaves the schema as it was', async () => {
  const url = `sqlite:${fileOf('broken')}`;
  const [last = ''] = Object.keys(migrations).toReversed();
  const name = `${last}-then-one-more`;
  migrations[name] = {
    async up(db) {
      await db.schema.createTable('half').addColumn('a', 'text').execute();
      throw new Error('the power failed');
    },
  };
  await expect(openDatabase(url)).rejects.toThrow(/power failed/);
  delete migrations[name];
  const database = await openDatabase(url);
  const tables = await database.sql.introspection.getTables();
  expect(tables.map((table) => table.name)).toContain('meta');
  expect(tables.map((table) => table.name)).not.toContain('half');
  await database.close();
});

it('processes that plan at the same time never meet a lock that they cannot wait for, and write nothing twice', async () => {
  const url = `sqlite:${fileOf('planning')}`;
  const now = Date.parse('2026-11-23T09:00:30Z');
  const all = await Promise.all(Array.from({ length: 4 }, () => openDatabase(url)));
  const [first] = all;
  if (first === undefined) throw new Error('no process');
  const rows = Array.from({ length: 200 }, (_, index) => subscription(index, now));
  await first.sql.insertInto('subscription').values(rows).execute();
  const planAll = async (database: (typeof all)[number]) => {
    while ((await materialiseDue(database, now, 5, (due) => planDue(due, { now, restoredUntil: 0 }))) > 0);
  };
  await Promise.all(all.map(planAll));
  expect(await first.sql.selectFrom('delivery').select('id').execute()).toHaveLength(200);
  for (const database of all) await database.close();
});

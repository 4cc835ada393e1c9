// A database of the version before the indexes of short turns opens with all that it holds, and has them then.
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { sqliteDialect } from '../../../src/store/engine/sqlite.ts';
import { migrations } from '../../../src/store/migrations.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { delivery } from '../../contracts/store/rows.ts';
import { sqliteFile } from '../../delivery/stage.ts';

it('opens and keeps its rows', async () => {
  const { url, file, remove } = sqliteFile();
  const old = new Kysely<Tables>({ dialect: sqliteDialect(file) });
  const migrator = new Migrator({ db: old, provider: { getMigrations: () => Promise.resolve(migrations) } });
  expect((await migrator.migrateTo('0010-tickers')).error).toBeUndefined();
  const rows = [delivery('a', { channel: 'user:u1' }), delivery('b', { removes: '1' }), delivery('c')];
  await old.insertInto('delivery').values(rows).execute();
  await old.destroy();
  const database = await openDatabase(url);
  expect(await database.sql.selectFrom('delivery').selectAll().orderBy('id').execute()).toEqual(rows);
  const { rows: indexes } = await sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'index'`.execute(
    database.sql,
  );
  expect(indexes.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['delivery_removals', 'delivery_direct', 'alert_closed', 'alert_event_kind']),
  );
  await database.close();
  remove();
});

// A PostgreSQL host that vanishes without a word: every call ends, its connection is never used again, and all is well when the host is back.
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts';
import { startTcpProxy, type TcpProxy, through } from '../fakes/tcp-proxy.ts';

/** Short for the test, long enough for ten new connections on a machine that is busy with other tests. */
const CALL_MS = 2000;

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

let proxy: TcpProxy;
let database: Database;
beforeEach(async () => {
  const url = await postgres.fresh();
  proxy = await startTcpProxy(Number(new URL(url).port));
  database = await openDatabase(through(url, proxy), { callMs: CALL_MS });
});
afterEach(async () => {
  await database.close();
  await proxy.close();
});

const one = async (): Promise<number | undefined> =>
  (await sql<{ one: number }>`SELECT 1 AS one`.execute(database.sql)).rows[0]?.one;

it('a call ends with an error, and the next one after the return of the host gets a connection of its own', async () => {
  expect(await one()).toBe(1);
  const before = proxy.connections();
  proxy.vanish();
  await expect(one()).rejects.toMatchObject({ code: 'database-timeout' });
  proxy.comeBack();
  expect(await one()).toBe(1);
  expect(proxy.connections()).toBe(before + 1);
});

it('a new connection that nobody answers ends as well', async () => {
  proxy.vanish();
  await expect(one()).rejects.toMatchObject({ code: 'database-timeout' });
  await expect(one()).rejects.toThrow(/timeout/i);
});

it('a transaction ends once, not once per statement, and leaves nothing half done', async () => {
  const insert = (key: string) => sql`INSERT INTO meta (key, value) VALUES (${key}, 'x')`;
  let tried = 0;
  const work = database.sql.transaction().execute(async (transaction) => {
    await insert('a').execute(transaction);
    proxy.vanish();
    tried++;
    await insert('b').execute(transaction);
    tried++;
  });
  await expect(work).rejects.toMatchObject({ code: 'database-timeout' });
  expect(tried).toBe(1);
  proxy.comeBack();
  expect(await database.sql.selectFrom('meta').select('key').where('key', 'in', ['a', 'b']).execute()).toEqual([]);
});

it('more callers than connections: all of them end', async () => {
  await Promise.all(Array.from({ length: 10 }, one));
  proxy.vanish();
  const ends = await Promise.allSettled(Array.from({ length: 30 }, one));
  expect(ends.map(({ status }) => status)).toEqual(ends.map(() => 'rejected'));
  proxy.comeBack();
  expect(await Promise.all(Array.from({ length: 30 }, one))).toEqual(Array.from({ length: 30 }, () => 1));
});

// The store on SQLite and on a real PostgreSQL: the contract on both, and refusals of a database that cannot be used.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { createLeases } from '../../src/store/delivery/leases.ts';
import { describeStore } from '../contracts/store.ts';
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts';

let postgres: TestPostgres;
let files = 0;
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-'));
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

describeStore('sqlite', () => Promise.resolve(`sqlite:${path.join(folder, 'deep', `test-${++files}.db`)}`));
describeStore('postgres', () => postgres.fresh());

it('says what to do when the database cannot be used, without the password', async () => {
  await expect(openDatabase('postgres://user:topsecret@127.0.0.1:9/none')).rejects.toThrow(/DATABASE_URL/);
  await expect(openDatabase('postgres://user:topsecret@127.0.0.1:9/none')).rejects.not.toThrow(/topsecret/);
  await expect(openDatabase(`sqlite:${folder}`)).rejects.toThrow(/unable to open|database/i);
});

/** What another program made there, in its own connection. */
async function made(url: string, script: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(script);
  await client.end();
}

it.each([
  ['CREATE TABLE meta (id integer)', /"meta" already exists\. Set DATABASE_URL to one of the bot's own/],
  [
    "CREATE TABLE kysely_migration (name text, timestamp text); INSERT INTO kysely_migration VALUES ('001_users', '2020')",
    /holds tables of another program/,
  ],
])('a PostgreSQL of another program: %s', async (script, refusal) => {
  const url = await postgres.fresh();
  await made(url, script);
  await expect(openDatabase(url)).rejects.toThrow(refusal);
});

it('a PostgreSQL where others have tables with other names', async () => {
  const url = await postgres.fresh();
  await made(url, 'CREATE TABLE users (id integer)');
  await (await openDatabase(url)).close();
  await made(url, "INSERT INTO kysely_migration VALUES ('9999-later', '2030')");
  await expect(openDatabase(url)).rejects.toThrow(
    /its step 9999-later is not known here\. It was made by a newer version/,
  );
});

it('a lease in a database in memory, which has no file to lock, ends with its time', async () => {
  const database = await openDatabase('sqlite::memory:');
  let now = 1000;
  const take = async (owner: string) => (await createLeases(database, () => now).take('sender', owner, 500))?.fence;
  expect([await take('one'), await take('another')]).toEqual([1, undefined]);
  now += 501;
  expect([await take('another'), await take('one')]).toEqual([2, undefined]);
  await database.close();
});

it('a statement that was kept prepared sees a schema that changed meanwhile', async () => {
  const database = await openDatabase('sqlite::memory:');
  const read = async () => (await sql`SELECT * FROM meta`.execute(database.sql)).rows;
  await sql`INSERT INTO meta (key, value) VALUES ('a', 'b')`.execute(database.sql);
  expect(await read()).toEqual([{ key: 'a', value: 'b' }]);
  await sql`ALTER TABLE meta ADD COLUMN more text`.execute(database.sql);
  expect(await read()).toEqual([{ key: 'a', value: 'b', more: null }]);
  await database.close();
});

// 3.51.3: https://www.sqlite.org/changes.html
it('the SQLite of this Node is newer than the fault that could damage files', () => {
  const [major = 0, minor = 0, patch = 0] = (process.versions['sqlite'] ?? '').split('.').map(Number);
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003);
});

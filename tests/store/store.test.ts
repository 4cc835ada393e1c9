// The store on SQLite and on a real PostgreSQL: the contract on both, and refusals of a database that cannot be used.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
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

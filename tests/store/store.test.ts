// The store on SQLite and on a real PostgreSQL: the contract on both, and what is SQLite's own.
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { createInbox } from '../../src/store/slack/seen-events.ts';
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

it('waits for a locked file without holding up the process', async () => {
  const file = path.join(folder, 'locked.db');
  const database = await openDatabase(`sqlite:${file}`);
  const locker = new DatabaseSync(file);
  locker.exec('BEGIN IMMEDIATE');
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  const answer = createInbox(database, Date.now).seen('while-locked');
  await sleep(600);
  locker.exec('COMMIT');
  locker.close();
  expect(await answer).toBe(false);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(20); // SQLite's own waiting would have let none through
  await database.close();
});

it('says what to do when the database cannot be used, without the password', async () => {
  await expect(openDatabase('postgres://user:topsecret@127.0.0.1:9/none')).rejects.toThrow(/DATABASE_URL/);
  await expect(openDatabase('postgres://user:topsecret@127.0.0.1:9/none')).rejects.not.toThrow(/topsecret/);
  await expect(openDatabase(`sqlite:${folder}`)).rejects.toThrow(/unable to open|database/i);
});

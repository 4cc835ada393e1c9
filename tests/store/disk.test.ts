// A disk that is full, read-only or somebody else's: a sentence that says what to do, nothing posted without a record, nothing lost.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { balanced, openVirtual, type Virtual } from '../digests/virtual.ts';

const HOUR = 3_600_000;
const NINE = Date.parse('2026-11-23T09:00:00Z');
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-disk-'));
let virtual: Virtual | undefined;
afterEach(async () => {
  await virtual?.close();
  virtual = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder in which this user can make nothing; root may write everywhere but in what the kernel shows. */
function closedFolder(): string {
  if (process.getuid?.() === 0) return '/sys';
  const closed = mkdtempSync(path.join(folder, 'closed-'));
  chmodSync(closed, 0o555);
  return closed;
}

const WRITABLE =
  /^The database cannot be used: .+\. Check DATABASE_URL, and that the user who runs the bot may write to its folder\.$/;

it('a folder that cannot be made or written', async () => {
  const closed = closedFolder();
  for (const file of ['test.db', 'data/test.db'])
    await expect(openDatabase(`sqlite:${path.join(closed, file)}`), file).rejects.toThrow(WRITABLE);
});

it('a path that is a folder, and one below a file', async () => {
  await expect(openDatabase(`sqlite:${folder}`)).rejects.toThrow(WRITABLE);
  writeFileSync(path.join(folder, 'file'), 'text');
  await expect(openDatabase(`sqlite:${path.join(folder, 'file/test.db')}`)).rejects.toThrow(/Check DATABASE_URL/);
});

/** From now on the file may not grow; what is free in it is used up. */
async function fill({ sql: db }: Database): Promise<void> {
  await sql`CREATE TABLE filler (bytes BLOB)`.execute(db);
  await sql`PRAGMA max_page_count = 1`.execute(db); // the least that is possible: what it has now
  const full = async () => {
    for (;;) await sql`INSERT INTO filler VALUES (zeroblob(100))`.execute(db);
  };
  await expect(full()).rejects.toThrow('database or disk is full');
}

async function empty({ sql: db }: Database): Promise<void> {
  await sql`PRAGMA max_page_count = 1000000`.execute(db);
}

it('full while it runs: nothing is posted without a record, the log says why, and all is posted once when there is space', async () => {
  virtual = await openVirtual({ url: `sqlite:${path.join(folder, 'full.db')}` });
  const { database, platform, logs } = virtual;
  for (let index = 0; index < 40; index++) await virtual.add(index, { local_time: '09:00', next_at: NINE });
  await fill(database);
  for (let second = 0; second < 5; second++) await virtual.at(NINE + second * 1000);
  const recorded = await database.sql.selectFrom('delivery').select('id').execute();
  expect(platform.posts.length).toBeLessThanOrEqual(recorded.length);
  expect(platform.posts.length).toBeLessThan(40);
  const said = logs
    .filter(({ level }) => level === 'error')
    .map(({ fields }) => String((fields as { err?: Error }).err));
  expect(said.some((words) => words.includes('database or disk is full'))).toBe(true);
  await empty(database);
  await virtual.until(NINE + HOUR, 60_000);
  expect(platform.posts).toHaveLength(40);
  expect(new Set(platform.posts.map(({ channel }) => channel)).size).toBe(40);
  expect(await balanced(virtual)).toBe(true);
  const [check] = (await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(database.sql)).rows;
  expect(check?.integrity_check).toBe('ok');
});

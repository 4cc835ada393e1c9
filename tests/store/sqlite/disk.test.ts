// A disk that is full, read-only or somebody else's: a sentence that says what to do, nothing posted without a record, nothing lost.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { balanced, openVirtual, type Virtual } from '../../digests/virtual.ts';
import { HOUR } from '../../../src/base/clock.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const UNSHARE = '/usr/bin/unshare';
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
  /^The database cannot be used: .+\. Check DATABASE_URL, and that the user who runs the bot(?: \(\d+\))? may write to \/\S+\.$/;

it('a folder that cannot be made or written', async () => {
  const closed = closedFolder();
  for (const file of ['test.db', 'data/test.db'])
    await expect(openDatabase(`sqlite:${path.join(closed, file)}`), file).rejects.toThrow(WRITABLE);
});

/** With a file system of its own, which only this command and what it starts see; needs rights that not every machine gives. */
function inside(size: string, script: string): string {
  const open = `const { openDatabase } = await import(${JSON.stringify(path.join(ROOT, 'src/store/database.ts'))}); await openDatabase('sqlite:' + process.argv[1]).then(async (database) => { await database.sql.insertInto('meta').values({ key: String(Math.random()), value: '1' }).execute(); await database.close(); console.log('open'); }, (error) => console.log(error.message));`;
  const text = `mount -t tmpfs -o size=${size} none "$DISK" && cd "$DISK" && ${script}`;
  const env = { ...process.env, DISK: mkdtempSync(path.join(folder, 'disk-')), NODE: process.execPath, OPEN: open };
  return execFileSync(UNSHARE, ['-rm', 'sh', '-c', text], { env, encoding: 'utf8', timeout: 50_000 });
}
const OPEN = '"$NODE" --input-type=module -e "$OPEN" ';
const canMount = spawnSync(UNSHARE, ['-rm', 'mount', '-t', 'tmpfs', 'none', folder]).status === 0;

it.skipIf(!canMount)('a folder that is read-only around a database', { timeout: 60_000 }, () => {
  const said = inside('2m', `${OPEN} "$DISK/a.db" && mount -o remount,ro "$DISK" && ${OPEN} "$DISK/a.db"`)
    .trim()
    .split('\n');
  expect(said).toEqual(['open', expect.stringMatching(WRITABLE)]);
});

it.skipIf(!canMount)('full at the start: a sentence that says so, and nothing is lost', { timeout: 60_000 }, () => {
  const full = '(cat /dev/zero >fill 2>/dev/null; true)';
  const steps = [
    `${OPEN} "$DISK/a.db"`,
    full,
    `${OPEN} "$DISK/a.db"`,
    `${OPEN} "$DISK/new.db"`,
    'rm fill',
    `${OPEN} "$DISK/a.db"`,
  ];
  const said = inside('2m', steps.join(' && ')).trim().split('\n');
  const FULL = expect.stringMatching(
    /^The database cannot be used: .+\. (Make space on its disk|Its disk is full)/,
  ) as string;
  expect(said).toEqual(['open', FULL, FULL, 'open']);
});

it('a path that is a folder, and one below a file', async () => {
  await expect(openDatabase(`sqlite:${folder}`)).rejects.toThrow(
    `${folder} is a folder: put the name of a file behind it in DATABASE_URL.`,
  );
  writeFileSync(path.join(folder, 'file'), 'text');
  for (const below of ['file/test.db', 'file/more/test.db'])
    await expect(openDatabase(`sqlite:${path.join(folder, below)}`)).rejects.toThrow(
      /A file stands where the folder of DATABASE_URL should be/,
    );
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

// A database that the bot must not use: damaged, another program's, a newer version's. It says what to do, and changes nothing in it.
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { checkSqliteFile } from '../../src/store/engine/whose-database.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-whose-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = () => path.join(folder, `${++files}.db`);

/** What an operator reads when it is refused. */
async function refusal(url: string): Promise<string> {
  return await openDatabase(url).then(
    async (database) => await database.close().then(() => 'not refused'),
    (error: unknown) => (error instanceof Error ? error.message : 'no error'),
  );
}

async function ours(): Promise<string> {
  const file = newFile();
  await (await openDatabase(`sqlite:${file}`)).close();
  return file;
}

/** A page in the middle of the file in which the first page of this table is. https://www.sqlite.org/fileformat2.html */
function damage(file: string, table: string): void {
  const database = new DatabaseSync(file);
  const page = Number(database.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').get(table)?.['rootpage']);
  database.close();
  const bytes = readFileSync(file);
  bytes.fill(0xa5, (page - 1) * 4096, page * 4096);
  writeFileSync(file, bytes);
}

describe('a damaged SQLite file', () => {
  const ways: [string, (file: string) => void][] = [
    ['other bytes', (file) => writeFileSync(file, Buffer.alloc(100_000, 0xa5))],
    ['cut in the middle', (file) => truncateSync(file, 100_000)],
    ['its first page only', (file) => truncateSync(file, 4096)],
    ['a page of a table that is read seldom', (file) => damage(file, 'ticker')],
  ];
  it.each(ways)('%s: refused at the start, and the way back is named', async (_name, change) => {
    const file = await ours();
    change(file);
    const before = readFileSync(file);
    const said = await refusal(`sqlite:${file}`);
    expect(said).toMatch(/Put back a backup: npm run restore -- <file>/);
    expect(said).not.toContain('permissions');
    expect(readFileSync(file)).toEqual(before);
  });
});

it('a file beyond the bound is not read whole: a start would wait for it', async () => {
  const file = await ours();
  damage(file, 'ticker');
  expect(() => checkSqliteFile(file)).toThrow('its file is damaged');
  expect(() => checkSqliteFile(file, 10_000)).not.toThrow();
  const program = newFile();
  const database = new DatabaseSync(program);
  database.exec('CREATE TABLE users (id INTEGER)');
  database.close();
  expect(() => checkSqliteFile(program, 1)).toThrow('it holds tables of another program'); // whose it is costs nothing
});

describe("another program's database", () => {
  const programs: [string, string][] = [
    ['tables with other names', 'CREATE TABLE users (id INTEGER); INSERT INTO users VALUES (1)'],
    ['a table with a name of ours', 'CREATE TABLE meta (id INTEGER, name TEXT)'],
    [
      'steps of its own in a table of the same library',
      "CREATE TABLE users (id INTEGER); CREATE TABLE kysely_migration (name TEXT, timestamp TEXT); INSERT INTO kysely_migration VALUES ('001_users', '2020')",
    ],
  ];
  it.each(programs)('%s: refused in words, and not a byte of it changes', async (_name, script) => {
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec(script);
    database.close();
    const before = readFileSync(file);
    expect(await refusal(`sqlite:${file}`)).toMatch(
      /holds tables of another program \(.+\)\. Set DATABASE_URL to one of the bot's own/,
    );
    expect(readFileSync(file)).toEqual(before);
  });

  it('an empty file is nobody yet', async () => {
    const file = newFile();
    writeFileSync(file, '');
    expect(await refusal(`sqlite:${file}`)).toBe('not refused');
  });
});

it('a newer version: the step that it does not know is named', async () => {
  const file = await ours();
  const database = new DatabaseSync(file);
  database.exec("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '2030')");
  database.close();
  const before = readFileSync(file);
  const said = await refusal(`sqlite:${file}`);
  expect(readFileSync(file)).toEqual(before);
  await expect(openDatabase(`sqlite:${file}`)).rejects.toMatchObject({ code: 'database-unfit' });
  expect(said).toBe(
    'The database cannot be used: its step 9999-later is not known here. It was made by a newer version of the bot: start that one, or put back a backup.',
  );
});

// The operator removes what is stored about a person, a server or a workspace: all of it, in every table, and nothing of others.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { closeSource } from '../../src/store/move.ts';
import { forget } from '../../src/wiring/operator/forget.ts';
import { sqliteFile } from '../delivery/stage.ts';

const OURS = '750000000000000001';
const THEIRS = '750000000000000002';
const SOMEBODY = '740000000000000001';

let remove = (): void => undefined;
afterEach(() => remove());

type Column = { name: string; type: string; pk: number };

/** A database with a row for each place in every table that names one, each with an alert's history and messages. */
async function place() {
  const { url, file, remove: gone } = sqliteFile();
  remove = gone;
  await (await openDatabase(url)).close();
  const edit = new DatabaseSync(file);
  const tables = edit
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .all()
    .map(({ name }) => String(name));
  const columnsOf = (table: string) =>
    edit.prepare('SELECT name, type, pk FROM pragma_table_info(?)').all(table) as Column[];
  const naming = tables.filter((table) => columnsOf(table).some(({ name }) => name === 'tenant'));
  const add = (table: string, given: Record<string, string | number>) => {
    const columns = columnsOf(table);
    const values = columns.map(
      ({ name, type }) => given[name] ?? (type.toLowerCase() === 'text' ? `${name}-${given['key']}` : 1),
    );
    edit.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`).run(...values);
  };
  for (const tenant of [OURS, THEIRS]) {
    for (const table of naming)
      add(table, { key: tenant, id: `${table}-${tenant}`, tenant, platform: 'discord', owner: SOMEBODY });
    add('delivery', {
      key: `alert-${tenant}`,
      tenant: '-',
      platform: 'discord',
      subscription_id: `alert-${tenant}`,
      body_id: `body-${tenant}`,
    });
    add('body', { key: tenant, id: `body-${tenant}`, json: `to ${tenant}` });
    add('alert_event', { key: tenant, alert_id: `alert-${tenant}` });
  }
  edit.close();
  const said: string[] = [];
  const run = (words: string) =>
    forget({ databaseUrl: url, words: words.split(' '), write: (text) => void said.push(text) });
  /** Tables with a row in which the word stands. */
  const holding = (word: string) => {
    const database = new DatabaseSync(file, { readOnly: true });
    const found = tables.filter((table) =>
      database
        .prepare(`SELECT * FROM ${table}`)
        .all()
        .some((row) => JSON.stringify(Object.values(row)).includes(word)),
    );
    database.close();
    return found;
  };
  return { url, file, said, run, holding };
}

it('a server: shown first, then gone from every table; those of another one stay', async () => {
  const { said, run, holding, file } = await place();
  const before = holding(OURS);
  expect(before.length).toBeGreaterThanOrEqual(9);
  await run(`place discord ${OURS}`);
  expect(said.pop()).toMatch(/^Stored are alerts: 1, digests: 1, tickers: 1, .* Add --yes/);
  expect(holding(OURS)).toEqual(before);
  const bot = new DatabaseSync(file); // that runs meanwhile: the log beside the file stays
  bot.prepare('SELECT 1 FROM alert').get();
  await run(`place discord ${OURS} --yes`);
  expect(said.pop()).toMatch(/^Removed\. alerts: 1, .*Backups/);
  for (const one of [file, `${file}-wal`]) expect(bytesOf(one).includes(`to ${OURS}`), one).toBe(false);
  bot.close();
  expect(holding(OURS)).toEqual([]);
  expect(holding(THEIRS)).toEqual(before);
  await run(`place discord ${OURS}`);
  expect(said.pop()).toBe('Nothing is stored about it.\n');
});

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

it('a database that was moved away: what is there, and that the bot has another one', async () => {
  const { url, said, run } = await place();
  const database = await openDatabase(url);
  await closeSource(database, 'it was moved to PostgreSQL');
  await database.close();
  await run(`place discord ${OURS} --yes`);
  expect(said.join('')).toMatch(/^Removed\. [\s\S]*not the database of the bot: it was moved to PostgreSQL/);
});

it('a person: in all servers, their digests stay without the name', async () => {
  const { said, run, holding } = await place();
  await run(`person discord ${SOMEBODY}`);
  expect(said.pop()).toMatch(/^Stored are alerts: 2, digests: 2\. Add --yes/);
  await run(`person discord ${SOMEBODY} --yes`);
  expect(said.pop()).toMatch(/^Removed\. alerts: 2, digests that stay without the name: 2/);
  expect(holding(SOMEBODY)).toEqual([]);
  expect(holding(OURS)).toContain('subscription');
});

it.each([
  '',
  'place',
  'place discord',
  'place discord taobot',
  'place web 750000000000000001',
  'place constructor 750000000000000001',
  'person slack U0123456789',
  'person slack U0123456789 U0123456789',
  'person discord 740000000000000001 750000000000000001',
  'everything --yes',
])('"%s" is no order: what there is, and nothing happens', async (words) => {
  const { run, holding } = await place();
  await expect(run(words)).rejects.toThrow(
    /^Usage: npm run forget -- person discord[^]*15 to 20 digits; in Slack people begin with U or W, workspaces with T, organisations with E/,
  );
  expect(holding(OURS)).not.toEqual([]);
});

it('a database that is not there is not made', async () => {
  const url = 'sqlite:/nowhere/taobot.db';
  await expect(forget({ databaseUrl: url, words: ['place', 'discord', OURS], write: () => undefined })).rejects.toThrow(
    'There is no database /nowhere/taobot.db.',
  );
});

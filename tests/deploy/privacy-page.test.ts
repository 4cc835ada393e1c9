// PRIVACY.md has a line for every table: a new table is a new line there, or it holds nothing that belongs to a place or a person.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';

/** What the page calls what is in a table. */
const LINES: Record<string, string> = {
  alert: 'alerts and their messages',
  alert_event: 'what became of alerts',
  subscription: 'digests',
  shown_list: 'which list of digests somebody saw last',
  ticker: 'tickers',
  delivery: 'what was posted when, and where',
  body: 'direct messages, sent or waiting',
  vote: 'votes on answers',
  mismatch: 'answers marked as wrong or not asked for',
  gap: 'questions without an answer',
  inbox: 'events that were seen, servers that were greeted',
  installation: 'Slack installations',
  workspace_flag: 'which kinds of blocks a Slack workspace takes',
};
const OF_NOBODY = [
  'meta',
  'quote',
  'credit',
  'lease',
  'alert_mark',
  'subnet_snapshot',
  'subnet_reading',
  'subnet_price',
];
/** Columns that name a place or a person. */
const NAMES = /^(tenant|owner|channel|viewer|user|made_in)$/;

it('every table has its line, and tables without one name no place and nobody', async () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../PRIVACY.md'), 'utf8');
  const database = await openDatabase('sqlite::memory:');
  const tables = await database.sql.introspection.getTables();
  await database.close();
  expect(tables.map(({ name }) => name).toSorted()).toEqual([...Object.keys(LINES), ...OF_NOBODY].toSorted());
  for (const [table, line] of Object.entries(LINES)) expect(page, table).toContain(`| ${line} |`);
  const naming = tables.filter(
    ({ name, columns }) => name !== 'lease' && columns.some((column) => NAMES.test(column.name)),
  );
  expect(naming.map(({ name }) => name).filter((name) => OF_NOBODY.includes(name))).toEqual([]);
});

// A PostgreSQL database that is restored from an old backup: what was posted in the lost time is not posted again.
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openVirtual, type Virtual } from '../../digests/virtual.ts';
import { startPostgres, type TestPostgres } from '../../fakes/postgres.ts';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - HOUR };

let postgres: TestPostgres;
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-restore-'));
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});
let open: Virtual[] = [];
afterEach(async () => {
  for (const virtual of open) await virtual.close();
  open = [];
});

/** Copies a database that nobody has open, as a dump and its restore would. */
async function copyOf(url: string, name: string): Promise<string> {
  const source = new URL(url);
  await postgres.admin(`CREATE DATABASE ${name} TEMPLATE ${source.pathname.slice(1)}`);
  source.pathname = `/${name}`;
  return source.href;
}

async function run(url: string, mark: string): Promise<Virtual> {
  const virtual = await openVirtual({ url, engine: { highWaterFile: path.join(folder, mark) } });
  open.push(virtual);
  return virtual;
}

async function end(virtual: Virtual): Promise<void> {
  await virtual.close();
  open = open.filter((one) => one !== virtual);
}

/** Ten digests at nine, a backup before that, and the posts after it. */
async function lose(mark: string, backupName: string): Promise<string> {
  const url = await postgres.fresh();
  const before = await run(url, mark);
  for (let index = 0; index < 10; index++) await before.add(index, daily);
  await before.at(NINE - MINUTE);
  await end(before);
  const backup = await copyOf(url, backupName);
  const after = await run(url, mark);
  await after.at(NINE + 5000);
  expect(after.platform.posts).toHaveLength(10);
  await end(after);
  return backup;
}

it('skips what was due in the lost time, and goes on with the next day', async () => {
  const restored = await run(await lose('one', 'backup_one'), 'one');
  await restored.at(NINE + 10 * MINUTE);
  expect(restored.platform.posts).toHaveLength(0);
  expect((await restored.engine.totals()).reasons).toEqual({ 'skipped:restore': 10 });
  expect(restored.logs.map(({ message }) => message).join('\n')).toContain('restored backup');
  await restored.at(NINE + DAY + MINUTE);
  expect(restored.platform.posts).toHaveLength(10);
});

it('an instance that stood by knows the mark as well', async () => {
  const url = await postgres.fresh();
  const sender = await run(url, 'sender');
  await sender.add(0, daily);
  await sender.at(NINE - MINUTE);
  const standby = await run(url, 'standby');
  await sender.at(NINE + 1000);
  await standby.at(NINE + 10_000);
  expect([sender.platform.posts.length, standby.platform.posts.length]).toEqual([1, 0]);
  await end(sender);
  await end(standby);
  const backup = await postgres.fresh(); // empty: older than anything
  const restored = await run(backup, 'standby');
  await restored.add(0, daily);
  await restored.at(NINE + 5 * MINUTE);
  expect(restored.platform.posts).toHaveLength(0);
  expect((await restored.engine.totals()).reasons).toEqual({ 'skipped:restore': 1 });
});

it('without the mark the digests are posted again: it is the mark that keeps them', async () => {
  const restored = await run(await lose('two', 'backup_two'), 'another file');
  await restored.at(NINE + 10 * MINUTE);
  expect(restored.platform.posts).toHaveLength(10);
});

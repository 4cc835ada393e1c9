// What stands in the way of copying the write-ahead log: a reader that stays, a thread that cannot be had, a file that is no longer the same.
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { settled } from '../../fakes/clock.ts';
import { opened } from './written-log.ts';

const sync = () => Promise.resolve(); // a disk without waits
const WORKER = new URL('../../../src/store/engine/wal/checkpoint-worker.mjs', import.meta.url);
afterEach(() => vi.unstubAllEnvs());

const PAGE = 4096;

/** Ends when a copying by the real thread was tried and is over. */
function copying(): Promise<void> {
  const ended = Promise.withResolvers<void>();
  process.once('worker', (thread: Worker) => thread.once('exit', () => ended.resolve()));
  return ended.promise;
}

it('a copying that fails while a transaction is open is told, and nothing else fails', async () => {
  const failed: unknown[] = [];
  const copies: PromiseWithResolvers<void>[] = [];
  const copy = () => {
    const one = Promise.withResolvers<void>();
    copies.push(one);
    return one.promise;
  };
  const { database, write, close } = await opened('failing.db', {
    copy,
    sync,
    onCopyFailure: (error) => failed.push(error),
  });
  while (copies.length === 0) await write(1);
  const reason = new Error('EAGAIN: no thread');
  await database.sql.transaction().execute(async (transaction) => {
    await write(1, transaction);
    copies[0]?.reject(reason);
    await settled();
  });
  expect(failed).toEqual([reason]);
  await close();
});

it('a reader that stays for long does not have the log copied at every commit, and what it held back is copied after it', async () => {
  let copies = 0;
  const copy = async (file: string) => {
    copies++;
    const database = new DatabaseSync(file);
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    database.close();
  };
  const { file, write, log, close } = await opened('reader.db', { copy, sync });
  await write(1);
  const reader = new DatabaseSync(file);
  reader.exec('BEGIN; SELECT * FROM meta');
  while (log().log < 5000) await write(20);
  expect(copies).toBeLessThanOrEqual(5);
  expect(log().checkpointed).toBeLessThan(100);
  reader.close();
  await write(400);
  await settled();
  expect(log().log - log().checkpointed).toBeLessThan(1000);
  await close();
});

it('a copying that a reader keeps from its end holds up no writer', async () => {
  const { file, other, write, log, close } = await opened('writers.db', { copy: () => Promise.resolve(), sync });
  await write(1);
  const reader = new DatabaseSync(file);
  reader.exec('BEGIN; SELECT * FROM meta');
  while (log().log < 4500) await write(20);
  const state = { running: true, held: 0 };
  const thread = new Worker(WORKER, { workerData: { file, inode: statSync(file).ino } });
  thread.once('exit', () => (state.running = false));
  other.exec('PRAGMA busy_timeout = 0');
  for (; state.running; await turn())
    try {
      other.exec('BEGIN IMMEDIATE; ROLLBACK');
    } catch {
      state.held++; // another has the right to write
    }
  expect(state.held).toBe(0);
  reader.close();
  await close();
});

it('a log that was copied whole begins anew in the thread, so that no commit waits for its header', async () => {
  const { file, write, log, close } = await opened('anew.db', { copy: () => Promise.resolve(), sync });
  await write(100);
  expect(log().log).toBeGreaterThan(200);
  const thread = new Worker(WORKER, { workerData: { file, inode: statSync(file).ino } });
  await once(thread, 'exit');
  expect(log().log).toBe(1);
  await close();
});

it('a file that was replaced while it was open is left alone', async () => {
  const failed: unknown[] = [];
  const { file, other, write, close } = await opened('replaced.db', { sync, onCopyFailure: (e) => failed.push(e) });
  await write(1);
  other.close();
  const backup = `${file}.backup`;
  const made = new DatabaseSync(backup);
  made.exec('CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)');
  made.close();
  const bytes = readFileSync(backup);
  renameSync(backup, file);
  const ended = copying();
  await write(400);
  await ended;
  await settled();
  expect(readFileSync(file)).toEqual(bytes);
  expect(String(failed[0])).toContain('replaced');
  await close();
});

it('a file that was deleted while it was open is not made anew', async () => {
  const failed: unknown[] = [];
  const { file, other, write, close } = await opened('deleted.db', { sync, onCopyFailure: (e) => failed.push(e) });
  other.close();
  renameSync(file, `${file}.away`);
  const ended = copying();
  await write(400);
  await ended;
  await settled();
  expect(() => readFileSync(file)).toThrow('ENOENT');
  expect(failed).toHaveLength(1);
  await close();
});

it('a database that is reached by a symbolic link', async () => {
  const { file, close } = await opened('real.db');
  await close();
  const links = `${file}.links`;
  mkdirSync(links);
  const link = path.join(links, 'link.db');
  symlinkSync(file, link);
  const database = await openDatabase(`sqlite:${link}`);
  await database.sql.insertInto('meta').values({ key: 'a', value: 'b' }).execute();
  expect(readdirSync(links).toSorted()).toEqual(['link.db', 'link.db.migrating']); // the log is beside the file
  await database.close();
});

it('what NODE_OPTIONS loads into the process is not loaded for a copying', async () => {
  const { file, write, close } = await opened('options.db', { sync });
  const loaded = `${file}.mjs`;
  writeFileSync(loaded, 'throw new Error("not here")');
  vi.stubEnv('NODE_OPTIONS', `--import ${loaded}`);
  const ended = copying();
  await write(400);
  await ended;
  expect(statSync(file).size).toBeGreaterThan(300 * PAGE);
  await close();
});

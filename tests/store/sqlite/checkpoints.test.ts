// The write-ahead log is copied into its file beside the event loop, where a slow disk holds up nobody, and does not grow without end.
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { emptyLog } from '../../../src/store/engine/wal/empty-log.ts';
import { settled } from '../../fakes/clock.ts';
import { opened } from './written-log.ts';

const PAGE = 4096;
const sync = () => Promise.resolve(); // a disk without waits

it('no commit copies the log: writes go on while the disk takes its time, and one copying is under way at most', async () => {
  const copies: PromiseWithResolvers<void>[] = [];
  const copy = async () => {
    const one = Promise.withResolvers<void>();
    copies.push(one);
    await one.promise;
  };
  const { write, log, close } = await opened('beside.db', { copy, sync });
  await write(1000);
  expect(copies).toHaveLength(1);
  expect(log()).toMatchObject({ checkpointed: 0 });
  expect(log().log).toBeGreaterThan(2000);
  copies[0]?.resolve();
  await settled();
  await write(1);
  expect(copies).toHaveLength(2); // what came meanwhile
  copies[1]?.reject(new Error('EAGAIN: no thread'));
  await settled();
  await write(10);
  expect(copies).toHaveLength(2); // not at each commit again
  await write(1000);
  expect(copies).toHaveLength(3);
  copies[2]?.resolve();
  await close();
});

it('what is written without a pause is copied all the same, and the log begins anew', async () => {
  const { database, file, write, log, close } = await opened('long.db');
  await write(5000); // some 20,000 pages
  expect(statSync(`${file}-wal`).size).toBeLessThan(10_000 * PAGE);
  const left = async () => {
    await write(1);
    return log().log - log().checkpointed;
  };
  await expect.poll(left, { timeout: 20_000 }).toBeLessThanOrEqual(2000); // a thread on a busy machine
  const { count } = await database.sql
    .selectFrom('meta')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('value', 'like', 'xxx%')
    .executeTakeFirstOrThrow();
  expect(count).toBeGreaterThanOrEqual(5000);
  await close();
}, 60_000);

it('a log that nobody copies is copied by SQLite itself in the end', async () => {
  const { file, write, close } = await opened('alone.db', {
    copy: () => Promise.reject(new Error('EAGAIN: no thread')),
    sync,
  });
  await write(10_000); // some 40,000 pages
  expect(statSync(`${file}-wal`).size).toBeLessThan(18_000 * PAGE);
  await close();
}, 60_000);

it('what was removed leaves the log, also when a backup is still reading it', async () => {
  const { database, file, write, close } = await opened('emptied.db');
  await write(3);
  const reader = new DatabaseSync(file);
  reader.exec('BEGIN; SELECT * FROM meta');
  await write(1);
  const emptied = emptyLog(database.sql);
  await settled();
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  reader.close();
  await emptied;
  expect(statSync(`${file}-wal`).size).toBe(0);
  await close();
});

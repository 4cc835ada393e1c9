// What the operator hears of a database after it is open.
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { openWhenThere } from '../../src/wiring/open-database.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a copying of the log that fails is logged and counted, and the write is done all the same', async () => {
  const file = path.join(folder, 'test.db');
  const lines: string[] = [];
  const events: string[] = [];
  const log = createLog({ level: 'info', secrets: [], write: (line) => lines.push(line) });
  const { signal } = new AbortController();
  const count = (event: string) => events.push(event);
  const database = await openWhenThere(`sqlite:${file}`, { stop: signal, log, count });
  renameSync(file, `${file}.away`);
  for (let key = 0; events.length === 0 && key < 2000; key++)
    await database?.sql.insertInto('meta').values({ key: `${key}`, value: 'x'.repeat(4000) }).execute(); // prettier-ignore
  expect(events).toEqual(['sqlite_copy_failed']);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({
      level: 'warn',
      msg: 'the log of SQLite was not copied into its file: tried again with its next 1,000 pages',
      err: expect.objectContaining({ message: expect.stringContaining('ENOENT') as string }) as object,
    }),
  ]);
  await database?.close();
});

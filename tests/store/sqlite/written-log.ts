// A SQLite database in a folder of the test file, a way to fill its log, and what that holds.
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';

type Options = NonNullable<Parameters<typeof openDatabase>[1]>;

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-checkpoints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `write`: some three pages a commit. `log`: pages in the log, and those of them that are in the file (https://www.sqlite.org/pragma.html#pragma_wal_checkpoint). */
export async function opened(name: string, options?: Options) {
  const file = path.join(folder, name);
  const database = await openDatabase(`sqlite:${file}`, options);
  let key = 0;
  const write = async (commits: number, to: Pick<typeof database.sql, 'insertInto'> = database.sql) => {
    for (let at = 0; at < commits; at++)
      await to.insertInto('meta').values({ key: `${key++}`, value: 'x'.repeat(4000) }).execute(); // prettier-ignore
  };
  const other = new DatabaseSync(file);
  const log = () => other.prepare('PRAGMA wal_checkpoint(NOOP)').get() as { log: number; checkpointed: number };
  const close = async () => {
    if (other.isOpen) other.close();
    await database.close();
  };
  return { database, file, other, write, log, close };
}

// A database in a file that is gone afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '../../src/store/database.ts';

export async function inTemporary<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-bench-'));
  const database = await openDatabase(`sqlite:${path.join(folder, 'bench.db')}`);
  try {
    return await work(database);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

// One new database as several processes have it open.
import { type Database, openDatabase } from '../../../src/store/database.ts';

export type Processes = {
  all: readonly [Database, Database, Database];
  /** The first process ends and starts again. */
  restart(): Promise<Database>;
  close(): Promise<void>;
};

export type OpenProcesses = () => Promise<Processes>;

export async function openProcesses(url: string): Promise<Processes> {
  let first = await openDatabase(url);
  const others = [await openDatabase(url), await openDatabase(url)] as const;
  return {
    all: [first, ...others],
    async restart() {
      await first.close();
      first = await openDatabase(url);
      return first;
    },
    async close() {
      for (const database of [first, ...others]) await database.close();
    },
  };
}

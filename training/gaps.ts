// Where the report gets the questions that members asked in vain: the bot's database, when there is one.
import { existsSync } from 'node:fs';
import { openDatabase } from '../src/store/database.ts';
import { createFeedback } from '../src/store/feedback.ts';

export type Gap = { readonly question: string; readonly count: number };

/** The most frequent first; none when the database file does not exist. `url` as in DATABASE_URL. */
export async function readGaps(url: string, limit: number): Promise<readonly Gap[]> {
  if (url.startsWith('sqlite:') && !existsSync(url.slice('sqlite:'.length))) return [];
  const database = await openDatabase(url);
  try {
    return await createFeedback(database, () => 0).gaps(limit);
  } finally {
    await database.close();
  }
}

// What the database does not keep for ever: questions without an answer, lists that were shown, events that were handled, counts of calls, and
// prices that nobody asked for again.
import { DAY } from '../base/clock.ts';
import { MOST_QUOTES, QUOTE_KEPT_MS, QUOTE_KEYS } from '../base/memory.ts';
import type { Database } from './database.ts';
import { inSlices, touched } from './engine/in-slices.ts';
import { GAP_KEPT_MS } from './feedback/feedback.ts';
import { createInbox } from './inbox/inbox.ts';
import { LIST_KEPT_MS } from './shown-lists/shown-lists.ts';

/** Calls are counted by month; of earlier ones the last is asked for, by a clock that is set back. */
const CALLS_KEPT_MS = 92 * DAY;

/** Returns the round that removes old rows; to be called now and then. It throws when the database is away; the next one makes up for it. */
export function createRetention(database: Database, now: () => number): () => Promise<void> {
  const { sql } = database;
  const events = createInbox(database, now);

  async function removeGaps(): Promise<void> {
    const old = sql
      .selectFrom('gap')
      .select(['tenant', 'question'])
      .where('last_at', '<', now() - GAP_KEPT_MS);
    await inSlices(async (most) => {
      const some = old.limit(most).$asTuple('tenant', 'question');
      const removal = sql.deleteFrom('gap').where((eb) => eb(eb.refTuple('tenant', 'question'), 'in', some));
      return touched(await removal.executeTakeFirstOrThrow());
    });
  }

  /** The next list that is shown removes them, too, where one is. */
  async function removeLists(): Promise<void> {
    const old = sql
      .selectFrom('shown_list')
      .select('viewer')
      .where('at', '<', now() - LIST_KEPT_MS);
    await inSlices(async (most) =>
      touched(await sql.deleteFrom('shown_list').where('viewer', 'in', old.limit(most)).executeTakeFirstOrThrow()),
    );
  }

  /** A row a day and source. */
  async function removeCalls(): Promise<void> {
    const oldest = new Date(now() - CALLS_KEPT_MS).toISOString().slice(0, 10);
    await sql.deleteFrom('credit').where('day', '<', oldest).execute();
  }

  async function quoteAges(): Promise<{ key: string; at: number }[]> {
    const found: { key: string; at: number }[] = [];
    const quotes = sql.selectFrom('quote').select(['key', 'at']).where('key', 'like', `${QUOTE_KEYS}%`).orderBy('key');
    await inSlices(async (most) => {
      const after = found.at(-1)?.key;
      const page = after === undefined ? quotes : quotes.where('key', '>', after);
      const rows = await page.limit(most).execute();
      found.push(...rows);
      return rows.length;
    });
    return found;
  }

  async function removeQuotes(): Promise<void> {
    const oldest = now() - QUOTE_KEPT_MS;
    const youngestFirst = (await quoteAges()).sort((a, b) => b.at - a.at);
    const gone = youngestFirst.filter(({ at }, place) => place >= MOST_QUOTES || at < oldest);
    await inSlices(async (most) => {
      const some = gone.splice(0, most);
      const keys = some.map(({ key }) => key);
      const [youngest] = some;
      // One that was renewed meanwhile stays.
      if (youngest !== undefined)
        await sql.deleteFrom('quote').where('key', 'in', keys).where('at', '<=', youngest.at).execute();
      return some.length;
    });
  }

  return async () => {
    await removeGaps();
    await removeLists();
    await removeQuotes();
    await removeCalls();
    await events.purge(); // also where nothing happens any more
  };
}

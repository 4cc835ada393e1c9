// What the database does not keep for ever: questions without an answer, lists that were shown, and prices that nobody asked for again.
import { MOST_QUOTES, QUOTE_KEPT_MS, QUOTE_KEYS } from '../base/memory.ts';
import type { Database } from './database.ts';
import { GAP_KEPT_MS } from './feedback/feedback.ts';
import { LIST_KEPT_MS } from './shown-lists/shown-lists.ts';

/** Rows removed at a time: a round after a long while must not hold the database for seconds. */
const MOST_REMOVED = 10_000;

/** Returns the round that removes old rows; to be called now and then. It throws when the database is away; the next one makes up for it. */
export function createRetention({ sql }: Database, now: () => number): () => Promise<void> {
  return async () => {
    const oldestGap = now() - GAP_KEPT_MS;
    await sql.deleteFrom('gap').where('last_at', '<', oldestGap).execute();
    const oldestList = now() - LIST_KEPT_MS; // the next list that is shown removes them, too, where one is
    await sql.deleteFrom('shown_list').where('at', '<', oldestList).execute();
    const quotes = () => sql.selectFrom('quote').where('key', 'like', `${QUOTE_KEYS}%`);
    const surplus = quotes().select('key').orderBy('at', 'desc').limit(MOST_REMOVED).offset(MOST_QUOTES);
    await sql.deleteFrom('quote').where('key', 'in', surplus).execute();
    const oldestQuote = now() - QUOTE_KEPT_MS;
    await sql.deleteFrom('quote').where('key', 'like', `${QUOTE_KEYS}%`).where('at', '<', oldestQuote).execute();
  };
}

// Many rows are changed some at a time: SQLite answers at once, so that one statement over all of them would hold the event loop.
import { ownTurn } from '../../base/turns.ts';

/** Rows in one statement: a few milliseconds of SQLite. */
export const ROWS_AT_ONCE = 500;

/** Calls `change` with the most rows it may touch, each time in a turn of its own, until it touched fewer. @param change returns how many it touched */
export async function inSlices(change: (most: number) => Promise<number>, most = ROWS_AT_ONCE): Promise<void> {
  do await ownTurn();
  while ((await change(most)) >= most);
}

/** What Kysely says of a removal or a change, as a number. */
export function touched(result: { numDeletedRows: bigint } | { numUpdatedRows: bigint }): number {
  return Number('numDeletedRows' in result ? result.numDeletedRows : result.numUpdatedRows);
}

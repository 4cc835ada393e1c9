// What the market keeps over restarts: last good values and the credits spent.
import { setImmediate as turn } from 'node:timers/promises';
import type { MarketMemory } from '../base/memory.ts';
import type { Database } from './database.ts';
import { createReadDeadline, type ReadDeadline } from './read-deadline.ts';

/** Rows in one statement: about a millisecond of writing, after which others have their turn. */
const SLICE = 25;

/**
 * Reads of the books reject with an AppError (code "late") when the database does not answer in time; what was spent is then written
 * behind the caller.
 */
export function createMarketMemory(
  { sql }: Database,
  { within = createReadDeadline() }: { within?: ReadDeadline } = {},
): MarketMemory {
  async function add(source: string, day: string, calls: number): Promise<void> {
    await sql
      .insertInto('credit')
      .values({ source, day, calls })
      .onConflict((conflict) =>
        conflict.columns(['source', 'day']).doUpdateSet((eb) => ({ calls: eb('credit.calls', '+', calls) })),
      )
      .execute();
  }

  return {
    loadQuotes: () => sql.selectFrom('quote').selectAll().execute(),
    async saveQuotes(given) {
      const rows = [...new Map(given.map((row) => [row.key, row])).values()]; // one statement may not touch a row twice
      if (rows.length === 0) return;
      await sql.transaction().execute(async (transaction) => {
        for (let at = 0; at < rows.length; at += SLICE) {
          if (at > 0) await turn();
          await transaction
            .insertInto('quote')
            .values(rows.slice(at, at + SLICE))
            .onConflict((conflict) =>
              conflict
                .column('key')
                .doUpdateSet((eb) => ({ json: eb.ref('excluded.json'), at: eb.ref('excluded.at') })),
            )
            .execute();
        }
      });
    },
    async creditsOf(source, month) {
      const row = await within(
        sql
          .selectFrom('credit')
          .select(({ fn }) => fn.sum<number | string | null>('calls').as('total'))
          .where('source', '=', source)
          .where('day', 'like', `${month}-%`)
          .executeTakeFirst(),
      );
      return Number(row?.total ?? 0);
    },
    spend: (source, day, calls) => within(add(source, day, calls)),
  };
}

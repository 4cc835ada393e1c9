// What the market keeps over restarts: last good values and the credits spent.
import type { MarketMemory } from '../base/memory.ts';
import { ownTurn } from '../base/turns.ts';
import type { Database } from './database.ts';
import { createReadDeadline, type ReadDeadline } from './read-deadline.ts';

type Row = { key: string; json: string; at: number };

/** Rows and characters in one statement: a millisecond or two of reading or writing, after which others have their turn. */
const SLICE = { rows: 25, characters: 50_000 };

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
    async loadQuotes(prefix = '') {
      const found: Row[] = [];
      let page: Row[] = [];
      do {
        const after = page.at(-1)?.key;
        const rest = sql
          .selectFrom('quote')
          .selectAll()
          .where('key', 'like', `${prefix}%`)
          .orderBy('key')
          .limit(SLICE.rows);
        await ownTurn();
        page = await (after === undefined ? rest : rest.where('key', '>', after)).execute();
        found.push(...page);
      } while (page.length === SLICE.rows);
      return found;
    },
    async saveQuotes(given) {
      // One statement may not touch a row twice; and always in one order, so that two processes cannot wait for each other.
      const rows = [...new Map(given.map((row) => [row.key, row])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
      if (rows.length === 0) return;
      await sql.transaction().execute(async (transaction) => {
        for (const slice of slices(rows)) {
          await ownTurn();
          await transaction
            .insertInto('quote')
            .values(slice)
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

function slices(rows: readonly Row[]): Row[][] {
  const cut: Row[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    characters += row.json.length;
    const last = cut.at(-1);
    if (last !== undefined && last.length < SLICE.rows && characters <= SLICE.characters) last.push(row);
    else [characters] = [row.json.length, cut.push([row])];
  }
  return cut;
}

// What the market keeps over restarts: last good values and the credits spent.
import type { MarketMemory } from '../base/memory.ts';
import type { Database } from './database.ts';

export function createMarketMemory({ sql }: Database): MarketMemory {
  return {
    loadQuotes: () => sql.selectFrom('quote').selectAll().execute(),
    async saveQuotes(rows) {
      if (rows.length === 0) return;
      await sql.transaction().execute(async (transaction) => {
        for (const row of rows) {
          await transaction
            .insertInto('quote')
            .values(row)
            .onConflict((conflict) => conflict.column('key').doUpdateSet({ json: row.json, at: row.at }))
            .execute();
        }
      });
    },
    async creditsOf(source, month) {
      const row = await sql
        .selectFrom('credit')
        .select(({ fn }) => fn.sum<number | string | null>('calls').as('total'))
        .where('source', '=', source)
        .where('day', 'like', `${month}-%`)
        .executeTakeFirst();
      return Number(row?.total ?? 0);
    },
    async spend(source, day, calls) {
      await sql
        .insertInto('credit')
        .values({ source, day, calls })
        .onConflict((conflict) =>
          conflict.columns(['source', 'day']).doUpdateSet((eb) => ({ calls: eb('credit.calls', '+', calls) })),
        )
        .execute();
    },
  };
}

// What a first version of a sender looks like: the row is marked after the post, without a key that anybody knows. A planted mistake.
import type { Bot } from '../../../src/bots/bot.ts';
import { planDue } from '../../../src/digests/schedule/plan-due.ts';
import type { Database } from '../../../src/store/database.ts';
import { materialiseDue } from '../../../src/store/digests/due.ts';

/** One round: everything that is due is posted, then marked. */
export async function postThenMark(
  database: Database,
  bots: ReadonlyMap<string, Bot>,
  now: () => number,
): Promise<void> {
  await materialiseDue(database, now(), 250, (rows) => planDue(rows, { now: now(), restoredUntil: 0 }));
  const rows = await database.sql.selectFrom('delivery').selectAll().where('state', '=', 'pending').execute();
  for (const row of rows) {
    const bot = bots.get(row.platform);
    const card = {
      kind: 'digest',
      outcome: 'ok',
      tone: 'info',
      title: `digest ${row.occurrence}`,
      blocks: [],
    } as const;
    const body = await bot?.prepare(card);
    if (bot === undefined || body === undefined) continue;
    const outcome = await bot.post(
      { tenant: row.tenant, channel: row.channel },
      body,
      `${row.id.slice(-12)}${now() % 1e9}`,
    );
    if (outcome.kind !== 'sent') continue;
    await database.sql
      .updateTable('delivery')
      .set({ state: 'sent', not_before: null })
      .where('id', '=', row.id)
      .execute();
  }
}

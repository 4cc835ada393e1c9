// What a first version of a sender looks like: the row is marked after the post, without a key that anybody knows. A planted mistake.
import type { Bot } from '../../src/bots/bot.ts';
import { planDue } from '../../src/digests/schedule/plan-due.ts';
import { materialiseDue } from '../../src/store/digests/due.ts';
import type { Life } from './life.ts';

/** One round: everything that is due is posted, then marked. */
export async function postThenMark(life: Life, bots: ReadonlyMap<string, Bot>, now: () => number): Promise<void> {
  const { database } = life;
  await materialiseDue(database, now(), 250, (rows) => planDue(rows, { now: now(), restoredUntil: 0 }));
  const rows = await database.sql.selectFrom('delivery').selectAll().where('state', '=', 'pending').execute();
  for (const row of rows) {
    const body = { json: `digest ${row.occurrence}`, files: [] };
    const target = { tenant: row.tenant, channel: row.channel };
    const outcome = await bots.get(row.platform)?.post(target, body, `${row.id.slice(-12)}${now() % 1e9}`);
    if (outcome?.kind !== 'sent') continue;
    await database.sql
      .updateTable('delivery')
      .set({ state: 'sent', not_before: null })
      .where('id', '=', row.id)
      .execute();
  }
}

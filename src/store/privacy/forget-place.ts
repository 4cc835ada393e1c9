// Everything that is stored about one server or workspace, and its removal at the word of the operator.
import { type RawBuilder, sql } from 'kysely';
import { removeAlerts } from '../alerts/remove.ts';
import type { Database } from '../database.ts';
import { daysDue } from '../delivery/days-due.ts';
import { oneAtATime } from '../engine/one-at-a-time.ts';
import { emptyLog } from '../engine/wal/empty-log.ts';

/** `tenant`: a server, workspace or organisation, by its id. */
export type StoredPlace = { platform: string; tenant: string };

/** Tables whose rows name their platform, beside `alert` and `delivery`. */
const BY_PLATFORM = ['subscription', 'ticker'] as const;
/** Ids of servers and of workspaces have different forms, so these need none. */
const BY_TENANT = ['vote', 'mismatch', 'gap', 'workspace_flag'] as const;

/**
 * Removes, or with `only: 'count'` counts, the rows of a place: alerts with their history, digests, tickers, the ledger of posts, counts,
 * questions, and that it was greeted. What a Slack app was installed with goes when the app is removed there.
 * @returns how many rows of each table, without those that hang on an alert
 */
export async function forgetPlace(
  database: Database,
  { platform, tenant }: StoredPlace,
  only?: 'count',
): Promise<Readonly<Record<string, number>>> {
  const found: Record<string, number> = { delivery: 0 };
  await oneAtATime(database, 'forget', async (transaction) => {
    const alerts = transaction
      .selectFrom('alert')
      .select('id')
      .where('platform', '=', platform)
      .where('tenant', '=', tenant);
    const work = async (table: string, rows: RawBuilder<unknown>) => {
      const counted = sql<{ count: number | string }>`SELECT count(*) AS count FROM ${sql.table(table)} WHERE ${rows}`;
      found[table] = (found[table] ?? 0) + Number((await counted.execute(transaction)).rows[0]?.count);
      if (only === undefined) await sql`DELETE FROM ${sql.table(table)} WHERE ${rows}`.execute(transaction);
    };
    found['alert'] = only === undefined ? await removeAlerts(transaction, alerts) : (await alerts.execute()).length;
    const greeted = transaction.selectFrom('inbox').select('key').where('key', '=', `${platform}-greeted:${tenant}`);
    found['inbox'] = (await greeted.execute()).length;
    if (only === undefined) await transaction.deleteFrom('inbox').where('key', 'in', greeted).execute();
    for (const table of BY_PLATFORM) await work(table, sql`platform = ${platform} AND tenant = ${tenant}`);
    for await (const { from, until } of daysDue(transaction)) {
      const inDay = sql`due_at >= ${from} AND due_at < ${until}`;
      await work('delivery', sql`platform = ${platform} AND tenant = ${tenant} AND ${inDay}`);
    }
    for (const table of BY_TENANT) await work(table, sql`tenant = ${tenant}`);
  });
  if (database.engine === 'sqlite') await emptyLog(database.sql); // nothing of it stays beside the file
  return found;
}

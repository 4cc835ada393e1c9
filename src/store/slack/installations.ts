// Workspaces that installed the app, and which block types each rejects.
import type { Installations } from '../../bots/platform.ts';
import type { Database } from '../database.ts';

/** `Installations` of a database; `now`: epoch ms. */
export function createInstallations({ sql }: Database, now: () => number): Installations {
  return {
    async store(key, sealed) {
      const at = now();
      await sql
        .insertInto('installation')
        .values({ key, sealed, at })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ sealed, at }))
        .execute();
    },
    async fetch(key) {
      const row = await sql
        .selectFrom('installation')
        .select(['sealed', 'at'])
        .where('key', '=', key)
        .executeTakeFirst();
      return row ?? null;
    },
    async remove(key, sealed) {
      const removed = await sql
        .deleteFrom('installation')
        .where('key', '=', key)
        .where('sealed', '=', sealed)
        .returning('key')
        .execute();
      return removed.length > 0;
    },
    async tenantsOf(organisation) {
      const ofIt = `${organisation.replaceAll(/[^A-Z0-9]/gi, '')}/%`;
      const rows = await sql
        .selectFrom('subscription')
        .select('tenant')
        .where('platform', '=', 'slack')
        .where('tenant', 'like', ofIt)
        .union(sql.selectFrom('alert').select('tenant').where('platform', '=', 'slack').where('tenant', 'like', ofIt))
        .execute();
      return rows.map(({ tenant }) => tenant);
    },
    async flaggedAt(tenant, flag) {
      const row = await sql
        .selectFrom('workspace_flag')
        .select('at')
        .where('tenant', '=', tenant)
        .where('flag', '=', flag)
        .executeTakeFirst();
      return row?.at ?? null;
    },
    async setFlag(tenant, flag, at) {
      await sql
        .insertInto('workspace_flag')
        .values({ tenant, flag, at })
        .onConflict((conflict) => conflict.columns(['tenant', 'flag']).doUpdateSet({ at }))
        .execute();
    },
  };
}

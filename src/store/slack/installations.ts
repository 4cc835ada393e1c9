// Workspaces that installed the app, and which block types each rejects.
import type { Database } from '../database.ts';

export type Installations = {
  store(key: string, sealed: string): Promise<void>;
  fetch(key: string): Promise<{ sealed: string; at: number } | null>;
  /** Removes the installation unless it was made after `before` (epoch ms): a late "uninstalled" must not undo a new installation. */
  remove(key: string, before: number): Promise<boolean>;
  flaggedAt(tenant: string, flag: string): Promise<number | null>;
  setFlag(tenant: string, flag: string, at: number): Promise<void>;
};

/** Event times are whole seconds, ours are milliseconds. */
const SECOND_MS = 1000;

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
    async remove(key, before) {
      const removed = await sql
        .deleteFrom('installation')
        .where('key', '=', key)
        .where('at', '<', before + SECOND_MS)
        .returning('key')
        .execute();
      return removed.length > 0;
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

// The schema step of a year's rows: indexes for what was looked for row by row, which held the event loop.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { IS_CLOSED } from './alerts/tables.ts';
import { isSet } from './columns.ts';
import { IS_DIRECT } from './delivery/tables.ts';

/** Those on `delivery` hold the few rows of their condition, so that other posts are written as fast as before. */
export const shortTurnsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    const index = (name: string, table: string) => db.schema.createIndex(name).on(table);
    await index('delivery_removals', 'delivery').column('platform').where(isSet('removes')).execute();
    await index('delivery_direct', 'delivery').column('channel').where(IS_DIRECT).execute();
    for (const name of ['alert_changed', 'alert_owner']) await db.schema.dropIndex(name).execute();
    await index('alert_changed', 'alert').columns(['changed_at', 'id']).execute();
    await index('alert_owner', 'alert').columns(['platform', 'owner', 'tenant']).execute();
    await index('alert_closed', 'alert').column('changed_at').where(IS_CLOSED).execute();
    await index('alert_event_kind', 'alert_event').column('kind').execute();
  },
};

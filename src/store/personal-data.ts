// Everything that is stored about one person, and its removal: alerts with their history and messages, and the name on digests.
import { type Selectable, sql } from 'kysely';
import type { PersonalData } from '../app/services.ts';
import { directTarget } from '../base/direct-target.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

type Person = Parameters<PersonalData['of']>[0];

/**
 * Ids of people are the same in all servers of Discord; in Slack each workspace has its own, so there only one is looked at. Digests belong to
 * their channel and stay, without a name.
 */
export function createPersonalData({ sql: db, engine }: Database): PersonalData {
  const mine = <T extends 'alert' | 'subscription'>(table: T, { platform, tenant, userId }: Person) => {
    const rows = db
      .selectFrom(table as 'alert')
      .selectAll()
      .where('platform', '=', platform)
      .where('owner', '=', userId);
    return (platform === 'discord' ? rows : rows.where('tenant', '=', tenant)).orderBy('id') as unknown as {
      execute(): Promise<Selectable<Tables[T]>[]>;
    };
  };
  return {
    async of(person) {
      const [alerts, digests] = await Promise.all([
        mine('alert', person).execute(),
        mine('subscription', person).execute(),
      ]);
      return {
        alerts: alerts.map(({ id, spec, status, channel, created_at: at }) => ({ id, spec, status, channel, at })),
        digests: digests.map(({ id, spec, status, channel, created_at: at }) => ({ id, spec, status, channel, at })),
      };
    },
    async forget(person) {
      const [alerts, digests] = await Promise.all([
        mine('alert', person).execute(),
        mine('subscription', person).execute(),
      ]);
      const ids = alerts.map(({ id }) => id);
      await db.transaction().execute(async (transaction) => {
        for (const id of ids) {
          await transaction.deleteFrom('alert_event').where('alert_id', '=', id).execute();
          // The body of an alert belongs to its message alone, and may name the person whom it calls.
          const told = transaction
            .selectFrom('delivery')
            .select(sql<string>`body_id`.as('id'))
            .where('subscription_id', '=', id)
            .where('body_id', 'is not', null);
          await transaction.deleteFrom('body').where('id', 'in', told).execute();
          await transaction.deleteFrom('delivery').where('subscription_id', '=', id).execute();
          await transaction.deleteFrom('alert').where('id', '=', id).execute();
        }
        for (const { id, status } of digests)
          if (status === 'draft') await transaction.deleteFrom('subscription').where('id', '=', id).execute();
          else await transaction.updateTable('subscription').set({ owner: '', told: 1 }).where('id', '=', id).execute();
        // Direct messages of other kinds, sent or waiting; those of Slack of this workspace only.
        const direct = transaction
          .deleteFrom('delivery')
          .where('platform', '=', person.platform)
          .where('channel', '=', directTarget(person.userId));
        await (person.platform === 'discord' ? direct : direct.where('tenant', '=', person.tenant)).execute();
      });
      if (engine === 'sqlite') await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db); // nothing of it stays in the log beside the file
      return { alerts: ids.length, digests: digests.length };
    },
  };
}

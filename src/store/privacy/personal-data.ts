// Everything that is stored about one person, and its removal: alerts with their history and messages, and the name on digests.
import type { Selectable } from 'kysely';
import type { PersonalData } from '../../app/services.ts';
import { directTarget } from '../../base/direct-target.ts';
import type { Database } from '../database.ts';
import { IS_DIRECT } from '../delivery/tables.ts';
import { emptyLog } from '../engine/wal/empty-log.ts';
import { removeAlert } from '../alerts/remove.ts';
import type { Tables } from '../tables.ts';

type Person = Parameters<PersonalData['of']>[0];

/**
 * Ids of people are the same in all servers of Discord; in Slack each workspace has its own, so there only one is looked at. Digests belong to
 * their channel and stay, without a name; those that come as direct messages to this person go.
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
  /** Ids of direct messages to them, of any kind, sent or waiting. */
  const messagesTo = async ({ platform, tenant, userId }: Person, sql = db): Promise<string[]> => {
    const rows = sql
      .selectFrom('delivery')
      .select('id')
      .where('platform', '=', platform)
      .where('channel', '=', directTarget(userId))
      .where(IS_DIRECT);
    const theirs = platform === 'discord' ? rows : rows.where('tenant', '=', tenant);
    return (await theirs.execute()).map(({ id }) => id);
  };
  const kept = async (person: Person) => {
    const [alerts, digests, messages] = await Promise.all([
      mine('alert', person).execute(),
      mine('subscription', person).execute(),
      messagesTo(person),
    ]);
    return { alerts, digests, messages };
  };
  return {
    async of(person) {
      const { alerts, digests, messages } = await kept(person);
      return {
        alerts: alerts.map(({ id, spec, status, channel, created_at: at }) => ({ id, spec, status, channel, at })),
        digests: digests.map(({ id, spec, status, channel, created_at: at }) => ({ id, spec, status, channel, at })),
        messages: messages.length,
      };
    },
    async forget(person) {
      const { alerts, digests, messages } = await kept(person);
      const ids = alerts.map(({ id }) => id);
      const own = directTarget(person.userId);
      const posts = digests.filter(({ channel }) => channel === own).length;
      await db.transaction().execute(async (transaction) => {
        for (const id of ids) await removeAlert(transaction, id);
        for (const { id, status, channel } of digests)
          if (status === 'draft' || channel === own)
            await transaction.deleteFrom('subscription').where('id', '=', id).execute();
          else await transaction.updateTable('subscription').set({ owner: '', told: 1 }).where('id', '=', id).execute();
        const planned = await messagesTo(person, transaction); // those of a digest that was due meanwhile, too
        for (const id of planned) await transaction.deleteFrom('delivery').where('id', '=', id).execute();
      });
      if (engine === 'sqlite') await emptyLog(db); // nothing of it stays beside the file
      return { alerts: ids.length, digests: digests.length - posts, posts, messages: messages.length };
    },
  };
}

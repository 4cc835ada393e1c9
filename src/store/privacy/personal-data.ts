// Everything that is stored about one person, and its removal: alerts with their history and messages, and the name on digests.
import type { Kysely, Transaction } from 'kysely';
import type { PersonalData } from '../../app/services.ts';
import { directTarget } from '../../base/direct-target.ts';
import { eventCounts } from '../alerts/events.ts';
import { removeAlerts } from '../alerts/remove.ts';
import type { Database } from '../database.ts';
import { IS_DIRECT } from '../delivery/tables.ts';
import { oneAtATime } from '../engine/one-at-a-time.ts';
import { emptyLog } from '../engine/wal/empty-log.ts';
import type { Tables } from '../tables.ts';

type Person = Parameters<PersonalData['of']>[0];

/**
 * Ids of people are the same in all servers of Discord; in Slack each workspace has its own, so there only one is looked at. Digests belong to
 * their channel and stay, without a name; drafts go, and those that come to this person alone.
 */
export function createPersonalData(database: Database): PersonalData {
  const { sql: db, engine } = database;
  return {
    async of(person) {
      const [alerts, digests, messages] = await Promise.all([
        alertsOf(db, person).selectAll().execute(),
        digestsOf(db, person).execute(),
        messagesTo(db, person).execute(),
      ]);
      const events = await eventCounts(
        db,
        alerts.map(({ id }) => id),
      );
      const made = digests.map(({ created_at: at, local_time: time, ...rest }) => ({ ...rest, at, time }));
      return {
        alerts: alerts.map(({ id, spec, status, channel, created_at: at }) => {
          return { id, spec, status, channel, at, events: events.get(id) ?? 0 };
        }),
        ...sorted(made, person),
        messages: messages.length,
      };
    },
    async forget(person) {
      const counts = await oneAtATime(database, 'forget', (transaction) => forgetIn(transaction, person, engine));
      if (engine === 'sqlite') await emptyLog(db); // nothing of it stays beside the file
      return counts;
    },
  };
}

async function forgetIn(transaction: Transaction<Tables>, person: Person, engine: Database['engine']) {
  const removeMessages = async () => {
    const ids = (await messagesTo(transaction, person).execute()).map(({ id }) => id);
    if (ids.length > 0) await transaction.deleteFrom('delivery').where('id', 'in', ids).execute();
  };
  const messages = (await messagesTo(transaction, person).execute()).length;
  const alerts = await removeAlerts(transaction, alertsOf(transaction, person).select('id'));
  await removeMessages(); // before the digests: whoever notes that one was told has the message first, too
  const rows = digestsOf(transaction, person);
  const { digests, posts, drafts } = sorted(await (engine === 'postgres' ? rows.forUpdate() : rows).execute(), person);
  for (const { id } of digests)
    await transaction.updateTable('subscription').set({ owner: '', told: 1 }).where('id', '=', id).execute();
  for (const { id } of [...posts, ...drafts]) {
    await transaction.deleteFrom('subscription').where('id', '=', id).execute();
    await transaction.deleteFrom('delivery').where('subscription_id', '=', id).execute(); // what was due meanwhile, too
  }
  await removeMessages(); // what was planned until the digests were ours
  return { alerts, digests: digests.length, posts: posts.length, drafts: drafts.length, messages };
}

/** Those of channels, those that come to the person alone, and what nobody started. */
function sorted<T extends { status: string; channel: string }>(all: readonly T[], { platform, userId }: Person) {
  const isPost = ({ channel }: T) =>
    // Slack's direct conversations: https://docs.slack.dev/reference/objects/conversation-object
    channel === directTarget(userId) || (platform === 'slack' && channel.startsWith('D'));
  const started = all.filter(({ status }) => status !== 'draft');
  return {
    digests: started.filter((row) => !isPost(row)),
    posts: started.filter(isPost),
    drafts: all.filter(({ status }) => status === 'draft'),
  };
}

function alertsOf(sql: Kysely<Tables>, { platform, tenant, userId }: Person) {
  const rows = sql.selectFrom('alert').where('platform', '=', platform).where('owner', '=', userId);
  return (platform === 'discord' ? rows : rows.where('tenant', '=', tenant)).orderBy('id');
}

function digestsOf(sql: Kysely<Tables>, { platform, tenant, userId }: Person) {
  const rows = sql
    .selectFrom('subscription')
    .select(['id', 'spec', 'status', 'channel', 'created_at', 'local_time', 'zone', 'days'])
    .where('platform', '=', platform)
    .where('owner', '=', userId);
  return (platform === 'discord' ? rows : rows.where('tenant', '=', tenant)).orderBy('id');
}

/** Direct messages to them, of any kind, sent or waiting. */
function messagesTo(sql: Kysely<Tables>, { platform, tenant, userId }: Person) {
  const rows = sql
    .selectFrom('delivery')
    .select('id')
    .where('platform', '=', platform)
    .where('channel', '=', directTarget(userId))
    .where(IS_DIRECT);
  return platform === 'discord' ? rows : rows.where('tenant', '=', tenant);
}

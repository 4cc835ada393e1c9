// What people want of the bots in the simulation: digests that were made before, and alerts that somebody makes in the midst of trouble.
import { MINUTE } from '../../src/base/clock.ts';
import type { Database } from '../../src/store/database.ts';
import { subscription } from '../delivery/stage.ts';
import type { Promised } from './oracle.ts';
import type { Process } from './processes.ts';
import type { Random } from './random.ts';

const DIGESTS = 6;
/** How far above the present price alerts are made: two that may cross in the midst of trouble, one that cannot. */
const ALERTS = [1.01, 1.02, 1.3];
/** Whoever hears nothing asks for another one, in another channel: that many at most. */
const MOST_ASKED = 9;

const platformOf = (index: number): 'discord' | 'slack' => (index % 2 === 0 ? 'discord' : 'slack');
/** As the platforms write them. */
const channelOf = (index: number): string =>
  platformOf(index) === 'discord' ? `71000000000000000${index}` : `C00000${index}`;
const personOf = (index: number): string =>
  platformOf(index) === 'discord' ? `72000000000000000${index}` : `U00000${index}`;
const conversationWith = (index: number): string =>
  platformOf(index) === 'discord' ? `73${personOf(index).slice(2)}` : `D${personOf(index)}`;

/** Subscriptions that are due in the first minutes after `start` (epoch ms). */
export async function addDigests(database: Database, start: number, random: Random): Promise<Promised['digests']> {
  const rows = Array.from({ length: DIGESTS }, (_, index) => {
    const due = start + random.between(1, 7) * MINUTE;
    return subscription(index, start, {
      platform: platformOf(index),
      channel: channelOf(index),
      local_time: new Date(due).toISOString().slice(11, 16),
      next_at: due,
      after_at: due - 1,
    });
  });
  await database.sql.insertInto('subscription').values(rows).execute();
  return rows.map(({ platform, channel }) => ({ platform, channel }));
}

/** Somebody makes an alert, in a channel or for themselves; it counts from the moment at which the bot said yes. `price`: the present one, US dollars. */
export function ask(processes: readonly Process[], promised: Promised, price: number): void {
  const index = promised.asked;
  const process = processes.find(({ life }) => life.alive() && !life.standing());
  const kind = index % ALERTS.length;
  const above = ALERTS[kind];
  if (process === undefined || above === undefined) return;
  if (promised.alerts.size >= ALERTS.length || index >= MOST_ASKED) return;
  promised.asked++;
  const platform = platformOf(index);
  const direct = kind === ALERTS.length - 1;
  const channel = direct ? `user:${personOf(index)}` : channelOf(index);
  const made = process.create(
    {
      target: { kind: 'coin', id: 'bittensor' },
      label: 'TAO',
      currency: 'usd',
      condition: { kind: 'above', price: Math.round(price * above * 100) / 100 },
      repeat: 'once',
      channel: direct ? null : channel,
      days: 30,
      locale: 'en',
    },
    { platform, tenant: 't1', channel: channelOf(index), userId: personOf(index) },
  );
  const counts = (): void =>
    void promised.alerts.set(channel, { platform, channel, shownIn: direct ? conversationWith(index) : channel });
  made.then(
    () => void (process.life.alive() && counts()),
    () => undefined,
  );
}

/** Channels of the alerts of which a crossing was given up. */
export async function missedAlerts({ sql }: Database): Promise<ReadonlySet<string>> {
  const rows = await sql
    .selectFrom('alert_event')
    .innerJoin('alert', 'alert.id', 'alert_event.alert_id')
    .select('alert.channel')
    .where('alert_event.kind', '=', 'missed')
    .execute();
  return new Set(rows.map(({ channel }) => channel));
}

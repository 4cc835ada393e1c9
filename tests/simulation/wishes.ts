// What people want of the bots in the simulation: digests that were made before, and alerts that somebody makes in the midst of trouble.
import { MINUTE } from '../../src/base/clock.ts';
import { UserError } from '../../src/base/errors.ts';
import type { Database } from '../../src/store/database.ts';
import { subscription } from '../delivery/stage.ts';
import type { Promised } from './oracle.ts';
import { FIRST_PRICE } from './wire/prices.ts';
import type { Process } from './processes.ts';
import type { Random } from './random.ts';

const DIGESTS = 6;
const ALERTS = 3;

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

/** Somebody makes an alert, in a channel or for themselves; it counts from the moment at which the bot said yes. */
export function ask(processes: readonly Process[], promised: Promised): void {
  const index = promised.alerts.size;
  const process = processes.find(({ life }) => life.alive() && !life.standing());
  if (process === undefined || index >= ALERTS) return;
  const platform = platformOf(index);
  const direct = index === ALERTS - 1;
  const channel = direct ? `user:${personOf(index)}` : channelOf(index);
  const made = process.create(
    {
      target: { kind: 'coin', id: 'bittensor' },
      label: 'TAO',
      currency: 'usd',
      condition: { kind: 'above', price: Math.round(FIRST_PRICE * (1.25 + index / 20) * 100) / 100 },
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
    (error: unknown) => {
      // Made before, by a process that died before it could say so.
      if (error instanceof UserError && error.code === 'same-alert') counts();
    },
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

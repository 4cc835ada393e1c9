// The buttons under an alert, pressed through the real bots: again, snooze, keep and delete do what they say for its owner, and nothing for others.
import { describe, expect, it } from 'vitest';
import type { Asker, AlertView } from '../../src/alerts/alerts.ts';
import { crossedCard, endingCard } from '../../src/app/alerts/card.ts';
import type { Card } from '../../src/app/card.ts';
import { CHANNEL, GUILD } from '../fakes/discord/events.ts';
import { openBothBots } from './both-bots.ts';
import { idsOf, somebody, textOf } from './discord/people.ts';
import { DAY } from '../../src/base/clock.ts';

const both = openBothBots();

/** An alert of TAO that was told, as its owner has it. */
async function toldAlert(asker: Asker): Promise<AlertView> {
  const { alerts } = both.discord.core.services;
  const target = { kind: 'coin', id: 'bittensor' } as const;
  const condition = { kind: 'ath' } as const;
  const wish = { target, label: 'TAO', currency: 'usd', condition, repeat: 'once', channel: null } as const;
  const { alert } = await alerts.create({ ...wish, days: 2, locale: 'en' }, asker);
  const done = both.discord.core.database.sql.updateTable('alert').set({ status: 'done' });
  await done.where('id', '=', alert.id).execute();
  return { ...alert, status: 'done' };
}

const crossed = (alert: AlertView): Card =>
  crossedCard({ alert, crossedAt: both.now(), value: 301, mention: null }, both.now());

type Press = (card: Card, label: string, user: string) => Promise<string>;

/** Posts the card, presses its button and reads the private answer. */
const onDiscord: Press = async (card, label, user) => {
  const { discord: platform } = both.discord;
  const message = await both.postOnDiscord(card);
  const commands = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const place = commands.findIndex((button) => button.label === label);
  const pressed = platform.interact({ button: idsOf(message.body)[place] ?? 'none', on: message, id: user });
  await platform.answered(pressed);
  return textOf(pressed.followUps[0] ?? pressed.message); // an answer that took its time comes as a message of its own
};

const onSlack: Press = async (card, label, user) => {
  const { slack: platform } = both.slack;
  const message = await both.postOnSlack(card);
  const count = platform.messages().length;
  await platform.press(message, label, { user });
  await platform.until(() => platform.messages().length > count);
  return JSON.stringify(platform.messages().at(-1));
};

describe.each<[string, Press, (user: string) => Asker]>([
  ['Discord', onDiscord, (userId) => ({ platform: 'discord', tenant: GUILD, channel: CHANNEL, userId })],
  ['Slack', onSlack, (userId) => ({ platform: 'slack', tenant: 'T0TEAM', channel: 'C0AAA', userId })],
])('%s', (_, press, askerOf) => {
  const person = (word: string) => (press === onDiscord ? somebody() : `U0${word}`);

  it('again, snooze, keep, delete: each for its owner', async () => {
    const owner = person('OWNER');
    const asker = askerOf(owner);
    const alert = await toldAlert(asker);
    const now = async () => (await both.discord.core.services.alerts.list(asker)).find(({ id }) => id === alert.id);
    expect(await press(crossed(alert), 'Again', owner)).toContain('Alert resumed');
    expect(await now()).toMatchObject({ status: 'active' });
    expect(await press(crossed({ ...alert, status: 'active' }), 'Snooze 1 day', owner)).toContain('Alert snoozed');
    expect((await now())?.snoozedUntil).toBe(both.now() + DAY);
    expect(await press(endingCard(alert, null), 'Keep 30 days more', owner)).toContain('Alert extended');
    expect((await now())?.expiresAt).toBe(both.now() + 30 * DAY);
    expect(await press(endingCard(alert, null), 'Delete', owner)).toContain('Alert deleted');
    expect(await now()).toBeUndefined();
  });

  it('nothing happens when somebody else presses', async () => {
    const asker = askerOf(person('OTHER'));
    const alert = await toldAlert(asker);
    for (const label of ['Again', 'Delete'])
      expect(await press(crossed(alert), label, person(`X${label.toUpperCase()}`))).toContain('No such alert');
    expect((await both.discord.core.services.alerts.list(asker))[0]).toMatchObject({ id: alert.id, status: 'done' });
  });
});

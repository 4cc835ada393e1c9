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

  it('a long list has all of them, in pages, and each can be chosen', async () => {
    const asker = askerOf(person('LISTS'));
    const { dispatch, services, database } = both.discord.core;
    const made = services.alerts;
    const target = { kind: 'coin', id: 'bittensor' } as const;
    const wish = {
      target,
      label: 'TAO',
      currency: 'usd',
      repeat: 'once',
      channel: null,
      days: 2,
      locale: 'en',
    } as const;
    for (let above = 0; above < 22; above++)
      await made.create({ ...wish, condition: { kind: 'above', price: 400 + 5 * above } }, asker);
    const refused = { status: 'stopped', last_error: 'closed-dm', told: 1 } as const; // the longest lines
    await database.sql.updateTable('alert').set(refused).where('owner', '=', asker.userId).execute();
    const ask = (args: Record<string, string>) =>
      dispatch({
        platform: asker.platform,
        command: 'alert list',
        args,
        locale: 'en',
        via: 'control',
        user: { id: asker.userId, canManage: false },
        place: { tenant: asker.tenant, channel: asker.channel },
      });
    const second = await press(await ask({}), 'Next', asker.userId);
    for (const words of ['21 TAO above', '22 TAO above', '21–22 of 22']) expect(second).toContain(words);
    const options = (await ask({ page: '2' })).blocks.flatMap((block) => (block.kind === 'menu' ? block.options : []));
    expect(options.map(({ label }) => label.slice(0, 12))).toEqual(['21 TAO above', '22 TAO above']);
    const chosen = await ask({ ...options[1]?.invocation.args });
    expect(JSON.stringify(chosen.blocks)).toContain(options[1]?.label.slice(3));
    expect(JSON.stringify(chosen.blocks)).toContain('alert resume');
  });

  it('nothing happens when somebody else presses', async () => {
    const asker = askerOf(person('OTHER'));
    const alert = await toldAlert(asker);
    for (const label of ['Again', 'Delete'])
      expect(await press(crossed(alert), label, person(`X${label.toUpperCase()}`))).toContain('No such alert');
    expect((await both.discord.core.services.alerts.list(asker))[0]).toMatchObject({ id: alert.id, status: 'done' });
  });
});

// A digest and an alert are for everybody in the channel: whoever presses a button under them reads the answer alone, and the post stays as it is.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AlertView } from '../../src/alerts/alerts.ts';
import { crossedCard } from '../../src/app/alerts/card.ts';
import type { Card } from '../../src/app/card.ts';
import { digestCard } from '../../src/app/digest/card.ts';
import type { Services } from '../../src/app/services.ts';
import { CHANNEL } from '../fakes/discord/events.ts';
import { type DiscordScene, openDiscordScene } from '../fakes/discord/scene.ts';
import { idsOf, somebody, textOf } from './discord/people.ts';
import { openScene, type Scene } from './slack/scene.ts';

let discord: DiscordScene;
let slack: Scene;
beforeAll(async () => {
  discord = await openDiscordScene();
  slack = await openScene(discord.core);
});
afterAll(async () => {
  await slack.close();
  await discord.close();
});

const alert: AlertView = {
  id: 'abcdefgh',
  status: 'done',
  label: 'TAO',
  locale: 'en',
  currency: 'usd',
  repeat: 'once',
  target: { kind: 'coin', id: 'bittensor' },
  condition: { kind: 'above', price: 300 },
  channel: null,
  toldAt: null,
  snoozedUntil: null,
  expiresAt: Date.now() + 86_400_000,
  missed: 0,
  trouble: null,
};

const posts: Record<string, (services: Services, now: number) => Card | Promise<Card>> = {
  digest: (services, now) =>
    digestCard(
      { coins: ['bittensor'], currency: 'usd', locale: 'en', zone: 'UTC', subnets: false, dueAt: now, late: false },
      services,
      now,
    ),
  alert: (_services, now) => crossedCard({ alert, crossedAt: now, value: 301, mention: null }, now),
};

const BUTTONS: [string, string, string][] = [
  ['digest', 'Show answer', 'faq?'],
  ['digest', 'Full card', 'coin?'],
  ['digest', 'Alert me', 'alert create?'],
  ['alert', 'TAO card', 'coin?'],
];

const card = async (post: string): Promise<Card> => {
  const make = posts[post];
  if (make === undefined) throw new Error(`no post ${post}`);
  return await make(discord.core.services, Date.now());
};

it.each(BUTTONS)('Discord: %s, %s', async (post, _label, command) => {
  const { bot, discord: platform } = discord;
  const sent = await bot.post(
    { tenant: '0', channel: CHANNEL },
    await bot.prepare(await card(post)),
    `${post}${_label}`,
  );
  if (sent.kind !== 'sent') throw new Error(sent.kind);
  const message = platform.messages().find(({ id }) => id === sent.messageId);
  if (message === undefined) throw new Error('not posted');
  const before = textOf(message);
  const button = idsOf(message.body).find((id) => id.startsWith(command)) ?? 'none';
  const pressed = platform.interact({ button, on: message, id: somebody() });
  await platform.answered(pressed);
  expect([pressed.message?.ephemeral, pressed.message?.id === message.id]).toEqual([true, false]);
  expect([message.edits, textOf(message)]).toEqual([0, before]);
});

it.each(BUTTONS)('Slack: %s, %s', async (post, label) => {
  const { bot, slack: platform } = slack;
  const sent = await bot.post(
    { tenant: 'T0TEAM', channel: 'C0AAA' },
    await bot.prepare(await card(post)),
    post + label,
  );
  if (sent.kind !== 'sent') throw new Error(sent.kind);
  const message = platform.messages().find(({ ts }) => ts === sent.messageId);
  if (message === undefined) throw new Error('not posted');
  const count = platform.messages().length;
  await platform.press(message, label, { user: `U0${post}${label.length}` });
  await platform.until(() => platform.messages().length > count);
  expect(platform.messages().at(-1)?.ephemeralFor).toBe(`U0${post}${label.length}`);
  expect(message.edits).toBe(0);
});

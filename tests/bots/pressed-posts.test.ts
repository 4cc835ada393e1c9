// A digest and an alert are for everybody in the channel: whoever presses a button under them reads the answer alone, and the post stays as it is.
import { expect, it } from 'vitest';
import { DAY } from '../../src/base/clock.ts';
import { alertView } from '../app/alerts/alert-view.ts';
import { crossedCard } from '../../src/app/alerts/card.ts';
import type { Card } from '../../src/app/card.ts';
import { digestCard } from '../../src/app/digest/card.ts';
import type { Services } from '../../src/app/services.ts';
import { openBothBots } from './both-bots.ts';
import { idsOf, somebody, textOf } from './discord/people.ts';

const both = openBothBots();

const alert = alertView({ status: 'done', expiresAt: both.now() + DAY });

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
  return await make(both.discord.core.services, both.now());
};

it.each(BUTTONS)('Discord: %s, %s', async (post, _, command) => {
  const { discord: platform } = both.discord;
  const message = await both.postOnDiscord(await card(post));
  const before = textOf(message);
  const button = idsOf(message.body).find((id) => id.startsWith(command)) ?? 'none';
  const pressed = platform.interact({ button, on: message, id: somebody() });
  await platform.answered(pressed);
  expect([pressed.message?.ephemeral, pressed.message?.id === message.id]).toEqual([true, false]);
  expect([message.edits, textOf(message)]).toEqual([0, before]);
});

it.each(BUTTONS)('Slack: %s, %s', async (post, label) => {
  const { slack: platform } = both.slack;
  const message = await both.postOnSlack(await card(post));
  const count = platform.messages().length;
  await platform.press(message, label, { user: `U0${post}${label.length}` });
  await platform.until(() => platform.messages().length > count);
  expect(platform.messages().at(-1)?.ephemeralFor).toBe(`U0${post}${label.length}`);
  expect(message.edits).toBe(0);
});

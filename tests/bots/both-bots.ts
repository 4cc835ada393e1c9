// Discord's and Slack's bot over one core with one clock that stands still, and cards that are posted by them for everybody.
import { afterAll, beforeAll } from 'vitest';
import type { Card } from '../../src/app/card.ts';
import type { Bot, Target } from '../../src/bots/bot.ts';
import { stillClock } from '../fakes/clock.ts';
import { CHANNEL, GUILD } from '../fakes/discord/events.ts';
import { type DiscordScene, openDiscordScene } from '../fakes/discord/scene.ts';
import type { FakeMessage } from '../fakes/discord/state.ts';
import type { FakeSlackOptions } from '../fakes/slack/slack.ts';
import type { FakeMessage as SlackMessage } from '../fakes/slack/state.ts';
import { openScene, type Scene } from './slack/scene.ts';

export function openBothBots(options: { slack?: FakeSlackOptions } = {}) {
  const both = {
    /** Of the core; epoch ms. */
    now: stillClock(),
    discord: undefined as unknown as DiscordScene,
    slack: undefined as unknown as Scene,

    async postOnDiscord(card: Card): Promise<FakeMessage> {
      const id = await posted(both.discord.bot, { tenant: GUILD, channel: CHANNEL }, card);
      return there(both.discord.discord.messages().find((message) => message.id === id));
    },
    async postOnSlack(card: Card): Promise<SlackMessage> {
      const id = await posted(both.slack.bot, { tenant: 'T0TEAM', channel: 'C0AAA' }, card);
      return there(both.slack.slack.messages().find(({ ts }) => ts === id));
    },
  };
  beforeAll(async () => {
    both.discord = await openDiscordScene({ now: both.now });
    both.slack = await openScene(both.discord.core, { fake: options.slack ?? {} });
  });
  afterAll(async () => {
    await both.slack.close();
    await both.discord.close();
  });
  return both;
}

let posts = 0;

/** Returns the platform's id of the message. */
async function posted(bot: Bot, target: Target, card: Card): Promise<string> {
  const sent = await bot.post(target, await bot.prepare(card), `post-${++posts}`);
  if (sent.kind !== 'sent') throw new Error(sent.kind);
  return sent.messageId;
}

function there<Message>(message: Message | undefined): Message {
  if (message === undefined) throw new Error('not posted');
  return message;
}

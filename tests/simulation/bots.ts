// The bots of one process: the real senders of both platforms, over the wires of the simulation. Only Discord's gateway is not part of it.
import { createDirectChannels } from '../../src/bots/discord/direct-channels.ts';
import { createLinkPolicy } from '../../src/bots/discord/render/escape.ts';
import { renderCard } from '../../src/bots/discord/render/render.ts';
import { createScheduledPosts } from '../../src/bots/discord/scheduled-posts.ts';
import { DISCORD_SEND_RULES } from '../../src/bots/discord/send-rules.ts';
import { createDrawPictures } from '../../src/bots/discord/send/pictures.ts';
import { createPosts } from '../../src/bots/discord/send/posts.ts';
import { createRest } from '../../src/bots/discord/send/rest.ts';
import { createRights } from '../../src/bots/discord/send/rights.ts';
import { createSlackBot } from '../../src/bots/slack/bot.ts';
import type { Bot } from '../../src/bots/bot.ts';
import type { Log } from '../../src/base/log.ts';
import type { Database } from '../../src/store/database.ts';
import { createInstallations } from '../../src/store/slack/installations.ts';
import { createInbox } from '../../src/store/inbox/inbox.ts';
import { NO_WORDS } from '../fakes/vocabulary.ts';
import { DISCORD, SLACK } from './wire/platforms.ts';

export type BotTools = {
  database: Database;
  log: Log;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
};

/** The gateway tells the bot who it is so long after the process began (ms). */
const IDENTIFY_MS = 2000;

export function createBots(tools: BotTools): ReadonlyMap<string, Bot> {
  return new Map([
    ['discord', discordBot(tools)],
    ['slack', slackBot(tools)],
  ]);
}

function discordBot({ log, now, sleep }: BotTools): Bot {
  let self: string | null = null;
  let refused = false;
  const onUnauthorised = () => void (refused = true);
  const rest = createRest({
    token: DISCORD.token,
    apiUrl: `${DISCORD.origin}/api`,
    log,
    monotonic: now,
    sleep,
    count: () => undefined,
    onUnauthorised,
  });
  const rights = createRights(rest);
  const links = createLinkPolicy([]);
  return {
    name: 'discord',
    sendRules: DISCORD_SEND_RULES,
    async start() {
      await sleep(IDENTIFY_MS);
      self = DISCORD.bot;
    },
    stop: () => Promise.resolve(rest.close()),
    health: () => ({ connected: self !== null && !refused, detail: 'simulated' }),
    ...createScheduledPosts({
      posts: createPosts(rest, rights),
      rights,
      direct: createDirectChannels(rest, now),
      render: (card, pictures) => renderCard(card, { links, pictures }),
      draw: createDrawPictures({ log, sleep }),
      self: () => self,
      isOff: () => refused,
    }),
  };
}

function slackBot({ database, log, now, sleep }: BotTools): Bot {
  const nobody = () => Promise.reject(new Error('nobody asks the bot anything in the simulation'));
  return createSlackBot({
    botToken: SLACK.token,
    signingSecret: 'simulated-secret',
    apiUrl: `${SLACK.origin}/api/`,
    commands: [],
    dispatch: nobody,
    complete: nobody,
    vocabulary: NO_WORDS,
    seenKeys: createInbox(database, now),
    installations: createInstallations(database, now),
    defaults: { locale: 'en', timeZone: 'UTC', publicUrl: null },
    log,
    now,
    monotonic: now,
    sleep,
  });
}

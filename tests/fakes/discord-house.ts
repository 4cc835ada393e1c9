// The real core, a fake Discord and the Discord bot between them: what the tests of the bot start from.
import { COMMANDS } from '../../src/app/commands/index.ts';
import { createComplete } from '../../src/app/complete.ts';
import { digestChoices } from '../../src/app/digest-choices.ts';
import { vocabularyOf } from '../../src/app/vocabulary.ts';
import { createDiscordBot, type DiscordOptions } from '../../src/bots/discord/bot.ts';
import type { Bot } from '../../src/bots/bot.ts';
import { type FakeDiscordOptions, startFakeDiscord } from './discord.ts';
import { openTestHouse, type TestHouse } from './house.ts';

export type DiscordScene = Awaited<ReturnType<typeof openDiscordScene>>;

/** What the bot needs of a house, with everything that a test wants to change. */
export function botOptions(
  house: TestHouse,
  discord: { url: string; token: string },
  changes: Partial<DiscordOptions> = {},
): DiscordOptions {
  const stored = new Map<string, string>();
  return {
    token: discord.token,
    apiUrl: discord.url,
    commands: COMMANDS,
    dispatch: house.dispatch,
    complete: createComplete(house.services, digestChoices(house.services, 'discord')),
    vocabulary: vocabularyOf(house.services),
    meta: {
      get: (key) => Promise.resolve(stored.get(key)),
      set: (key, value) => Promise.resolve(void stored.set(key, value)),
    },
    defaults: { locale: 'en', publicUrl: null },
    allowedHosts: ['coingecko.com', 'taostats.io', 'bittensor.com'],
    log: house.log,
    now: house.now,
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    onFatal: () => undefined,
    ...changes,
  };
}

/** Starts everything and waits until the bot is connected and the market has its first prices. */
export async function openDiscordScene(
  given: { discord?: FakeDiscordOptions; bot?: Partial<DiscordOptions>; settings?: Record<string, string> } = {},
) {
  const bots = new Map<string, Bot>();
  const [house, discord] = await Promise.all([
    openTestHouse({ settings: given.settings ?? {}, bots }),
    startFakeDiscord(given.discord),
  ]);
  const options = botOptions(house, discord, given.bot);
  const bot = createDiscordBot(options);
  bots.set('discord', bot);
  await bot.start();
  await discord.until(() => bot.health().connected, 5000, 'bot connected');
  await discord.until(() => discord.state.commands.size > 0, 5000, 'commands registered');
  await house.services.market.quotes(['bittensor'], 'usd');
  return {
    house,
    discord,
    bot,
    options,
    async close() {
      await bot.stop();
      await Promise.all([house.close(), discord.close()]);
    },
  };
}

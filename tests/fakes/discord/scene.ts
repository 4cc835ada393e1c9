// The real core, a fake Discord and the Discord bot between them: what the tests of the bot start from.
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { alertChoices } from '../../../src/app/alerts/choices.ts';
import { digestChoices } from '../../../src/app/digest/choices.ts';
import { createComplete } from '../../../src/app/input/autocomplete.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import type { Bot } from '../../../src/bots/bot.ts';
import { createDiscordBot, type DiscordOptions } from '../../../src/bots/discord/bot.ts';
import { createInbox } from '../../../src/store/inbox/inbox.ts';
import { placeEvents } from '../../../src/wiring/place-events.ts';
import { stillClock } from '../clock.ts';
import { openTestCore, type TestCore } from '../core.ts';
import { type FakeDiscordOptions, startFakeDiscord } from './discord.ts';

export type DiscordScene = Awaited<ReturnType<typeof openDiscordScene>>;

/** What the bot needs of a core, with everything that a test wants to change. */
export function botOptions(
  core: TestCore,
  discord: { url: string; token: string; now?: () => number },
  changes: Partial<DiscordOptions> = {},
): DiscordOptions {
  const stored = new Map<string, string>();
  return {
    token: discord.token,
    apiUrl: discord.url,
    commands: COMMANDS,
    dispatch: core.dispatch,
    complete: createComplete(core.services, {
      digest: digestChoices(core.services, 'discord'),
      alert: alertChoices(core.services, 'discord'),
    }),
    vocabulary: vocabularyOf(core.services),
    keyValue: {
      get: (key) => Promise.resolve(stored.get(key)),
      set: (key, value) => Promise.resolve(void stored.set(key, value)),
    },
    places: placeEvents('discord', core, core.log),
    seenKeys: createInbox(core.database, core.now),
    defaults: { locale: 'en', publicUrl: null },
    allowedHosts: ['coingecko.com', 'taostats.io', 'bittensor.com'],
    log: core.log,
    now: discord.now ?? core.now,
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    monotonic: changes.now ?? (() => performance.now()),
    count: () => undefined,
    onFatal: () => undefined,
    ...changes,
  };
}

/**
 * Starts everything and waits until the bot is connected and the market has its first prices. Discord and the bot have one clock, which stands
 * still unless a test brings another: Discord's three seconds are no race against the machine. `now`: the clock of the core.
 */
export async function openDiscordScene(
  given: {
    now?: () => number;
    discord?: FakeDiscordOptions;
    bot?: Partial<DiscordOptions>;
    settings?: Record<string, string>;
  } = {},
) {
  const bots = new Map<string, Bot>();
  const [core, discord] = await Promise.all([
    openTestCore({ settings: given.settings ?? {}, bots, ...(given.now === undefined ? {} : { now: given.now }) }),
    startFakeDiscord({ now: given.bot?.now ?? stillClock(), ...given.discord }),
  ]);
  const options = botOptions(core, discord, given.bot);
  const bot = createDiscordBot(options);
  bots.set('discord', bot);
  await bot.start();
  await discord.until(() => bot.health().connected, 'bot connected');
  await discord.until(() => discord.state.commands.size > 0, 'commands registered');
  await core.services.market.quotes(['bittensor'], 'usd');
  return {
    core,
    discord,
    bot,
    options,
    async close() {
      await bot.stop();
      await Promise.all([core.close(), discord.close()]);
    },
  };
}

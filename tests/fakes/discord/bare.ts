// The Discord bot with a core that answers at once with the same card: for tests of connections and posts.
import { NO_WORDS } from '../vocabulary.ts';
import type { Card } from '../../../src/app/card.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { messageCard } from '../../../src/app/error-card.ts';
import { createDiscordBot, type DiscordOptions } from '../../../src/bots/discord/bot.ts';
import type { FakeDiscord } from './discord.ts';

export const CARD: Card = messageCard('digest', 'ok', 'Digest', 'TAO $250.28 ▲ +3.60%');

const quiet = (): void => undefined;

/** Not started yet. */
export function bareBot(discord: Pick<FakeDiscord, 'url' | 'token' | 'now'>, changes: Partial<DiscordOptions> = {}) {
  return createDiscordBot({
    token: discord.token,
    apiUrl: discord.url,
    commands: COMMANDS,
    dispatch: () => Promise.resolve(CARD),
    complete: () => Promise.resolve([]),
    vocabulary: NO_WORDS,
    keyValue: { get: () => Promise.resolve(undefined), set: () => Promise.resolve() },
    seenKeys: { seen: () => Promise.resolve(false) },
    defaults: { locale: 'en', publicUrl: null },
    allowedHosts: [],
    log: { debug: () => undefined, info: quiet, warn: quiet, error: quiet },
    now: discord.now,
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    monotonic: changes.now ?? (() => performance.now()),
    count: quiet,
    onFatal: quiet,
    timeoutMs: 5000,
    ...changes,
  });
}

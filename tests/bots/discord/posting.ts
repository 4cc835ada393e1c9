// What scheduled posts are tested with: a connected bot, channels, and a sender that insists.
import { afterEach } from 'vitest';
import type { Body, Bot, PostOutcome } from '../../../src/bots/bot.ts';
import type { DiscordOptions } from '../../../src/bots/discord/bot.ts';
import { stillClock } from '../../fakes/clock.ts';
import { bareBot } from '../../fakes/discord/bare.ts';
import { type FakeDiscordOptions, startFakeDiscord } from '../../fakes/discord/discord.ts';

async function openPosting(options: FakeDiscordOptions = {}, changes: Partial<DiscordOptions> = {}) {
  const discord = await startFakeDiscord({ now: changes.now ?? stillClock(), ...options });
  const bot = bareBot(discord, changes);
  await bot.start();
  await discord.until(() => bot.health().connected);
  await discord.until(() => discord.state.commands.size > 0);
  return {
    discord,
    bot,
    async close() {
      await bot.stop();
      await discord.close();
    },
  };
}

/** Opens what `openPosting` opens, and closes it after the test. */
export function postings(): typeof openPosting {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
  });
  return async (...given) => {
    const opened = await openPosting(...given);
    closing.push(opened.close);
    return opened;
  };
}

export const target = (channel: string) => ({ tenant: '700000000000000000', channel });
export const channelOf = (index: number): string => String(710_000_000_000_001_000n + BigInt(index));

/** What a sender does: the same body and key again while it is not known to be sent. */
export async function insist(bot: Bot, channel: string, body: Body, key: string): Promise<PostOutcome> {
  let outcome: PostOutcome = { kind: 'ambiguous', code: 'none' };
  for (let attempt = 0; attempt < 8 && (outcome.kind === 'ambiguous' || outcome.kind === 'not-sent'); attempt++) {
    outcome = await bot.post(target(channel), body, key);
  }
  return outcome;
}

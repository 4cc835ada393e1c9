// A bot that knows one answer and its gateway: what the tests of the connection start from.
import { afterAll } from 'vitest';
import type { DiscordOptions } from '../../../../src/bots/discord/bot.ts';
import { stillClock } from '../../../fakes/clock.ts';
import { bareBot, CARD } from '../../../fakes/discord/bare.ts';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from '../../../fakes/discord/discord.ts';

/** A heart that beats fast enough for a test and slowly enough for a machine that stands still for half a second. */
export const BEAT = { idleRefreshMs: 1000 } as const;
/** Four beats without an answer are silence. */
export const SILENCE = { silenceMs: 4 * BEAT.idleRefreshMs } as const;

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** All is closed when the tests of the file are over. */
export async function open(given: FakeDiscordOptions = {}, changes: Partial<DiscordOptions> = {}) {
  const discord = await startFakeDiscord({ now: stillClock(), ...given });
  const reasons: string[] = [];
  let asked = 0;
  const dispatch: DiscordOptions['dispatch'] = () => {
    asked++;
    return Promise.resolve(CARD);
  };
  const bot = bareBot(discord, {
    dispatch,
    onFatal: (reason) => void reasons.push(reason),
    timeoutMs: 5000,
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, Math.min(ms, 500))),
    ...changes,
  });
  closing.push(async () => {
    await bot.stop();
    await discord.close();
  });
  return { discord, bot, reasons, asked: () => asked, started: bot.start() };
}

/** A question gets its answer. */
export async function answers(discord: FakeDiscord): Promise<void> {
  const question = discord.interact({ command: 'help' });
  await discord.answered(question);
}

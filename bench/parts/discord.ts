// The real Discord bot in this process, and Discord under its limit in another one, as in life, with people who type while posts go out.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Card } from '../../src/app/card.ts';
import type { Bot } from '../../src/bots/bot.ts';
import { createDiscordBot } from '../../src/bots/discord/bot.ts';
import { startFakeDiscord } from '../../tests/fakes/discord/discord.ts';
import { NO_WORDS } from '../../tests/fakes/vocabulary.ts';

/** Discord's documented global limit. */
const PER_SECOND = 50;
const TYPED_EVERY_MS = 200;

/** `at`: when Discord took it (epoch ms). */
type Seen = { posts: { channel: string; at: number }[]; limited: number; ackMs: number[] };

export type DiscordBench = {
  bot: Bot;
  /** From now on people type five commands a second. */
  type(): void;
  report(): Promise<Seen>;
  close(): Promise<void>;
};

export const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields: object, message: string) => console.error(message, fields),
};
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** @param answer to every command */
export async function openDiscord(answer: () => Promise<Card>): Promise<DiscordBench> {
  const fake = fork(import.meta.filename, ['fake'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const [{ url, token }] = (await once(fake, 'message')) as [{ url: string; token: string }];
  const stored = new Map<string, string>();
  const bot = createDiscordBot({
    token,
    apiUrl: url,
    commands: [],
    dispatch: answer,
    complete: () => Promise.resolve([]),
    vocabulary: NO_WORDS,
    keyValue: {
      get: (key: string) => Promise.resolve(stored.get(key)),
      set: (key: string, value: string) => Promise.resolve(void stored.set(key, value)),
    },
    seenKeys: { seen: () => Promise.resolve(false) },
    defaults: { locale: 'en', publicUrl: null },
    allowedHosts: [],
    log: quiet,
    now: Date.now,
    sleep,
    count: () => undefined,
    onFatal: () => undefined,
  });
  await bot.start();
  while (!bot.health().connected) await sleep(20);
  await sleep(1500);
  return {
    bot,
    type: () => void fake.send('type'),
    async report() {
      fake.send('report');
      const [seen] = (await once(fake, 'message')) as [Seen];
      return seen;
    },
    async close() {
      await bot.stop();
      fake.kill();
    },
  };
}

/** How posts of one moment went out, against the limit, and how soon commands were acknowledged meanwhile. */
export function waveFigures({ posts, limited, ackMs }: Seen) {
  const times = posts.map(({ at }) => at).toSorted((a, b) => a - b);
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  const theory = times.length / PER_SECOND;
  return {
    discordPosts: times.length,
    discordSeconds: seconds,
    discordTheorySeconds: theory,
    discordRatio: seconds / theory,
    discord429: limited,
    commandAckP99Ms: quantile(ackMs, 0.99),
    commandsAsked: ackMs.length,
  };
}

export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

/** The other process. */
async function serve(): Promise<void> {
  const discord = await startFakeDiscord({ limiter: 'sliding', perSecond: PER_SECOND });
  const asked: ReturnType<typeof discord.interact>[] = [];
  const ask = (): void => {
    const id = String(720_000_000_000_000_000n + BigInt(asked.length));
    asked.push(discord.interact({ command: 'coin', options: { coin: 'tao' }, id }));
  };
  process.on('disconnect', () => process.exit(0)); // the one who asked is gone
  process.on('message', (word) => {
    if (word === 'type') setInterval(ask, TYPED_EVERY_MS);
    else process.send?.(seen());
  });
  const seen = (): Seen => ({
    posts: discord
      .messages()
      .filter((message) => message.interactionId === undefined)
      .map(({ channel, at }) => ({ channel, at })),
    limited: discord.state.calls.filter((call) => call.status === 429).length,
    ackMs: asked.map(({ ackMs }) => ackMs).filter((ms) => !Number.isNaN(ms)),
  });
  process.send?.({ url: discord.url, token: discord.token });
}

if (process.argv[2] === 'fake') await serve();

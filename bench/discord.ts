// Discord under load: event to acknowledgement against a bare discord.js echo, answers during a wave of posts, memory with 2,500 servers.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { FakeDiscordOptions } from '../tests/fakes/discord/discord.ts';
import { ackFigures, type Acks, medianAcks } from './parts/acks.ts';
import { DIGEST_CARD } from './parts/digest-card.ts';
import { quantile } from './parts/quantile.ts';
import { isQuick } from './parts/quick.ts';

/** What a process of the benchmark is told, and what it says. */
type Order =
  | { kind: 'fake'; options: FakeDiscordOptions }
  | { kind: 'bot' | 'echo'; url: string; token: string }
  | { kind: 'burst'; count: number; overMs: number }
  | { kind: 'wave'; count: number }
  | { kind: 'memory' }
  | { kind: 'guilds' };
type Word = Record<string, unknown> & { said: string };

const ROLE = process.argv[2];
/** Orders are taken before anything else is loaded, so that none is lost. */
const inbox: Order[] = [];
let onOrder: ((order: Order) => void) | undefined;
if (ROLE !== undefined) process.on('disconnect', () => process.exit(0)); // the one who asked is gone
if (ROLE !== undefined)
  process.on('message', (order: Order) => (onOrder === undefined ? void inbox.push(order) : onOrder(order)));
function listen(play: (order: Order) => Promise<void>): void {
  onOrder = (order) => void play(order);
  for (const order of inbox.splice(0)) onOrder(order);
}
const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const rssMb = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().rss / 1024 / 1024;
};

/** Starts this file again in another role; platform and bot do not share a processor's time. */
async function helper(
  role: string,
  order: Order,
): Promise<{ child: ChildProcess; ask: (order: Order) => Promise<Word>; ready: Word }> {
  const child = fork(import.meta.filename, [role], { execArgv: ['--expose-gc'] });
  const ask = async (next: Order): Promise<Word> => {
    child.send(next);
    const [word] = (await once(child, 'message')) as [Word];
    return word;
  };
  return { child, ask, ready: await ask(order) };
}

type Pair = { burst(count: number, overMs: number): Promise<Acks>; stop(): void };
type Pairs = Readonly<Record<'ours' | 'bare', Pair>>;

/** One platform with one bot; `burst` gives its acknowledgement times (ms). */
export async function pair(role: 'bot' | 'echo'): Promise<Pair> {
  const fake = await helper('fake', { kind: 'fake', options: { checks: false } });
  const { url, token } = fake.ready as unknown as { url: string; token: string };
  const bot = await helper(role, { kind: role, url, token });
  return {
    async burst(count, overMs) {
      const word = await fake.ask({ kind: 'burst', count, overMs });
      const times = word['acks'] as number[];
      return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), late: Number(word['late']) };
    },
    stop() {
      bot.child.kill();
      fake.child.kill();
    },
  };
}

/** Our bot and the bare one, each with a platform of its own; both warm. */
async function openPairs(): Promise<Pairs> {
  const [ours, bare] = await Promise.all([pair('bot'), pair('echo')]);
  for (const one of isQuick() ? [ours, bare] : [ours, bare, ours, bare]) await one.burst(100, 250);
  return { ours, bare };
}

/** Medians over rounds in which both take turns, so that a busy machine is as busy for one as for the other. */
async function acks(pairs: Pairs, count: number, rounds: number): Promise<{ ours: Acks; bare: Acks }> {
  const seen: Record<'ours' | 'bare', Acks[]> = { ours: [], bare: [] };
  if (!isQuick()) for (const name of ['ours', 'bare', 'ours', 'bare'] as const) await pairs[name].burst(count, 1000); // warm
  for (let round = 0; round < rounds; round++) {
    for (const name of ['ours', 'bare'] as const) {
      seen[name].push(await pairs[name].burst(count, 1000));
      if (!isQuick()) await wait(500);
    }
  }
  return { ours: medianAcks(seen.ours), bare: medianAcks(seen.bare) };
}

async function memory(role: 'bot' | 'echo', guilds: number): Promise<{ before: number; after: number }> {
  const fake = await helper('fake', { kind: 'fake', options: { guilds, checks: false } });
  const { url, token } = fake.ready as unknown as { url: string; token: string };
  const bot = await helper(role, { kind: role, url, token });
  await wait(2000);
  const after = Number((await bot.ask({ kind: 'memory' }))['rss']);
  bot.child.kill();
  fake.child.kill();
  return { before: Number(bot.ready['rss']), after };
}

/** Edits (ms since the command) while posts go out, and the refusals of a limiter. */
async function wave(limiter: 'fixed' | 'sliding' | 'gcra', count: number): Promise<{ edit: number; refused: number }> {
  const fake = await helper('fake', { kind: 'fake', options: { limiter } });
  const { url, token } = fake.ready as unknown as { url: string; token: string };
  const bot = await helper('bot', { kind: 'bot', url, token });
  const posting = bot.ask({ kind: 'wave', count });
  const word = await fake.ask({ kind: 'wave', count: Math.floor(count / 47) });
  await posting;
  bot.child.kill();
  fake.child.kill();
  return { edit: quantile(word['edits'] as number[], 0.99), refused: Number(word['refused']) };
}

/** Texts of up to 200,000 characters that a careless pattern would take minutes for; ms for all of them. */
async function escapeHostile(): Promise<number> {
  const { escapeText } = await import('../src/bots/discord/render/escape.ts');
  const started = performance.now();
  for (const part of ['a', '((((', 'tao ', '`', '[', '](', '\u0301', '@', '<', '1. ', '\u200d'])
    escapeText(part.repeat(50_000));
  return Math.round(performance.now() - started);
}

/** Nobody sees the difference below it: on a quick machine the echo takes 7 ms, and three times that is no fault. */
const UNNOTICED_MS = 50;

/** All figures; about three minutes. */
export async function run(): Promise<Record<string, number>> {
  const pairs = await openPairs();
  const few = isQuick() ? null : await acks(pairs, 200, 5);
  const { ours: oursFull, bare: bareFull } = await acks(pairs, 1000, isQuick() ? 1 : 3);
  pairs.ours.stop();
  pairs.bare.stop();
  return {
    escapeHostileMs: await escapeHostile(),
    ...(few === null ? {} : ackFigures(few)),
    thousandAckP99Ms: oursFull.p99,
    thousandEchoAckP99Ms: bareFull.p99,
    thousandAckP99Ratio: oursFull.p99 / Math.max(bareFull.p99, UNNOTICED_MS),
    thousandLate: oursFull.late,
    thousandEchoLate: bareFull.late,
    ...(isQuick() ? {} : { ...(await memories()), ...(await waves()) }),
  };
}

async function memories(): Promise<Record<string, number>> {
  const [alone, crowded, bareCrowded] = [await memory('bot', 0), await memory('bot', 2500), await memory('echo', 2500)];
  return {
    rssConnectedMb: alone.after,
    rss2500ServersMb: crowded.after,
    rssEcho2500ServersMb: bareCrowded.after,
    memoryRatio: crowded.after / crowded.before,
  };
}

async function waves(): Promise<Record<string, number>> {
  const [fixed, sliding, gcra] = [await wave('fixed', 1000), await wave('sliding', 1000), await wave('gcra', 1000)];
  return {
    editP99DuringWaveMs: Math.max(fixed.edit, sliding.edit, gcra.edit),
    refusedFixed: fixed.refused,
    refusedSliding: sliding.refused,
    refusedGcra: gcra.refused,
  };
}

async function playFake(): Promise<void> {
  const { startFakeDiscord } = await import('../tests/fakes/discord/discord.ts');
  const { burst, trickle } = await import('./parts/discord-load.ts');
  let discord: Awaited<ReturnType<typeof startFakeDiscord>> | undefined;
  listen(play);
  async function play(order: Order): Promise<void> {
    if (order.kind === 'fake') {
      discord = await startFakeDiscord(order.options);
      process.send?.({ said: 'ready', url: discord.url, token: discord.token });
    }
    if (discord === undefined) return;
    if (order.kind === 'burst') process.send?.({ said: 'acks', ...(await burst(discord, order.count, order.overMs)) });
    if (order.kind === 'wave') process.send?.({ said: 'edits', ...(await trickle(discord, order.count)) });
  }
}

async function playBot(): Promise<void> {
  const { botOptions } = await import('../tests/fakes/discord/scene.ts');
  const { openTestCore } = await import('../tests/fakes/core.ts');
  const { createDiscordBot } = await import('../src/bots/discord/bot.ts');
  const core = await openTestCore({ settings: { LOG_LEVEL: 'warn' } });
  await core.services.market.quotes(['bittensor'], 'usd');
  if (!isQuick()) await wait(1500); // caches and indexes settle, for the memory
  const before = rssMb();
  let bot: ReturnType<typeof createDiscordBot> | undefined;
  listen(play);
  async function play(order: Order): Promise<void> {
    if (order.kind === 'bot') {
      bot = createDiscordBot(botOptions(core, order));
      await bot.start();
      while (!bot.health().connected) await wait(20);
      await wait(isQuick() ? 100 : 1000);
      process.send?.({ said: 'ready', rss: before });
    }
    if (order.kind === 'memory') process.send?.({ said: 'memory', rss: rssMb() });
    if (order.kind === 'wave' && bot !== undefined) {
      const posting = bot;
      const body = await posting.prepare(DIGEST_CARD);
      await Promise.all(
        Array.from({ length: order.count }, (_, index) =>
          posting.post(
            { tenant: '-', channel: String(710_000_000_000_000_000n + BigInt(index)) },
            body,
            `bench-${index}`,
          ),
        ),
      );
      process.send?.({ said: 'posted' });
    }
  }
}

async function playEcho(): Promise<void> {
  const { Client, Events } = await import('discord.js');
  listen(play);
  async function play(order: Order): Promise<void> {
    if (order.kind === 'memory') process.send?.({ said: 'memory', rss: rssMb() });
    if (order.kind !== 'echo') return;
    const before = rssMb();
    const client = new Client({
      intents: ['Guilds'],
      waitGuildTimeout: 0,
      allowedMentions: { parse: [] },
      rest: { api: order.url },
    });
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isChatInputCommand()) void interaction.reply('echo').catch(() => undefined);
    });
    const connected = once(client, Events.ClientReady);
    await client.login(order.token);
    await connected;
    await wait(isQuick() ? 100 : 1000);
    process.send?.({ said: 'ready', rss: before });
  }
}

if (ROLE === 'fake') await playFake();
else if (ROLE === 'bot') await playBot();
else if (ROLE === 'echo') await playEcho();

// Memory of the Discord connection by servers: the real client with our intents and caches, fed with whole servers by a platform in another process.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { FakeDiscord, FakeDiscordOptions } from '../../tests/fakes/discord/discord.ts';
import { isQuick } from '../parts/quick.ts';

/** A community of middle size; Discord states no typical one. */
const PARTS = { channels: 40, roles: 25, emojis: 50 } as const;
/** A shard holds 2,500 servers at most: https://docs.discord.com/developers/events/gateway#sharding */
const PER_SHARD = 2500;
const KIB = 1024;

/**
 * `…Kib`: heap after the garbage was collected that 1,000 servers more take, at rest and when every shard has begun a new session once;
 * `payloadKib`: one server on the wire; `rss…Mib`: with none and with all of them.
 */
export async function run(): Promise<Record<string, number>> {
  const most = isQuick() ? 500 : 2 * PER_SHARD;
  const { guildJson } = await import('../../tests/fakes/discord/guild-json.ts');
  if (!isQuick()) await measured(100); // loads the library, fills what is made once
  const [none, all] = [await measured(0), await measured(most)];
  const per1000 = (name: 'heap' | 'heapAgain') => ((all[name] - none[name]) / KIB / most) * 1000;
  return {
    servers: most,
    payloadKib: Buffer.byteLength(JSON.stringify(guildJson(0, PARTS))) / KIB,
    heapPer1000ServersKib: per1000('heap'),
    ...(isQuick() ? {} : { heapPer1000ServersAgainKib: per1000('heapAgain') }),
    rssNoneMib: none.rss / KIB / KIB,
    rssAllMib: all.rss / KIB / KIB,
  };
}

type Figures = { heap: number; heapAgain: number; rss: number };

async function measured(guilds: number): Promise<Figures> {
  const { bareBot } = await import('../../tests/fakes/discord/bare.ts');
  const child = fork(import.meta.filename, ['platform'], { execArgv: [] });
  const options: FakeDiscordOptions = {
    guilds,
    guildParts: PARTS,
    shards: Math.max(1, Math.ceil(guilds / PER_SHARD)),
    checks: false,
  };
  const { url, token } = (await order(child, options)) as { url: string; token: string };
  const bot = bareBot({ url, token, now: Date.now }, { timeoutMs: 60_000 });
  await bot.start();
  await order(child, 'answered'); // events come in order: all servers are there
  const { heapUsed: heap, rss } = collected();
  if (!isQuick()) await order(child, 'new sessions'); // some seconds, in which discord.js waits
  const { heapUsed: heapAgain } = collected();
  await bot.stop();
  child.kill();
  return { heap, heapAgain, rss };
}

function collected(): NodeJS.MemoryUsage {
  for (let round = 0; round < 3; round++) (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage();
}

async function order(child: ChildProcess, what: FakeDiscordOptions | string): Promise<unknown> {
  child.send(what);
  const [said] = (await once(child, 'message')) as [unknown];
  return said;
}

function platform(): void {
  let discord: FakeDiscord | undefined;
  const sessions = (): number => discord?.gateway.order.length ?? 0;
  process.on('disconnect', () => process.exit(0)); // the one who asked is gone
  process.on('message', (what: FakeDiscordOptions | string) => void obey(what)); // before anything is loaded: orders come at once
  async function obey(what: FakeDiscordOptions | string): Promise<void> {
    const { startFakeDiscord } = await import('../../tests/fakes/discord/discord.ts');
    const { guildId } = await import('../../tests/fakes/discord/gateway.ts');
    if (typeof what !== 'string') discord = await startFakeDiscord(what);
    const open = discord;
    if (open === undefined) return;
    const shards = open.gateway.shards();
    if (what === 'new sessions') {
      open.gateway.refuseResume(true);
      open.gateway.drop();
      await open.until(() => sessions() === 2 * shards, 'new sessions');
    }
    if (typeof what === 'string')
      for (let shard = 0; shard < shards; shard++)
        await open.answered(open.interact({ command: 'help', guild: guildId(shard) }));
    process.send?.({ url: open.url, token: open.token });
  }
}

if (process.argv[2] === 'platform') platform();

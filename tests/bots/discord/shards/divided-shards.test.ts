// Shards that are divided among processes: each connects its own, answers for its own, and ends nothing of the others.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/base/clock.ts';
import type { Bot } from '../../../../src/bots/bot.ts';
import { createDiscordBot, type DiscordOptions } from '../../../../src/bots/discord/bot.ts';
import { readConfig } from '../../../../src/config/config.ts';
import { createPlatforms } from '../../../../src/wiring/platforms.ts';
import type { LogFields } from '../../../../src/base/log.ts';
import { type FakeDiscord, startFakeDiscord } from '../../../fakes/discord/discord.ts';
import { CHANNEL } from '../../../fakes/discord/events.ts';
import { guildId } from '../../../fakes/discord/gateway.ts';
import { bareBot, CARD } from '../../../fakes/discord/bare.ts';
import { subscription } from '../../../delivery/stage.ts';
import { stillClock } from '../../../fakes/clock.ts';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import { botOptions } from '../../../fakes/discord/scene.ts';

const SHARDS = 4;
const GUILDS = Array.from({ length: 8 }, (_, index) => guildId(index));

let discord: FakeDiscord;
let bots: Bot[];
beforeEach(async () => {
  bots = [];
  discord = await startFakeDiscord({ now: stillClock(), shards: SHARDS, guilds: GUILDS.length });
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  await discord.close();
});

/** A process with these shards. */
function process(ids: readonly number[], changes: Partial<DiscordOptions> = {}, count = SHARDS) {
  const asked: string[] = [];
  const bot = bareBot(discord, {
    shards: { ids, count },
    dispatch: ({ place }) => {
      asked.push(place.tenant);
      return Promise.resolve(CARD);
    },
    ...changes,
  });
  bots.push(bot);
  return { bot, asked };
}

async function two(changes: Partial<DiscordOptions> = {}) {
  const both = [process([0, 1], changes), process([2, 3], changes)] as const;
  await Promise.all(both.map(({ bot }) => bot.start()));
  await discord.until(() => both.every(({ bot }) => bot.health().connected), 'both connected');
  return both;
}

/** All servers are out of reach for a while, and each shard comes back with a session that begins anew. */
async function outage(): Promise<void> {
  for (const id of GUILDS) discord.gateway.event('GUILD_DELETE', { id, unavailable: true }, true);
  discord.gateway.refuseResume(true);
  discord.gateway.drop();
  await discord.until(() => discord.gateway.order.length === 2 * SHARDS, 'new sessions');
  await discord.until(() => bots.every((bot) => bot.health().connected), 'both back');
}

const ofShards = (ids: readonly number[]) => GUILDS.filter((id) => ids.includes(discord.gateway.shardOf(id)));

describe('two processes with two shards of four each', () => {
  it('identify each shard once, and answer for their own servers, each question once', async () => {
    const [first, second] = await two();
    const asked = GUILDS.map((guild) => discord.interact({ command: 'help', guild, toAll: true }));
    const direct = discord.interact({ command: 'help', guild: null, toAll: true });
    await Promise.all([...asked, direct].map((one) => discord.answered(one)));
    expect(discord.gateway.order.map(({ shard, of }) => `${shard}/${of}`).toSorted()).toEqual([
      '0/4',
      '1/4',
      '2/4',
      '3/4',
    ]);
    expect(first.asked.filter((guild) => GUILDS.includes(guild)).toSorted()).toEqual(ofShards([0, 1]));
    expect(first.asked).toHaveLength(GUILDS.length / 2 + 1); // direct messages are of shard 0
    expect(second.asked.toSorted()).toEqual(ofShards([2, 3]));
    expect([...asked, direct].map(({ callbacks, refused }) => [callbacks.length, refused.length])).toEqual(
      Array.from({ length: GUILDS.length + 1 }, () => [1, 0]),
    );
  });

  it('post and look anywhere: calls need no shard', async () => {
    const [first] = await two();
    const target = { tenant: ofShards([3])[0] ?? '', channel: CHANNEL };
    const body = await first.bot.prepare(CARD);
    expect(await first.bot.post(target, body, 'key-of-a-digest')).toMatchObject({ kind: 'sent' });
    expect(await first.bot.canPost?.(target)).toEqual({ kind: 'yes' });
  });

  it('say which shards are theirs, and which of them are up', async () => {
    const [first, second] = await two();
    expect([first.bot.health(), second.bot.health()]).toEqual([
      { connected: true, detail: 'connected, shards 0-1 of 4' },
      { connected: true, detail: 'connected, shards 2-3 of 4' },
    ]);
    discord.gateway.zombie('deaf', 3); // answers nobody who comes back
    discord.gateway.drop(3);
    await discord.until(() => !second.bot.health().connected, 'health tells');
    expect(second.bot.health().detail).toBe('shard 3 is coming back, shard 2 is up (this process has shards 2-3 of 4)');
    expect(first.bot.health().connected).toBe(true);
  });

  it('register the commands alike', async () => {
    const stored = new Map<string, string>();
    const keyValue = {
      get: (key: string) => Promise.resolve(stored.get(key)),
      set: (key: string, value: string) => Promise.resolve(void stored.set(key, value)),
    };
    await two({ keyValue });
    await discord.until(() => stored.size > 0, 'registered');
    const hashes = [...stored.values()];
    await process([0, 1], { keyValue }).bot.start();
    expect([hashes.length, [...stored.values()]]).toEqual([1, hashes]);
  });
});

it('digests of all servers live through the start, an outage and new sessions of both processes, and end with their own server', async () => {
  const core: TestCore = await openTestCore();
  const statuses = async () => {
    const rows = await core.database.sql.selectFrom('subscription').select(['tenant', 'status']).execute();
    return new Map(rows.map(({ tenant, status }) => [tenant, status]));
  };
  try {
    const rows = GUILDS.map((tenant, index) => subscription(index, core.now() + DAY, { tenant }));
    await core.database.sql.insertInto('subscription').values(rows).execute();
    for (const ids of [
      [0, 1],
      [2, 3],
    ]) {
      const bot = createDiscordBot(botOptions(core, discord, { shards: { ids, count: SHARDS } }));
      bots.push(bot);
      await bot.start();
    }
    await discord.until(() => bots.every((bot) => bot.health().connected), 'both connected');
    await outage();
    const [gone = ''] = ofShards([3]);
    discord.gateway.event('GUILD_DELETE', { id: gone }, true);
    await expect.poll(async () => (await statuses()).get(gone)).toBe('dead');
    expect(await statuses()).toEqual(new Map(GUILDS.map((id) => [id, id === gone ? 'dead' : 'active'])));
  } finally {
    await Promise.all(bots.map((bot) => bot.stop()));
    await core.close();
  }
});

it('DISCORD_SHARDS reaches the client', async () => {
  const core = await openTestCore();
  const [bot] = await createPlatforms({
    config: readConfig({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.url,
      DISCORD_SHARDS: '1,3/4',
      DATABASE_URL: 'postgres://u:p@db.example/taobot',
    }),
    core,
    database: core.database,
    log: core.log,
    say: () => undefined,
    now: discord.now,
    count: () => undefined,
    onAnswer: () => undefined,
  });
  try {
    await bot?.start();
    await discord.until(() => bot?.health().connected === true, 'connected');
    expect(bot?.health().detail).toBe('connected, shards 1,3 of 4');
    expect(discord.gateway.order.map(({ shard, of }) => `${shard}/${of}`)).toEqual(['1/4', '3/4']);
  } finally {
    await bot?.stop();
    await core.close();
  }
});

describe('4011 with a fixed number of shards', () => {
  it.each(['at login', 'later'])('%s: ends the connection and says what to change, and posts go on', async (when) => {
    const [errors, reasons]: [string[], string[]] = [[], []];
    const quiet = (): void => undefined;
    const log = {
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: ({ reason }: LogFields, text: string) => void errors.push(`${text}: ${String(reason)}`),
    };
    const given = { log, onFatal: (reason: string) => void reasons.push(reason) };
    const { bot } = process([0, 1], given);
    if (when === 'at login') discord.gateway.requireShards(8);
    await bot.start();
    if (when === 'later') {
      await discord.until(() => bot.health().connected);
      discord.gateway.requireShards(8);
      discord.gateway.closeWith(4011);
    }
    await discord.until(() => errors.length > 0, 'a word to the operator');
    expect(errors.join()).toMatch(/more shards than the 4 of DISCORD_SHARDS: raise .* in all processes/);
    expect(bot.health().detail).toContain('DISCORD_SHARDS');
    expect(bot.health().connected).toBe(false);
    const before = discord.gateway.counts.identifies;
    const body = await bot.prepare(CARD);
    const sent = await bot.post({ tenant: GUILDS[0] ?? '', channel: CHANNEL }, body, 'key-of-a-digest');
    expect([sent.kind, discord.gateway.counts.identifies - before, reasons]).toEqual(['sent', 0, []]);
  });
});

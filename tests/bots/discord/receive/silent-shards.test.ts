// Shards that fall silent are found by a clock that no one sets and come back alone; more of them are opened when Discord asks.
import { describe, expect, it } from 'vitest';
import type { LogFields } from '../../../../src/base/log.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { answers, BEAT, open, SILENCE } from './connection.ts';

/** Servers of different shards. */
const GUILDS = [0n, 1n, 2n].map((shard) => String(700_000_000_000_000_000n + (shard << 22n)));

describe.concurrent('shards', () => {
  it('a connection without heartbeat answers is given up', async () => {
    const { discord, bot, started } = await open(BEAT);
    await started;
    discord.gateway.zombie('deaf');
    await discord.until(() => !bot.health().connected, 'health tells');
    discord.gateway.zombie(null);
    await discord.until(() => discord.gateway.counts.resumes + discord.gateway.counts.identifies > 1, 'new connection');
    await discord.until(() => bot.health().connected, 'connected again');
    await answers(discord);
    expect(discord.gateway.counts.identifies + discord.gateway.counts.resumes).toBeGreaterThan(1);
  });

  it('a connection whose other end is gone without a word is cut and resumed, without the 30 s of a polite goodbye', async () => {
    const { discord, bot, started } = await open(BEAT, SILENCE);
    await started;
    await answers(discord);
    discord.gateway.zombie('gone');
    await discord.until(() => discord.gateway.counts.resumes > 0, 'resume');
    await discord.until(() => bot.health().connected, 'connected again');
    await answers(discord);
    expect(discord.gateway.counts.identifies).toBe(1);
  });

  it.each(['gone', 'deaf'] as const)(
    'one shard of three that is %s comes back alone, and its questions are answered',
    async (kind) => {
      const { discord, bot, started } = await open({ ...BEAT, shards: 3 }, SILENCE);
      await started;
      await discord.until(() => bot.health().connected);
      const guild = GUILDS.find((id) => discord.gateway.shardOf(id) === 1) ?? '';
      discord.gateway.zombie(kind, 1);
      const asked = discord.interact({ command: 'help', guild });
      await discord.until(() => !bot.health().connected, 'health tells');
      if (kind === 'deaf') discord.gateway.zombie(null);
      await discord.until(() => bot.health().connected, 'connected again');
      const later = discord.gateway.order.slice(3);
      expect(new Set(later.map(({ shard }) => shard))).toEqual(new Set([1]));
      await discord.answered(discord.interact({ command: 'help', guild }));
      await discord.until(() => asked.callbacks.length + asked.refused.length > 0, 'what was asked meanwhile');
    },
  );

  it('a shard that stays silent after that leads to a new client', async () => {
    const warned: string[] = [];
    const quiet = (): void => undefined;
    const log = {
      debug: quiet,
      info: quiet,
      error: quiet,
      warn: ({ reason }: LogFields, text: string) =>
        void warned.push(reason === undefined ? text : `${text}: ${reason}`),
    };
    const { discord, bot, started } = await open(BEAT, { ...SILENCE, log });
    await started;
    discord.gateway.zombie('deaf');
    await discord.until(() => warned.includes('connecting to Discord anew: gateway stays silent'), 'a new client');
    expect(warned.indexOf('gateway went silent, resuming this shard')).toBeGreaterThanOrEqual(0);
    expect(bot.health().connected).toBe(false);
  });

  it('a wall clock that is set forward or back is no silence', async () => {
    const clock = createTestClock();
    const { discord, bot, started } = await open(BEAT, {
      ...SILENCE,
      now: clock.now,
      monotonic: () => performance.now(),
    });
    await started;
    await clock.advance(86_400_000);
    const { heartbeats } = discord.gateway.counts;
    await discord.until(() => discord.gateway.counts.heartbeats > heartbeats + 2, 'beats');
    expect([bot.health().connected, discord.gateway.order.length]).toEqual([true, 1]);
  });

  it('more shards are opened when Discord asks for them (4011), at login and later', async () => {
    const { discord, bot, reasons, started } = await open();
    discord.gateway.requireShards(2);
    await started;
    await discord.until(() => bot.health().detail.includes('2 shards'), 'two shards');
    discord.gateway.requireShards(3);
    discord.gateway.closeWith(4011);
    await discord.until(() => bot.health().detail.includes('3 shards'), 'three shards');
    await answers(discord);
    expect(reasons).toEqual([]);
  });

  it('4011 at login is followed by one new login, not by two side by side', async () => {
    const clock = createTestClock({ freeMs: 100 });
    const { discord, bot, started } = await open({}, { sleep: clock.sleep });
    discord.gateway.refuseIdentifyWith(4011);
    await discord.until(() => discord.gateway.counts.identifies > 0, 'refused login');
    discord.gateway.requireShards(2);
    discord.gateway.refuseIdentifyWith(null);
    await started;
    for (let minutes = 0; minutes < 20; minutes++) {
      await clock.advance(60_000);
      await discord.until(() => bot.health().detail.includes('2 shards'), 'two shards');
    }
    await answers(discord);
    expect(discord.gateway.connections()).toBe(2);
  });

  it('shards connect each on their own', async () => {
    const { discord, bot, started } = await open({ shards: 3 });
    await started;
    expect(discord.gateway.connections()).toBe(3);
    expect(bot.health().detail).toContain('3 shards');
  });
});

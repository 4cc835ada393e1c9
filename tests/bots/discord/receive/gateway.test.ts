// Life of the gateway connection: lost, told to leave, forgotten, silent, garbled, repeated, forbidden.
import { afterAll, describe, expect, it } from 'vitest';
import type { Card } from '../../../../src/app/card.ts';
import { messageCard } from '../../../../src/app/error-card.ts';
import type { DiscordOptions } from '../../../../src/bots/discord/bot.ts';
import { inviteLink } from '../../../../src/bots/discord/invite.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { bareBot, CARD } from '../../../fakes/discord/bare.ts';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from '../../../fakes/discord/discord.ts';

/** Servers of different shards. */
const GUILDS = [0n, 1n, 2n].map((shard) => String(700_000_000_000_000_000n + (shard << 22n)));

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function open(given: FakeDiscordOptions = {}, changes: Partial<DiscordOptions> = {}) {
  const discord = await startFakeDiscord(given);
  const reasons: string[] = [];
  let asked = 0;
  const dispatch: DiscordOptions['dispatch'] = () => {
    asked++;
    return Promise.resolve(CARD);
  };
  const bot = bareBot(discord, {
    dispatch,
    onFatal: (reason) => void reasons.push(reason),
    timeoutMs: 1000,
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, Math.min(ms, 500))),
    ...changes,
  });
  closing.push(async () => {
    await bot.stop();
    await discord.close();
  });
  return { discord, bot, reasons, asked: () => asked, started: bot.start() };
}

it('shows the invite link once, also when the session begins anew', async () => {
  const said: string[] = [];
  const { discord, started } = await open({}, { say: (line) => void said.push(line) });
  await started;
  await answers(discord);
  const { identifies } = discord.gateway.counts;
  discord.gateway.invalidate(false);
  await discord.until(() => discord.gateway.counts.identifies > identifies, 8000, 'identify');
  await answers(discord);
  expect(said).toEqual([`invite   ${inviteLink(discord.applicationId)}`]);
});

async function answers(discord: FakeDiscord): Promise<void> {
  const question = discord.interact({ command: 'help' });
  await discord.answered(question);
}

describe.concurrent('a connection that goes', () => {
  const cases: [string, (discord: FakeDiscord) => void, 'resume' | 'identify'][] = [
    ['TCP drop', ({ gateway }) => gateway.drop(), 'resume'],
    ['op 7', ({ gateway }) => gateway.reconnect(), 'resume'],
    ['close 4000', ({ gateway }) => gateway.closeWith(4000), 'resume'],
    ['close 1001', ({ gateway }) => gateway.closeWith(1001), 'resume'],
    ['close 4009', ({ gateway }) => gateway.closeWith(4009), 'resume'],
    ['op 9 with resume', ({ gateway }) => gateway.invalidate(true), 'resume'],
    ['op 9 without resume', ({ gateway }) => gateway.invalidate(false), 'identify'],
    ['close 4007', ({ gateway }) => gateway.closeWith(4007), 'identify'],
  ];
  it.each(cases)('%s: comes back and loses no question', async (_name, harm, way) => {
    const { discord, bot, started } = await open();
    await started;
    await answers(discord);
    const { identifies } = discord.gateway.counts;
    harm(discord);
    if (way === 'resume') {
      await discord.until(() => discord.gateway.counts.resumes > 0, 6000, 'resume');
      expect(discord.gateway.counts.identifies).toBe(identifies);
    } else await discord.until(() => discord.gateway.counts.identifies > identifies, 8000, 'identify');
    await discord.until(() => discord.gateway.connections() > 0 && bot.health().connected, 8000, 'connected again');
    await answers(discord);
  });

  it('answers what was asked while it was away', async () => {
    const { discord, started } = await open();
    await started;
    discord.gateway.drop();
    await discord.until(() => discord.gateway.connections() === 0);
    const question = discord.interact({ command: 'help' });
    await discord.answered(question);
    expect(question.refused).toEqual([]);
  });

  it('a connection without heartbeat answers is given up', async () => {
    const { discord, bot, started } = await open({ idleRefreshMs: 300 });
    await started;
    discord.gateway.zombie('deaf');
    await discord.until(() => !bot.health().connected, 5000, 'health tells');
    discord.gateway.zombie(null);
    await discord.until(
      () => discord.gateway.counts.resumes + discord.gateway.counts.identifies > 1,
      8000,
      'new connection',
    );
    await discord.until(() => bot.health().connected, 8000, 'connected again');
    await answers(discord);
    expect(discord.gateway.counts.identifies + discord.gateway.counts.resumes).toBeGreaterThan(1);
  });

  it('a connection whose other end is gone without a word is cut and resumed, without the 30 s of a polite goodbye', async () => {
    const { discord, bot, started } = await open({ idleRefreshMs: 300 }, { silenceMs: 1000 });
    await started;
    await answers(discord);
    discord.gateway.zombie('gone');
    await discord.until(() => discord.gateway.counts.resumes > 0, 15_000, 'resume');
    await discord.until(() => bot.health().connected, 15_000, 'connected again');
    await answers(discord);
    expect(discord.gateway.counts.identifies).toBe(1);
  });

  it.each(['gone', 'deaf'] as const)(
    'one shard of three that is %s comes back alone, and its questions are answered',
    async (kind) => {
      const { discord, bot, started } = await open({ idleRefreshMs: 300, shards: 3 }, { silenceMs: 1000 });
      await started;
      await discord.until(() => bot.health().connected);
      const guild = GUILDS.find((id) => discord.gateway.shardOf(id) === 1) ?? '';
      discord.gateway.zombie(kind, 1);
      const asked = discord.interact({ command: 'help', guild });
      await discord.until(() => !bot.health().connected, 15_000, 'health tells');
      if (kind === 'deaf') discord.gateway.zombie(null);
      await discord.until(() => bot.health().connected, 20_000, 'connected again');
      const later = discord.gateway.order.slice(3);
      expect(new Set(later.map(({ shard }) => shard))).toEqual(new Set([1]));
      await discord.answered(discord.interact({ command: 'help', guild }));
      await discord.until(() => asked.callbacks.length + asked.refused.length > 0, 5000, 'what was asked meanwhile');
    },
  );

  it('a shard that stays silent after that leads to a new client', async () => {
    const warned: string[] = [];
    const quiet = (): void => undefined;
    const log = {
      debug: quiet,
      info: quiet,
      error: quiet,
      warn: (_facts: object, text: string) => void warned.push(text),
    };
    const { discord, bot, started } = await open({ idleRefreshMs: 300 }, { silenceMs: 1000, log });
    await started;
    discord.gateway.zombie('deaf');
    await discord.until(() => warned.includes('gateway stays silent, connecting anew'), 20_000, 'a new client');
    expect(warned.indexOf('gateway went silent, resuming this shard')).toBeGreaterThanOrEqual(0);
    expect(bot.health().connected).toBe(false);
  });

  it('a wall clock that is set forward or back is no silence', async () => {
    const clock = createTestClock();
    const { discord, bot, started } = await open(
      { idleRefreshMs: 300 },
      { silenceMs: 1000, now: clock.now, monotonic: () => performance.now() },
    );
    await started;
    await clock.advance(86_400_000);
    const { heartbeats } = discord.gateway.counts;
    await discord.until(() => discord.gateway.counts.heartbeats > heartbeats + 2, 8000, 'beats');
    expect([bot.health().connected, discord.gateway.order.length]).toEqual([true, 1]);
  });

  it('more shards are opened when Discord asks for them (4011), at login and later', async () => {
    const { discord, bot, reasons, started } = await open();
    discord.gateway.requireShards(2);
    await started;
    await discord.until(() => bot.health().detail.includes('2 shards'), 8000, 'two shards');
    discord.gateway.requireShards(3);
    discord.gateway.closeWith(4011);
    await discord.until(() => bot.health().detail.includes('3 shards'), 15_000, 'three shards');
    await answers(discord);
    expect(reasons).toEqual([]);
  });

  it('shards connect each on their own', async () => {
    const { discord, bot, started } = await open({ shards: 3 });
    await started;
    expect(discord.gateway.connections()).toBe(3);
    expect(bot.health().detail).toContain('3 shards');
  });
});

describe.concurrent('an end for good', () => {
  it.each([
    [4004, 'token'],
    [4013, 'intents'],
    [4014, 'intents'],
  ])('close %d at login: says why, does not come back, does not throw', async (code, words) => {
    const clock = createTestClock({ freeMs: 100 });
    const { discord, bot, reasons, started } = await open({}, { now: clock.now, sleep: clock.sleep });
    await started;
    discord.gateway.refuseIdentifyWith(code);
    const { identifies } = discord.gateway.counts;
    discord.gateway.invalidate(false);
    await discord.until(() => reasons.length > 0, 8000, 'fatal');
    expect(reasons[0]).toContain(words);
    expect(bot.health()).toMatchObject({ connected: false, detail: reasons[0] });
    await clock.advance(3_600_000);
    expect(discord.gateway.counts.identifies).toBe(identifies + 1);
    expect(reasons).toHaveLength(1);
  });

  it('a wrong token ends at once', async () => {
    const { discord, bot, reasons, started } = await open(
      {},
      { token: 'NzUwMDAwMDAwMDAwMDAwMDAw.wrong.abcdefghijklmnopqrstuvwxyz012345' },
    );
    await started;
    expect(reasons).toEqual(['the token was refused']);
    expect(bot.health().connected).toBe(false);
    expect(discord.gateway.counts.identifies).toBe(0);
  });

  it('a platform that is down or out of sessions is tried again later', async () => {
    const { discord, bot, reasons, started } = await open({});
    discord.faults.push((call) =>
      call.path === '/gateway/bot' && discord.count('GET', /gateway/) < 3 ? { answer: { status: 503 } } : undefined,
    );
    await started;
    await discord.until(() => bot.health().connected, 8000, 'connected at last');
    expect(reasons).toEqual([]);
    const spent = await open({ remaining: 0 });
    await spent.started;
    expect(spent.bot.health()).toMatchObject({
      connected: false,
      detail: expect.stringContaining('trying again') as string,
    });
    expect(spent.discord.gateway.counts.identifies).toBe(0);
  });

  it('stops in order and answers what is under way', async () => {
    const answer = Promise.withResolvers<Card>();
    const clock = createTestClock({ freeMs: 100 });
    const { discord, bot, started } = await open(
      {},
      { now: clock.now, sleep: clock.sleep, dispatch: () => answer.promise },
    );
    await started;
    const waiting = clock.asked(250);
    const question = discord.interact({ command: 'help' });
    await waiting;
    await clock.advance(250);
    await discord.until(() => question.callbacks.length > 0);
    const stopped = Promise.all([bot.stop(), bot.stop()]);
    answer.resolve(messageCard('x', 'ok', 'x', 'slow'));
    await stopped;
    expect(question.message).not.toBeNull();
    expect(bot.health().connected).toBe(false);
  });
});

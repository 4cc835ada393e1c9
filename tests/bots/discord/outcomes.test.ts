// What became of a post: every answer of the platform in its class, refusals that stop everything, limits of one channel.
import { DiscordAPIError } from 'discord.js';
import { TOKEN_REFUSED } from '../../../src/bots/discord/receive/close-codes.ts';
import { describe, expect, it } from 'vitest';
import type { PostOutcome, RefusalMeaning } from '../../../src/bots/bot.ts';
import { CARD } from '../../fakes/discord/bare.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { channelOf, postings, target } from './posting.ts';

/** The clock may pass hours without a sign of life from the gateway. */
const NEVER_SILENT_MS = 1e12;

const open = postings();

describe('classes of outcomes', () => {
  it.each<[string, number, number, PostOutcome['kind'], RefusalMeaning?]>([
    ['unknown channel', 404, 10003, 'bad-target', { reason: 'gone' }],
    ['unknown server', 404, 10004, 'bad-target', { reason: 'gone', detail: 'server' }],
    ['missing access', 403, 50001, 'bad-target', { reason: 'forbidden', detail: 'hidden' }],
    ['missing permission', 403, 50013, 'bad-target', { reason: 'forbidden' }],
    ['archived thread', 400, 50083, 'bad-target', { reason: 'forbidden', detail: 'thread' }],
    ['locked thread', 400, 160005, 'bad-target', { reason: 'forbidden', detail: 'thread' }],
    ['forum', 400, 40058, 'bad-target', { reason: 'forbidden', detail: 'channel-kind' }],
    ['no text channel', 400, 50008, 'bad-target', { reason: 'forbidden', detail: 'channel-kind' }],
    ['wrong kind of channel', 403, 50024, 'bad-target', { reason: 'forbidden', detail: 'channel-kind' }],
    ['verification level', 403, 50009, 'bad-target', { reason: 'forbidden' }],
    ['explicit content', 400, 20009, 'bad-target', { reason: 'blocked' }],
    ['closed direct messages', 403, 50007, 'bad-target', { reason: 'closed-dm' }],
    ['closed direct messages, second form', 400, 50278, 'bad-target', { reason: 'closed-dm' }],
    ['automatic moderation', 400, 200000, 'bad-target', { reason: 'blocked' }],
    ['harmful link', 400, 240000, 'bad-target', { reason: 'blocked', detail: 'link' }],
    ['another refusal', 403, 20016, 'bad-target', { reason: 'other' }],
    ['wrong body', 400, 50035, 'bad-body', { reason: 'other' }],
    ['too large', 413, 40005, 'bad-body', { reason: 'too-large' }],
    ['write rate', 429, 20028, 'not-sent'],
    ['messages switched off for now', 403, 40004, 'not-sent'],
    ['feature switched off for now', 400, 40006, 'not-sent'],
    ['overloaded', 503, 130000, 'ambiguous'],
    ['refused token', 401, 0, 'bad-credential'],
  ])('%s (%d, %d) is %s %j', async (_name, status, code, kind, meaning) => {
    const { discord, bot } = await open();
    discord.faults.push((call) =>
      call.method === 'POST' && call.path.startsWith('/channels/')
        ? { answer: { status, body: { code, message: 'x' } } }
        : undefined,
    );
    const outcome = await bot.post(target(channelOf(1)), await bot.prepare(CARD), 'k');
    expect(outcome.kind).toBe(kind);
    if (meaning !== undefined) expect(outcome).toEqual({ kind, code: String(code), ...meaning });
  });

  it('a page of something in front of Discord says nothing about the channel: certainly not sent, and looked for later', async () => {
    for (const status of [400, 403, 404]) {
      const { discord, bot } = await open();
      // https://github.com/discord/discord-api-docs/issues/849
      discord.faults.push(({ path }) =>
        path.startsWith('/channels/') ? { answer: { status, html: true } } : undefined,
      );
      const outcome = await bot.post(target(channelOf(1)), await bot.prepare(CARD), 'k');
      expect(outcome).toEqual({ kind: 'not-sent', code: String(status), retryAfterMs: 60_000 });
      await expect(bot.find(target(channelOf(1)), 'k', Date.now())).rejects.toThrow(DiscordAPIError);
      await expect(bot.remove(target(channelOf(1)), '123')).rejects.toThrow(DiscordAPIError);
    }
  });

  it('nobody there is certainly not sent; 401 turns Discord off, once, and says why', async () => {
    const reasons: string[] = [];
    const { discord, bot } = await open({}, { onFatal: (reason) => void reasons.push(reason) });
    const body = await bot.prepare(CARD);
    discord.faults.push((call) =>
      call.method === 'POST' ? { answer: { status: 401, body: { code: 0, message: '401: Unauthorized' } } } : undefined,
    );
    await Promise.all([1, 2, 3].map((index) => bot.post(target(channelOf(index)), body, `k${index}`)));
    expect(reasons).toEqual([TOKEN_REFUSED]);
    expect(bot.health()).toEqual({ connected: false, detail: TOKEN_REFUSED });
    const calls = discord.state.calls.length;
    expect(await bot.post(target(channelOf(4)), body, 'k4')).toEqual({ kind: 'bad-credential', code: 'off' });
    expect(discord.state.calls).toHaveLength(calls);
    const other = await open();
    await other.discord.close();
    expect((await other.bot.post(target(channelOf(1)), body, 'k')).kind).toBe('not-sent');
  });

  it.each(['abc', '-5', '', '1000000000', 'Wed, 21 Oct 2026 07:28:00 GMT', '0.05'])(
    'a 429 with Retry-After "%s" means not sent, with a sane wait, and nothing goes out before it',
    async (retryAfter) => {
      const clock = createTestClock({ freeMs: 100 });
      const { discord, bot } = await open({}, { now: clock.now, sleep: clock.sleep, silenceMs: NEVER_SILENT_MS });
      let limited = true;
      discord.faults.push((call) =>
        limited && call.method === 'POST' && call.path.startsWith('/channels/')
          ? { answer: { status: 429, html: true, headers: retryAfter === '' ? {} : { 'retry-after': retryAfter } } }
          : undefined,
      );
      const body = await bot.prepare(CARD);
      const outcome = await bot.post(target(channelOf(1)), body, 'k');
      expect(outcome.kind).toBe('not-sent');
      const wait = outcome.kind === 'not-sent' ? (outcome.retryAfterMs ?? 0) : 0;
      expect(wait).toBeGreaterThanOrEqual(1000);
      expect(wait).toBeLessThanOrEqual(3_600_000);
      limited = false;
      const calls = discord.state.calls.length;
      const second = bot.post(target(channelOf(2)), body, 'k2');
      await clock.advance(wait - 1);
      expect(discord.state.calls).toHaveLength(calls);
      await clock.advance(6000);
      expect((await second).kind).toBe('sent');
    },
  );

  it('a channel that forbids pictures gets the words', async () => {
    const { discord, bot } = await open();
    discord.faults.push((call) =>
      call.method === 'POST' && JSON.stringify(call.body).includes('attachment://')
        ? { answer: { status: 403, body: { code: 50013, message: 'Missing Permissions' } } }
        : undefined,
    );
    const chart = {
      title: 't',
      alt: 'a',
      fileName: 'tao.png',
      unit: { percent: true } as const,
      series: [],
      png: () => Promise.resolve(new Uint8Array([1])),
    };
    const body = await bot.prepare({ ...CARD, blocks: [...CARD.blocks, { kind: 'chart', chart }] });
    expect((await bot.post(target(channelOf(1)), body, 'k')).kind).toBe('sent');
    expect(discord.messages(channelOf(1))[0]?.files).toEqual([]);
    expect(discord.state.refusals).toEqual([]);
  });

  it("one channel's own limit delays no other", async () => {
    const clock = createTestClock({ freeMs: 100 });
    const { discord, bot } = await open({ channelLimit: true, now: clock.now }, { now: clock.now, sleep: clock.sleep });
    const body = await bot.prepare(CARD);
    const same = await Promise.all(
      Array.from({ length: 8 }, (_, index) => bot.post(target(channelOf(1)), body, `a${index}`)),
    );
    expect(same.filter((outcome) => outcome.kind === 'sent')).toHaveLength(5);
    expect(
      same
        .filter((outcome) => outcome.kind === 'not-sent')
        .every((outcome) => outcome.kind === 'not-sent' && (outcome.retryAfterMs ?? 0) > 0),
    ).toBe(true);
    expect((await bot.post(target(channelOf(2)), body, 'b')).kind).toBe('sent'); // though nobody moved the clock
    expect(discord.messages(channelOf(1))).toHaveLength(5);
  });
});

// Scheduled posts: no duplicate when answers are lost, replies never behind posts, limits never hit.
import { afterEach, describe, expect, it } from 'vitest';
import { CARD } from '../../../fakes/discord/bare.ts';
import type { DiscordFault } from '../../../fakes/discord/http.ts';
import type { LimiterModel } from '../../../fakes/discord/limiter.ts';
import { channelOf, insist, openPosting, target } from '../posting.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function open(...given: Parameters<typeof openPosting>): ReturnType<typeof openPosting> {
  const opened = await openPosting(...given);
  closing.push(opened.close);
  return opened;
}

describe('lost answers', () => {
  it('make no second message: 502, reset, hang, cut and foreign answers after the message was made', async () => {
    const { discord, bot } = await open();
    const kinds: DiscordFault['answer'][] = [
      { status: 502 },
      'reset',
      'hang',
      'truncate',
      { status: 200, html: true },
      { status: 200, body: { id: '1', channel_id: '2' } },
      { status: 201, body: {} },
    ];
    let seen = 0;
    discord.faults.push((call) => {
      if (call.method !== 'POST' || !call.path.startsWith('/channels/')) return undefined;
      seen++;
      return seen % 3 === 0
        ? { commit: true, answer: kinds[Math.floor(seen / 3) % kinds.length] ?? 'reset' }
        : seen % 7 === 0
          ? { commit: false, answer: { status: 503 } }
          : undefined;
    });
    const body = await bot.prepare(CARD);
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => insist(bot, channelOf(index), body, `delivery-${index}`)),
    );
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(outcomes.map(() => 'sent'));
    expect(seen).toBeGreaterThan(75);
    for (let index = 0; index < 60; index++) expect(discord.messages(channelOf(index))).toHaveLength(1);
    const nonces = discord.messages().map((message) => message.nonce);
    expect(new Set(nonces).size).toBe(60);
    expect(discord.state.refusals).toEqual([]);
  });

  it('each attempt is one request: nothing below retries', async () => {
    const { discord, bot } = await open();
    discord.faults.push((call) =>
      call.method === 'POST' && call.path.startsWith('/channels/')
        ? { commit: true, answer: { status: 500 } }
        : undefined,
    );
    expect(await bot.post(target(channelOf(1)), await bot.prepare(CARD), 'one')).toEqual({
      kind: 'ambiguous',
      code: '500',
    });
    expect(discord.count('POST', /^\/channels\//)).toBe(1);
  });

  it('replies to messages use the message id as key', async () => {
    const { discord } = await open();
    let lost = 2;
    discord.faults.push((call) =>
      call.method === 'POST' && call.path.startsWith('/channels/') && lost-- > 0
        ? { commit: true, answer: 'reset' }
        : undefined,
    );
    const id = discord.message({ content: 'hello', guild: null });
    await discord.until(() => discord.count('POST', /^\/channels\//) === 3, 8000, 'three attempts');
    expect(discord.messages().filter((message) => message.replyTo === id)).toHaveLength(1);
    discord.message({ content: 'hello', guild: null, messageId: id });
    discord.message({ content: 'other', guild: null });
    await discord.until(() => discord.messages().length === 2);
  }, 15_000);

  it('are looked up in the history when the platform has forgotten the key', async () => {
    const { discord, bot } = await open({ nonceTtlMs: 0 });
    const chart = {
      title: 't',
      alt: 'a',
      fileName: 'tao.png',
      unit: { percent: true } as const,
      series: [],
      png: () => Promise.resolve(new Uint8Array([137, 80, 78, 71])),
    };
    const body = await bot.prepare({ ...CARD, blocks: [...CARD.blocks, { kind: 'chart', chart }] });
    const since = Date.now();
    expect(await bot.find(target(channelOf(1)), 'key-1', since)).toEqual({ kind: 'absent' });
    const sent = await bot.post(target(channelOf(1)), body, 'key-1');
    await bot.post(target(channelOf(1)), body, 'key-2');
    expect(await bot.find(target(channelOf(1)), 'key-1', since)).toEqual({
      kind: 'found',
      messageId: sent.kind === 'sent' ? sent.messageId : '',
    });
    expect(await bot.find(target(channelOf(1)), 'key-3', since)).toEqual({ kind: 'absent' });
    discord.state.badChannels.set(channelOf(9), { status: 403, code: 50001 });
    expect(await bot.find(target(channelOf(9)), 'key-1', since)).toEqual({ kind: 'unknown' });
    if (sent.kind === 'sent') {
      await bot.remove(target(channelOf(1)), sent.messageId);
      await bot.remove(target(channelOf(1)), sent.messageId); // gone already: no error
    }
    expect(discord.messages(channelOf(1))).toHaveLength(1);
  });

  it('a message that was made and then deleted counts as sent', async () => {
    const { discord, bot } = await open();
    const body = await bot.prepare(CARD);
    const sent = await bot.post(target(channelOf(1)), body, 'key-1');
    if (sent.kind === 'sent') await bot.remove(target(channelOf(1)), sent.messageId);
    expect((await bot.post(target(channelOf(1)), body, 'key-1')).kind).toBe('sent');
    expect(discord.messages(channelOf(1))).toHaveLength(0);
  });
});

describe('a wave of posts', () => {
  it('hits no limit of any model, and answers do not wait behind it', async () => {
    const wave = async (limiter: LimiterModel): Promise<number[]> => {
      const { discord, bot } = await open(
        { limiter },
        {
          timeoutMs: 5000,
          timing: { deferMs: 0 },
          dispatch: () => new Promise((resolve) => void setTimeout(() => resolve(CARD), 30)),
        },
      );
      const body = await bot.prepare(CARD);
      const posts = Array.from({ length: 200 }, (_, index) => insist(bot, channelOf(index), body, `w${index}`));
      const edits: number[] = [];
      for (let index = 0; index < 15; index++) {
        const asked = discord.interact({ command: 'help' });
        await discord.answered(asked);
        expect(asked.callbacks).toEqual([5]);
        edits.push(asked.answerMs);
        await new Promise((resolve) => void setTimeout(resolve, 100));
      }
      const id = discord.message({ content: 'hello', guild: null });
      await discord.until(
        () => discord.messages().some((message) => message.replyTo === id),
        1500,
        'a reply overtakes the wave',
      );
      expect(discord.messages().length).toBeLessThan(190);
      const outcomes = await Promise.all(posts);
      const refused = discord.state.calls.filter((call) => call.status === 429).length;
      expect({ limiter, tooMany: refused > 2 }).toEqual({ limiter, tooMany: false }); // exactly none in virtual time (pacer.test.ts); a busy test machine bunches calls up
      expect(outcomes.filter((outcome) => outcome.kind !== 'sent')).toEqual([]);
      return edits;
    };
    const edits = (await Promise.all((['fixed', 'sliding', 'gcra'] as const).map(wave)))
      .flat()
      .toSorted((a, b) => a - b);
    expect(edits.at(-1)).toBeLessThan(800);
  }, 30_000);
});

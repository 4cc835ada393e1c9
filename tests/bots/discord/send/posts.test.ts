// Scheduled posts: no duplicate when answers are lost, replies never behind posts.
import { describe, expect, it } from 'vitest';
import { createTestClock, settled } from '../../../fakes/clock.ts';
import { CARD } from '../../../fakes/discord/bare.ts';
import type { DiscordFault } from '../../../fakes/discord/rest/http.ts';
import { channelOf, insist, postings, target } from '../posting.ts';

/** How long a reply waits for its picture, and the longest distance between two calls (ms). */
const [PICTURE_MS, INTERVAL_MS] = [1500, 30];
/** How long the store may take to say whether another process has the event. */
const CLAIM_MS = 1000;

const open = postings();

describe('lost answers', () => {
  it('make no second message: 502, reset, hang, cut and foreign answers after the message was made', async () => {
    const { discord, bot } = await open({}, { timeoutMs: 1000 });
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
    const clock = createTestClock({ freeMs: 100 });
    const { discord, bot } = await open({}, { now: clock.now, sleep: clock.sleep });
    let lost = 2;
    discord.faults.push((call) =>
      call.method === 'POST' && call.path.startsWith('/channels/') && lost-- > 0
        ? { commit: true, answer: 'reset' }
        : undefined,
    );
    const claimed = clock.asked(CLAIM_MS);
    const id = discord.message({ content: 'hello', guild: null });
    await claimed;
    const waits = [clock.asked(1000), clock.asked(3000)];
    await waits[0];
    await clock.advance(1000);
    await waits[1];
    await clock.advance(3000);
    await discord.until(() => discord.count('POST', /^\/channels\//) === 3, 'three attempts');
    discord.message({ content: 'hello', guild: null, messageId: id });
    discord.message({ content: 'other', guild: null });
    await discord.until(() => discord.messages().length === 2);
    await bot.stop(); // waits for all work under way
    expect(discord.messages().filter((message) => message.replyTo === id)).toHaveLength(1);
    expect(discord.messages()).toHaveLength(2);
  });

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
    expect(await bot.find(target(channelOf(9)), 'key-1', since)).toEqual({ kind: 'cannot-see' });
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
  it('delays no answer, and a reply is the next to go', async () => {
    const clock = createTestClock({ freeMs: 100 });
    const { discord, bot } = await open({}, { now: clock.now, sleep: clock.sleep });
    const body = await bot.prepare(CARD);
    clock.freeMs = 0; // from here on the pacer lets nothing pass by itself
    const wave = Array.from({ length: 50 }, (_, index) => insist(bot, channelOf(index), body, `w${index}`));
    const asked = discord.interact({ command: 'help' });
    await discord.answered(asked);
    expect(asked.callbacks).toEqual([4]);
    const before = discord.count('POST', /^\/channels\//);
    expect(before).toBeLessThan(5);
    const waiting = clock.asked(PICTURE_MS);
    const id = discord.message({ content: 'hello', guild: null });
    await waiting;
    await settled();
    await clock.advance(INTERVAL_MS);
    await discord.until(() => discord.messages().some((message) => message.replyTo === id), 'the reply');
    expect(discord.count('POST', /^\/channels\//)).toBeLessThanOrEqual(before + 2);
    clock.freeMs = 100;
    await clock.advance(INTERVAL_MS);
    expect((await Promise.all(wave)).map(({ kind }) => kind)).toEqual(wave.map(() => 'sent'));
  });
});

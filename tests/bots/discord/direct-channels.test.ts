// Posts to people: the direct channel is opened once, refusals and lost answers mean what they mean in channels, and one person is called by name.
import { HTTPError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { CARD } from '../../fakes/discord/bare.ts';
import { channelOf, insist, postings, target } from './posting.ts';

const USER = '720000000000000042';
const KEY = '0123456789abcdef0123456789abcdef';
/** The clock may pass minutes without a sign of life from the gateway. */
const NEVER_SILENT_MS = 1e12;
const open = postings();

describe('posts to "user:<id>"', () => {
  it('reach the direct channel, which is opened once, and are found and removed there', async () => {
    const { discord, bot } = await open();
    const since = Date.now();
    const body = await bot.prepare(CARD);
    const { id } = discord.world.direct(USER);
    const outcome = await bot.post(target(`user:${USER}`), body, KEY);
    expect(outcome).toMatchObject({ kind: 'sent' });
    await bot.post(target(`user:${USER}`), body, KEY.replaceAll('0', 'f'));
    expect(discord.messages().map(({ channel }) => channel)).toEqual([id, id]);
    const opened = discord.state.calls.filter(({ path }) => path === '/users/@me/channels');
    expect(opened).toHaveLength(1);
    const found = await bot.find(target(`user:${USER}`), KEY, since);
    expect(found).toEqual({ kind: 'found', messageId: outcome.kind === 'sent' ? outcome.messageId : '' });
    if (found.kind === 'found') await bot.remove?.(target(`user:${USER}`), found.messageId);
    expect(discord.messages().filter(({ deleted }) => !deleted)).toHaveLength(1);
  });

  it('that the person refuses are closed, and nothing is asked twice', async () => {
    const { discord, bot } = await open();
    discord.state.badChannels.set(discord.world.direct(USER).id, { status: 403, code: 50007 });
    expect(await bot.post(target(`user:${USER}`), await bot.prepare(CARD), KEY)).toEqual({
      kind: 'bad-target',
      code: '50007',
      reason: 'closed-dm',
    });
  });

  it.each([
    ['is nobody', 'user:12', { kind: 'bad-target', code: '50033', reason: 'gone' }],
    ['fails on the way', `user:${USER}`, { kind: 'not-sent' }],
  ])('whose direct channel %s are surely not sent', async (_what, channel, outcome) => {
    const { discord, bot } = await open();
    if (outcome.kind === 'not-sent')
      discord.faults.push(({ path }) => (path === '/users/@me/channels' ? { answer: 'reset' } : undefined));
    expect(await bot.post(target(channel), await bot.prepare(CARD), KEY)).toMatchObject(outcome);
    expect(discord.messages()).toEqual([]);
  });

  it('whose direct channel is not named are surely not sent', async () => {
    const { discord, bot } = await open();
    discord.faults.push(({ path }) =>
      path === '/users/@me/channels' ? { answer: { status: 200, body: {} } } : undefined,
    );
    expect(await bot.post(target(`user:${USER}`), await bot.prepare(CARD), KEY)).toMatchObject({ kind: 'not-sent' });
  });

  it('cannot be looked for where the person is nobody any more, and are looked for later where the way is closed for now', async () => {
    const { discord, bot } = await open();
    expect(await bot.find(target('user:12'), KEY, Date.now())).toEqual({ kind: 'cannot-see' });
    discord.faults.push(({ path }) => (path === '/users/@me/channels' ? { answer: { status: 502 } } : undefined));
    await expect(bot.find(target(`user:${USER}`), KEY, Date.now())).rejects.toThrow(HTTPError);
  });

  it('that are opened too fast (40003) wait, and nobody else’s is asked for meanwhile', async () => {
    const clock = createTestClock({ freeMs: 100 });
    const { discord, bot } = await open({}, { now: clock.now, sleep: clock.sleep, silenceMs: NEVER_SILENT_MS });
    const asked = () => discord.count('POST', /^\/users\/@me\/channels$/);
    let fast = true;
    discord.faults.push(({ path }) =>
      fast && path === '/users/@me/channels'
        ? { answer: { status: 403, body: { code: 40003, message: 'You are opening direct messages too fast.' } } }
        : undefined,
    );
    const body = await bot.prepare(CARD);
    expect(await bot.post(target(`user:${USER}`), body, KEY)).toMatchObject({ kind: 'not-sent', code: '40003' });
    fast = false;
    const waits = await bot.post(target('user:720000000000000043'), body, KEY.replaceAll('0', 'f'));
    expect(waits).toMatchObject({ kind: 'not-sent', code: 'held-back' });
    expect(asked()).toBe(1);
    expect((await bot.post(target(channelOf(1)), body, KEY.replaceAll('0', 'e'))).kind).toBe('sent');
    await clock.advance(waits.kind === 'not-sent' ? (waits.retryAfterMs ?? 0) : 0);
    expect((await bot.post(target(`user:${USER}`), body, KEY)).kind).toBe('sent');
  });

  it('cannot be asked for in advance', async () => {
    const { bot } = await open();
    expect(await bot.canPost?.(target(`user:${USER}`))).toEqual({ kind: 'unknown' });
  });
});

describe('the person whom a card calls', () => {
  const calling: Card = { ...CARD, mention: USER };

  it('is pinged, and nobody else', async () => {
    const { discord, bot } = await open();
    expect(await insist(bot, channelOf(1), await bot.prepare(calling), KEY)).toMatchObject({ kind: 'sent' });
    const [message] = discord.messages();
    expect(JSON.stringify(message?.body.components)).toContain(`<@${USER}>`);
    expect(message?.body.allowed_mentions).toEqual({ parse: [], replied_user: false, users: [USER] });
    expect(discord.state.refusals).toEqual([]);
  });

  it('is an id and never a word like "everyone"', async () => {
    const { discord, bot } = await open();
    await bot.post(target(channelOf(1)), await bot.prepare({ ...CARD, mention: '&1> @everyone' }), KEY);
    expect(JSON.stringify(discord.messages()[0]?.body)).not.toContain('everyone');
    expect(discord.messages()[0]?.body.allowed_mentions).toEqual({ parse: [], replied_user: false });
  });

  it('is not asked for in bodies that an earlier version froze: they arrive as they are', async () => {
    const { discord, bot } = await open();
    const { json, files } = await bot.prepare(CARD);
    const earlier = { json: (json as { components: unknown }).components, files };
    expect(await bot.post(target(channelOf(1)), earlier, KEY)).toMatchObject({ kind: 'sent' });
    expect(discord.messages()).toHaveLength(1);
  });
});

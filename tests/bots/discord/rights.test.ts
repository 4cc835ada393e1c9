// Rights as they are at the moment: what the bot does where it lacks some, and who may manage where roles and overwrites say so.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHANNEL, GUILD, MANAGE_CHANNELS, USER } from '../../fakes/discord/events.ts';
import { BITS, type FakeOverwrite } from '../../fakes/discord/permissions.ts';
import { type DiscordScene, openDiscordScene } from '../../fakes/discord/scene.ts';
import { idsOf, replyTo, slash, somebody, textOf } from './people.ts';
import { target } from './posting.ts';

let scene: DiscordScene;
beforeEach(async () => {
  scene = await openDiscordScene();
});
afterEach(() => scene.close());

/** Before anything that a test does. */
const LONG_AGO = Date.UTC(2026, 0);
const refused = () => scene.discord.state.calls.filter(({ status }) => status >= 400).length;

describe('mentions', () => {
  const mention = (words: string) =>
    replyTo(scene, { content: `<@${scene.discord.botId}> ${words}` }).catch(() => undefined);
  const answers = () => scene.discord.messages(CHANNEL);

  it.each([
    ['160002', { status: 400, code: 160_002 }],
    ['50013', { status: 403, code: 50_013 }],
  ])(
    'are answered without a reference where Read Message History is missing (%s), and the next one at once',
    async (_code, how) => {
      scene.discord.state.replyRefusal = how;
      scene.discord.world.deny(CHANNEL, BITS.readMessageHistory);
      for (const count of [1, 2]) {
        scene.discord.message({ content: `<@${scene.discord.botId}> price tao`, id: somebody() });
        await scene.discord.until(() => answers().length === count, 'an answer');
      }
      expect(answers().map((message) => [message.replyTo, textOf(message).includes('$250.28')])).toEqual([
        [undefined, true],
        [undefined, true],
      ]);
      expect(refused()).toBe(1);
    },
  );

  it('keep their reference where only pictures are forbidden', async () => {
    scene.discord.world.deny(CHANNEL, BITS.attachFiles);
    const reply = await mention('chart tao');
    expect(reply?.files).toEqual([]);
    expect(textOf(reply)).toContain('Bittensor');
  });

  it('cost one refused call where nothing may be posted, however many come', async () => {
    scene.discord.world.deny(CHANNEL, BITS.sendMessages);
    const ask = () => scene.discord.message({ content: `<@${scene.discord.botId}> help`, id: somebody() });
    ask();
    const undelivered = () => scene.core.lines.filter((line) => line.includes('reply was not delivered')).length;
    await scene.discord.until(() => undelivered() === 1, 'the first refusal');
    for (let count = 0; count < 5; count++) ask();
    await scene.discord.until(() => undelivered() === 6, 'five more');
    expect(answers()).toEqual([]);
    expect(refused()).toBe(1);
  });
});

describe('a look for an earlier post', () => {
  it('does not take hidden history for an absent post', async () => {
    const find = () => scene.bot.find(target(CHANNEL), 'key', LONG_AGO);
    expect(await find()).toEqual({ kind: 'absent' });
    scene.discord.world.deny(CHANNEL, BITS.readMessageHistory);
    expect(await find()).toEqual({ kind: 'cannot-see' });
    scene.discord.world.deny(CHANNEL, BITS.viewChannel);
    expect(await find()).toEqual({ kind: 'cannot-see' });
  });
});

describe('whether posts can reach a channel', () => {
  const can = (channel = CHANNEL) => scene.bot.canPost?.(target(channel));

  it('is told with the missing rights by name', async () => {
    expect(await can()).toEqual({ kind: 'yes' });
    scene.discord.world.deny(CHANNEL, BITS.sendMessages);
    expect(await can()).toEqual({
      kind: 'no',
      missing: ['Send Messages', 'Attach Files'],
      remedy: 'I need Send Messages and Attach Files in #general.',
    });
    scene.discord.world.deny(CHANNEL, BITS.viewChannel);
    expect(await can()).toMatchObject({ kind: 'no', missing: ['View Channel', 'Send Messages'] });
    scene.discord.world.channels.set('8', {
      id: '8',
      type: 11,
      guild_id: GUILD,
      parent_id: '710000000000000005',
      name: 'talk',
    });
    scene.discord.world.deny('710000000000000005', BITS.sendMessagesInThreads | BITS.attachFiles);
    expect(await can('8')).toMatchObject({ missing: ['Send Messages in Threads', 'Attach Files'] });
    expect(await can('99')).toEqual({ kind: 'no', missing: [], remedy: 'I cannot find that channel.' });
    scene.discord.world.deny(CHANNEL, BITS.attachFiles);
    expect(await can()).toEqual({ kind: 'yes' }); // posts arrive without their picture
    scene.discord.faults.push(() => ({ answer: { status: 503 } }));
    expect(await can()).toEqual({ kind: 'unknown' });
  });
});

describe('who may manage', () => {
  const MANAGER = '42';
  const OTHER = String(BigInt(CHANNEL) + 9n);
  const overwrite = (channel: string, over: FakeOverwrite): void =>
    void scene.discord.world.channels.set(channel, {
      id: channel,
      type: 0,
      guild_id: GUILD,
      permission_overwrites: [over],
    });
  const closedTo = (channel: string, id: string, type: 0 | 1): void =>
    overwrite(channel, { id, type, allow: '0', deny: String(BITS.manageChannels) });
  beforeEach(() => {
    scene.discord.world.guilds.set(GUILD, {
      id: GUILD,
      owner_id: '1',
      roles: [
        { id: GUILD, permissions: String(BITS.viewChannel | BITS.sendMessages) },
        { id: MANAGER, permissions: String(BITS.manageChannels) },
      ],
    });
  });

  it('is decided by the overwrites of the channel, for text commands', async () => {
    const create = async (id: string, roles: readonly string[]) =>
      textOf(await replyTo(scene, { content: `<@${scene.discord.botId}> digest create 09:00 UTC tao`, id, roles }));
    expect(await create(somebody(), [MANAGER])).not.toContain('Not allowed');
    expect(await create(somebody(), [])).toContain('Not allowed');
    closedTo(CHANNEL, MANAGER, 0);
    expect(await create(somebody(), [MANAGER])).toContain('Not allowed');
    closedTo(CHANNEL, USER, 1);
    expect(await create(USER, [MANAGER])).toContain('Not allowed');
    overwrite(CHANNEL, { id: USER, type: 1, allow: String(BITS.manageChannels), deny: '0' });
    expect(await create(USER, [])).not.toContain('Not allowed');
  });

  it('is whoever manages this channel when an alert is for "here"', async () => {
    const content = `<@${scene.discord.botId}> alert btc below 60k here`;
    const set = async (roles: readonly string[]) => textOf(await replyTo(scene, { content, id: somebody(), roles }));
    expect(await set([MANAGER])).toContain('this channel, once');
    expect(await set([])).toContain('Only people who manage a channel');
  });

  // https://docs.discord.com/developers/topics/permissions#implicit-permissions: who may not connect to a voice channel does not manage it either
  it('is nobody in a voice channel that is closed to them', async () => {
    const VOICE = '710000000000000077';
    const set = async (deny: bigint) => {
      const closed = { id: MANAGER, type: 0, allow: '0', deny: String(deny) } as const;
      const own = {
        id: scene.discord.botId,
        type: 1,
        allow: String(BITS.connect | BITS.manageChannels),
        deny: '0',
      } as const;
      scene.discord.world.channels.set(VOICE, {
        id: VOICE,
        type: 2,
        guild_id: GUILD,
        permission_overwrites: [closed, own],
      });
      const content = `<@${scene.discord.botId}> ticker set <#${VOICE}> tao`;
      return textOf(await replyTo(scene, { content, id: somebody(), roles: [MANAGER] }));
    };
    scene.discord.world.guilds.get(GUILD)?.roles.push({ id: GUILD, permissions: String(BITS.connect) });
    expect(await set(0n)).not.toContain('Not allowed');
    expect(await set(BITS.connect)).toContain('Not allowed');
  });

  it('is decided again in the channel of the digest when a draft is confirmed', async () => {
    const person = { id: somebody(), permissions: MANAGE_CHANNELS, roles: [MANAGER] };
    const draft = async () => {
      const options = { time: '09:00', channel: { channel: OTHER, permissions: MANAGE_CHANNELS } };
      const { message } = await slash(scene, 'digest create', options, person);
      if (message === null) throw new Error('no preview');
      const button = idsOf(message.body).find((id) => id.includes('confirm=')) ?? '';
      return { on: message, button };
    };
    const press = async (confirm: Awaited<ReturnType<typeof draft>>) => {
      const asked = scene.discord.interact({ ...confirm, ...person });
      await scene.discord.until(() => !Number.isNaN(asked.answerMs) || asked.followUps.length > 0);
      return textOf(asked.followUps[0] ?? asked.message);
    };
    const [first, second] = [await draft(), await draft()];
    const started = await press(first);
    expect(started).toContain('Digest started');
    expect(started).toContain(`<#${OTHER}>`); // which the client shows as the channel's name
    closedTo(OTHER, MANAGER, 0);
    expect(await press(second)).toContain('Not allowed');
  });
});

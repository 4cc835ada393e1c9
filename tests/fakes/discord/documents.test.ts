// The fake platform against Discord's documents: each case names the page whose rule it states, and none knows our own code.
import { type APIMessage, DiscordAPIError, REST, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createTestClock } from '../clock.ts';
import { type FakeDiscord, startFakeDiscord } from './discord.ts';
import { CHANNEL, GUILD, USER } from './events.ts';
import { limited } from './rest/http.ts';
import { BITS, INVITED } from './permissions.ts';

const clock = createTestClock();
let discord: FakeDiscord;
let rest: REST;
beforeEach(async () => {
  discord = await startFakeDiscord({ now: clock.now, checks: false });
  rest = new REST({ api: discord.url, version: '10', retries: 0, rejectOnRateLimit: () => true }).setToken(
    discord.token,
  );
});
afterEach(() => discord.close());

const post = (more: object = {}, channel = CHANNEL): Promise<APIMessage> =>
  rest.post(Routes.channelMessages(channel), { body: { flags: 0, ...more } }) as Promise<APIMessage>;
const list = (channel = CHANNEL) => rest.get(Routes.channelMessages(channel)) as Promise<APIMessage[]>;
const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'taken',
    (error: unknown) => (error instanceof DiscordAPIError ? error.code : error),
  );

// https://docs.discord.com/developers/resources/message
describe('messages of a channel', () => {
  it('get-channel-messages: "missing the READ_MESSAGE_HISTORY permission … then no messages will be returned"', async () => {
    await post();
    expect(await list()).toHaveLength(1);
    discord.world.deny(CHANNEL, BITS.readMessageHistory);
    expect(await list()).toEqual([]);
  });

  it('get-channel-messages, create-message: View Channel is required (50001 missing access)', async () => {
    discord.world.deny(CHANNEL, BITS.viewChannel);
    expect([await codeOf(list()), await codeOf(post())]).toEqual([50001, 50001]);
  });

  it('create-message: Send Messages is required (50013), Attach Files for files', async () => {
    discord.world.deny(CHANNEL, BITS.sendMessages);
    expect(await codeOf(post())).toBe(50013);
    discord.world.deny(CHANNEL, BITS.attachFiles);
    expect(await codeOf(post())).toBe('taken');
    const files = [{ name: 'x.png', data: Buffer.from('x') }];
    expect(await codeOf(rest.post(Routes.channelMessages(CHANNEL), { body: {}, files }))).toBe(50013);
  });

  it('create-message: a reply needs Read Message History (160002)', async () => {
    discord.world.deny(CHANNEL, BITS.readMessageHistory);
    expect(await codeOf(post({ message_reference: { message_id: '1' } }))).toBe(160_002);
    expect(await codeOf(post())).toBe('taken');
  });

  it('create-message: enforce_nonce returns the earlier message, for "the past few minutes" only', async () => {
    const nonce = { nonce: 'key', enforce_nonce: true };
    const first = await post(nonce);
    expect((await post(nonce)).id).toBe(first.id);
    await clock.advance(10 * 60_000);
    expect((await post(nonce)).id).not.toBe(first.id);
  });
});

// https://docs.discord.com/developers/topics/permissions
describe('permissions', () => {
  const member = { id: USER, roles: ['42', '43'] };
  const rights = (overwrites: object[], person = member): bigint => {
    discord.world.guilds.set(GUILD, {
      id: GUILD,
      owner_id: '1',
      roles: [
        { id: GUILD, permissions: String(BITS.viewChannel) },
        { id: '42', permissions: String(BITS.manageChannels) },
        { id: '43', permissions: '0' },
        { id: '44', permissions: String(BITS.administrator) },
      ],
    });
    discord.world.channels.set('5', { id: '5', type: 0, guild_id: GUILD, permission_overwrites: overwrites as never });
    return discord.world.permissions(person, '5') & BITS.manageChannels;
  };
  const over = (id: string, type: 0 | 1, allow: bigint, deny: bigint) => ({
    id,
    type,
    allow: String(allow),
    deny: String(deny),
  });
  const manage = BITS.manageChannels;

  it('permission-overwrites: roles add up; @everyone, then roles together, then the member; denied before allowed', () => {
    expect(rights([])).toBe(manage);
    expect(rights([over(GUILD, 0, 0n, manage)])).toBe(0n);
    expect(rights([over(GUILD, 0, 0n, manage), over('42', 0, manage, 0n)])).toBe(manage);
    expect(rights([over('42', 0, 0n, manage), over('43', 0, manage, 0n)])).toBe(manage);
    expect(rights([over('43', 0, manage, 0n), over(USER, 1, 0n, manage)])).toBe(0n);
    expect(rights([over('43', 1, 0n, manage)])).toBe(manage); // a member's overwrite for somebody else
  });

  it('administrators and owners pass overwrites', () => {
    const closed = [over(GUILD, 0, 0n, (1n << 53n) - 1n)];
    expect(rights(closed, { id: USER, roles: ['44'] })).toBe(manage);
    expect(rights(closed, { id: '1', roles: [] })).toBe(manage);
  });

  it('implicit-permissions, inherited-permissions-threads', async () => {
    discord.world.deny(CHANNEL, BITS.viewChannel);
    expect(discord.world.own(CHANNEL)).toBe(0n);
    discord.world.deny(CHANNEL, BITS.sendMessages);
    expect(discord.world.own(CHANNEL) & BITS.attachFiles).toBe(0n);
    discord.world.channels.set('6', { id: '6', type: 11, guild_id: GUILD, parent_id: CHANNEL });
    expect(await codeOf(post({}, '6'))).toBe('taken'); // Send Messages in Threads is a right of its own
    discord.world.deny(CHANNEL, BITS.sendMessagesInThreads);
    expect(await codeOf(post({}, '6'))).toBe(50013);
  });
});

/** A bare client of the gateway: collects what it is sent. */
async function connect(shard: readonly [number, number] = [0, 1]) {
  const socket = new WebSocket(discord.url.replace('http', 'ws'));
  const got: { op: number; t?: string; d: Record<string, unknown> }[] = [];
  let closed = 0;
  socket.on('message', (data: Buffer) => void got.push(JSON.parse(data.toString('utf8')) as (typeof got)[number]));
  socket.on('close', (code) => (closed = code));
  await new Promise((resolve) => void socket.on('open', resolve));
  const say = (packet: object): void => socket.send(JSON.stringify(packet));
  say({ op: 2, d: { token: discord.token, intents: 512, shard } });
  await discord.until(() => closed !== 0 || got.some(({ t }) => t === 'READY'));
  return {
    say,
    got,
    code: () => closed,
    event: async (name: string) => {
      await discord.until(() => got.some(({ t }) => t === name));
      return got.findLast(({ t }) => t === name)?.d ?? {};
    },
  };
}

// https://docs.discord.com/developers/interactions/receiving-and-responding
describe('interactions', () => {
  it('interaction-object: app_permissions are those of the app in the place of the interaction', async () => {
    const client = await connect();
    discord.world.deny(CHANNEL, BITS.attachFiles);
    discord.interact({ command: 'coin' });
    expect((await client.event('INTERACTION_CREATE'))['app_permissions']).toBe(String(INVITED & ~BITS.attachFiles));
  });

  it('create-followup-message: right after a deferral it fills the deferred answer and keeps its privacy; later it is a message', async () => {
    await connect();
    const asked = discord.interact({ command: 'coin' });
    const webhook = Routes.webhook(discord.applicationId, asked.token);
    await rest.post(Routes.interactionCallback(asked.id, asked.token), { body: { type: 5 }, auth: false });
    await rest.post(webhook, { body: { flags: 64 }, auth: false });
    expect(asked).toMatchObject({ followUps: [], message: { ephemeral: false } });
    await rest.post(webhook, { body: { flags: 64 }, auth: false });
    expect(asked.followUps).toMatchObject([{ ephemeral: true }]);
  });

  it('delete-original-interaction-response: the answer is gone and cannot be edited', async () => {
    await connect();
    const asked = discord.interact({ command: 'coin' });
    await rest.post(Routes.interactionCallback(asked.id, asked.token), { body: { type: 5 }, auth: false });
    const original = Routes.webhookMessage(discord.applicationId, asked.token);
    await rest.delete(original, { auth: false });
    expect(await codeOf(rest.patch(original, { body: {}, auth: false }))).toBe(10015);
  });

  it('responding within 3 seconds: afterwards the interaction is unknown (10062); a second answer is refused (40060)', async () => {
    await connect();
    const [quick, slow] = [discord.interact({ command: 'coin' }), discord.interact({ command: 'coin' })];
    const answer = ({ id, token }: { id: string; token: string }) =>
      codeOf(rest.post(Routes.interactionCallback(id, token), { body: { type: 5 }, auth: false }));
    expect([await answer(quick), await answer(quick)]).toEqual(['taken', 40060]);
    await clock.advance(3001);
    expect(await answer(slow)).toBe(10062);
  });

  it('application-commands, autocomplete: options "are not confined to only use choices given", so a label may come back', async () => {
    const client = await connect();
    discord.interact({ command: 'coin', options: { coin: 'Bittensor (TAO)' } });
    const { data } = await client.event('INTERACTION_CREATE');
    expect(data).toMatchObject({ options: [{ name: 'coin', value: 'Bittensor (TAO)' }] });
  });

  it('application-commands: default_member_permissions is text', async () => {
    await discord.close();
    discord = await startFakeDiscord({ now: clock.now });
    rest = new REST({ api: discord.url, version: '10' }).setToken(discord.token);
    const put = (rights: unknown) =>
      codeOf(
        rest.put(Routes.applicationCommands(discord.applicationId), {
          body: [{ name: 'x', description: 'x', type: 1, default_member_permissions: rights }],
        }),
      );
    expect([await put(16), await put('16')]).toEqual([50035, 'taken']);
  });
});

// https://docs.discord.com/developers/events/gateway
describe('gateway', () => {
  it('sharding: a server belongs to one shard, direct messages to shard 0; one may fall silent while others go on', async () => {
    discord.gateway.requireShards(2);
    const [zero, one] = [await connect([0, 2]), await connect([1, 2])];
    const guild = [GUILD, '700000000004194304'].find((id) => discord.gateway.shardOf(id) === 1) ?? '';
    discord.interact({ command: 'coin', guild });
    discord.interact({ command: 'coin', guild: null });
    await Promise.all([one.event('INTERACTION_CREATE'), zero.event('INTERACTION_CREATE')]);
    discord.gateway.zombie('deaf', 1);
    for (const client of [one, zero]) client.say({ op: 1, d: null });
    await discord.until(() => zero.got.some(({ op }) => op === 11));
    expect(one.got.some(({ op }) => op === 11)).toBe(false);
  });

  it('close event codes: 4011 where sharding is required', async () => {
    discord.gateway.requireShards(2);
    expect((await connect([0, 1])).code()).toBe(4011);
    expect(await rest.get(Routes.gatewayBot())).toMatchObject({ shards: 2 });
  });
});

// https://docs.discord.com/developers/topics/rate-limits
it('rate limits: Retry-After may be five minutes', async () => {
  discord.faults.push(() => limited({ retryAfter: '300' }));
  await expect(post()).rejects.toMatchObject({ retryAfter: expect.closeTo(300_000, -3) as number });
});

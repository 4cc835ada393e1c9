// A Discord on loopback: REST v10 and gateway as the real discord.js speaks them, with faults, limits and a log of all that was said.
//
//   const discord = await startFakeDiscord({ limiter: 'sliding' });
//   DISCORD_API_URL=discord.url, DISCORD_TOKEN=discord.token
//   const asked = await discord.interact({ command: 'coin', options: { coin: 'tao' } });
//   await discord.answered(asked);            // asked.message is what people see, asked.ackMs how fast it was acknowledged
//   await discord.message({ content: `<@${discord.botId}> price tao` });
//   discord.messages('channel id');           // visible messages of a channel, oldest first; all channels without an id
//   discord.faults.push((call) => (call.method === 'POST' ? { commit: true, answer: { status: 502 } } : undefined));
//   discord.state.badChannels.set('123', { status: 404, code: 10003 });
//   discord.world.deny('channel id', BITS.readMessageHistory);  // of the bot; roles and overwrites: discord.world.guilds, .channels
//   discord.gateway.reconnect(); discord.gateway.invalidate(false); discord.gateway.drop(); discord.gateway.zombie('deaf', 1);
//   expect(discord.state.refusals).toEqual([]); // bodies that the real platform would refuse (50035)
//   await discord.close();
import type { AddressInfo } from 'node:net';
import { PATIENCE_MS } from '../patience.ts';
import {
  CHANNEL,
  GUILD,
  interactionPayload,
  type InteractionWish,
  messagePayload,
  type MessageWish,
} from './events.ts';
import { attachGateway } from './gateway.ts';
import { guildJson, type GuildParts, SMALL_GUILD } from './guild-json.ts';
import { createHttp, type FaultPlan } from './rest/http.ts';
import { createLimiter, type LimiterModel } from './rest/limiter.ts';
import { createWorld, IN_DIRECT_MESSAGES } from './permissions.ts';
import { createState, type FakeInteraction, type FakeMessage } from './state.ts';

export type FakeDiscordOptions = {
  /** How the global limit counts; none unless given. */
  limiter?: LimiterModel;
  perSecond?: number;
  /** Five posts per five seconds and channel. */
  channelLimit?: boolean;
  idleRefreshMs?: number;
  /** Servers in READY, and as GUILD_CREATE for clients that ask for them. */
  guilds?: number;
  /** How many parts each of them has. */
  guildParts?: GuildParts;
  shards?: number;
  nonceTtlMs?: number;
  /** Sessions left today. */
  remaining?: number;
  token?: string;
  /** The platform's clock (epoch ms); the real one when absent. Times of interactions are by it. */
  now?: () => number;
  /** False: takes any body (for clients other than ours). */
  checks?: boolean;
};

export type FakeDiscord = Awaited<ReturnType<typeof startFakeDiscord>>;

const BOT = '750000000000000000';
const APPLICATION = '760000000000000000';
export const TOKEN = 'NzUwMDAwMDAwMDAwMDAwMDAw.fake-token.abcdefghijklmnopqrstuvwxyz012345';

export async function startFakeDiscord(options: FakeDiscordOptions = {}) {
  const { token = TOKEN, shards = 1 } = options;
  const now = options.now ?? ((): number => performance.timeOrigin + performance.now());
  const world = createWorld(BOT, GUILD);
  const state = createState({ now, nonceTtlMs: options.nonceTtlMs ?? 180_000, world });
  const identity = { botId: BOT, applicationId: APPLICATION };
  const faults: FaultPlan[] = [];
  let origin = '';
  const gatewayUrl = (): string => origin.replace('http', 'ws');
  const gatewayInfo = () => ({
    url: gatewayUrl(),
    shards: gateway.shards(),
    session_start_limit: {
      total: 1000,
      remaining: options.remaining ?? 1000,
      reset_after: 14_400_000,
      max_concurrency: 16,
    },
  });
  const server = createHttp({
    context: { state, ...identity, now, checks: options.checks ?? true },
    token,
    limiter: options.limiter === undefined ? null : createLimiter(options.limiter, options.perSecond ?? 50),
    channelLimit: options.channelLimit ?? false,
    faults,
    now,
    gatewayInfo,
  });
  const gateway = attachGateway(server, {
    token,
    ...identity,
    idleRefreshMs: options.idleRefreshMs ?? 41_250,
    guilds: options.guilds ?? 0,
    shards,
    url: gatewayUrl,
    guildJson: (index) => guildJson(index, options.guildParts ?? SMALL_GUILD),
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Polls until it holds; fails when patience ends. */
  async function until(holds: () => boolean, what = 'condition'): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!holds()) {
      if (performance.now() > end)
        throw new Error(
          `fake Discord waited ${PATIENCE_MS} ms in vain for: ${what}; refused: ${state.refusals.slice(-3).join(' | ') || 'nothing'}`,
        );
      await new Promise((resolve) => void setTimeout(resolve, 5));
    }
  }

  return {
    /** For `DISCORD_API_URL`. */
    url: `${origin}/api`,
    token,
    ...identity,
    state,
    world,
    gateway,
    faults,
    now,
    until,
    /** What people see, oldest first. */
    messages: (channel?: string): FakeMessage[] =>
      state.messages.filter((message) => !message.deleted && (channel === undefined || message.channel === channel)),
    count: (method: string, pattern: RegExp): number =>
      state.calls.filter((call) => call.method === method && pattern.test(call.path)).length,
    /** Sends an interaction; the returned record fills as the bot answers. */
    interact(wish: InteractionWish): FakeInteraction {
      const id = wish.sameAs?.id ?? state.snowflake(now() - (wish.ageMs ?? 0));
      const tokenOf = wish.sameAs?.token ?? `token${id}${'x'.repeat(40)}`;
      const rights = wish.guild === null ? IN_DIRECT_MESSAGES : world.own(wish.channel ?? CHANNEL);
      const payload = interactionPayload(wish, { id, token: tokenOf }, identity, String(rights));
      const record =
        state.byId.get(id) ??
        state.openInteraction({
          id,
          token: tokenOf,
          type: payload.type,
          sentAt: now() - (wish.ageMs ?? 0),
          message: 'on' in wish ? wish.on : null,
        });
      gateway.event('INTERACTION_CREATE', payload, wish.toAll);
      return record;
    },
    /** Knows an interaction whose event a test sends itself, in whatever form. */
    expectInteraction(type: number): FakeInteraction {
      const id = state.snowflake();
      return state.openInteraction({ id, token: `token${id}${'x'.repeat(40)}`, type, sentAt: now(), message: null });
    },
    /** Waits until the answer itself (not only a deferral) is there. */
    answered: (asked: FakeInteraction): Promise<void> =>
      until(
        () => asked.choices !== null || !Number.isNaN(asked.answerMs) || asked.followUps.length > 0,
        `answer to interaction of type ${asked.type}`,
      ),
    /** Somebody writes a message; returns its id. */
    message(wish: MessageWish): string {
      const id = wish.messageId ?? state.snowflake();
      gateway.event('MESSAGE_CREATE', messagePayload(wish, id, identity), wish.toAll);
      return id;
    },
    async close(): Promise<void> {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

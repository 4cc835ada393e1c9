// The connection to Discord's gateway: no privileged intents, no caches, reconnects on its own; stops on close codes that forbid it.
import {
  type APIInteraction,
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayMessageCreateDispatchData,
  Options,
} from 'discord.js';
import type { Log } from '../../../base/log.ts';
import type { BotHealth } from '../../bot.ts';
import type { Rest } from '../send/rest.ts';
import { createShardLiveness } from './liveness.ts';

export type GatewayOptions = {
  token: string;
  onInteraction: (interaction: APIInteraction) => void;
  onMessage: (message: GatewayMessageCreateDispatchData) => void;
  /** After each fresh session (not after a resume). */
  onReady: (self: { userId: string; applicationId: string }) => void;
  /** The platform forbids to come back: wrong token, wrong intents, sharding required. */
  onFatal: (reason: string) => void;
  /** Asking for the gateway's address goes the way of all calls. */
  rest: Rest['gateway'];
  log: Log;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** A shard that is silent for this long is given up; undefined: a heartbeat of Discord (41.25 s) and some patience. */
  silenceMs?: number | undefined;
};

export type Gateway = { start(): Promise<void>; stop(reason?: string): Promise<void>; health(): BotHealth };

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway – codes after which clients must not reconnect. */
const FATAL_CODES = new Map([
  [4004, 'the token was refused'],
  [4010, 'the shard is invalid'],
  [4011, 'sharding is required'],
  [4012, 'the API version is not valid any more'],
  [4013, 'the intents are invalid'],
  [4014, 'the intents are not allowed'],
]);
const FATAL_MESSAGES = new Map([
  ['Authentication failed', 4004],
  ['Invalid shard', 4010],
  ['Sharding is required', 4011],
  ['Used an invalid API version', 4012],
  ['Used invalid intents', 4013],
  ['Used disallowed intents', 4014],
]);
/** Waits between attempts to connect at all, ms; 1,000 identifications a day would cost the token. */
const RETRY_WAITS = [2000, 5000, 15_000, 60_000, 300_000];

/** Discord beats every 41.25 s; the library would need up to two beats and 30 s of waiting for a goodbye that never comes. */
const SILENCE_MS = 54_000;

/** Events that discord.js itself needs; all others are read raw, so that it builds and caches nothing from them. */
const OWN_EVENTS = new Set<string>([GatewayDispatchEvents.Ready, GatewayDispatchEvents.Resumed]);
const INTERACTION: string = GatewayDispatchEvents.InteractionCreate;
const MESSAGE: string = GatewayDispatchEvents.MessageCreate;

export function createGateway(options: GatewayOptions): Gateway {
  const { log, silenceMs = SILENCE_MS } = options;
  const liveness = createShardLiveness(options.now);
  let client: Client | null = null;
  let state: { kind: 'new' | 'connecting' | 'ready' | 'ended'; detail: string } = {
    kind: 'new',
    detail: 'not started',
  };
  const down = new Set<number>();

  function fatal(code: number): void {
    if (state.kind === 'ended') return;
    const reason = FATAL_CODES.get(code) ?? `close code ${code}`;
    log.error({ code }, 'Discord ends the connection for good');
    void end(reason);
    options.onFatal(reason);
  }

  async function end(detail: string): Promise<void> {
    state = { kind: 'ended', detail };
    const old = client;
    client = null;
    await old?.destroy();
  }

  function open(): Client {
    const opened = new Client(clientOptions(options));
    options.rest.watch(opened.rest);
    opened.on(Events.Raw, (packet: { t: string | null; d: unknown }, shard: number) => {
      liveness.heard(shard);
      if (opened === client) take(packet);
    });
    opened.on(Events.ClientReady, (ready) => {
      if (opened !== client) return;
      ready.guilds.cache.clear(); // only ids of servers that we never look up
      down.clear();
      state = { kind: 'ready', detail: 'connected' };
      options.onReady({ userId: ready.user.id, applicationId: ready.application.id });
    });
    opened.on(Events.ShardReady, (shard) => down.delete(shard));
    opened.on(Events.ShardResume, (shard) => down.delete(shard));
    opened.on(Events.ShardReconnecting, (shard) => {
      if (opened !== client) return;
      down.add(shard);
      log.info({ shard }, 'gateway connection lost, coming back');
    });
    opened.on(Events.ShardDisconnect, (event) => {
      if (opened === client) fatal(event.code);
    });
    opened.on(Events.ShardError, (error, shard) => log.warn({ err: error, shard }, 'gateway error'));
    opened.on(Events.Error, (error) => log.warn({ err: error }, 'Discord client error'));
    return opened;
  }

  /** Reads an event and hides it from discord.js by emptying its name. */
  function take(packet: { t: string | null; d: unknown }): void {
    const { t: name, d: data } = packet;
    if (name === null || OWN_EVENTS.has(name)) return;
    packet.t = null;
    if (state.kind === 'ended' || typeof data !== 'object' || data === null) return;
    if (name === INTERACTION) options.onInteraction(data as APIInteraction);
    if (name === MESSAGE) options.onMessage(data as GatewayMessageCreateDispatchData);
  }

  /** Replaces a connection that went silent; the old one says goodbye on its own, to nobody. */
  async function watch(): Promise<void> {
    while (!isEnded()) {
      await options.sleep(silenceMs / 10);
      const silent =
        state.kind === 'ready' && client !== null && liveness.silentMs(client.ws.shards.values()) > silenceMs;
      if (!silent) continue;
      log.warn({ silenceMs }, 'gateway went silent, connecting anew');
      const old = client;
      void old?.destroy().catch((error: unknown) => log.warn({ err: error }, 'old connection did not close'));
      liveness.forget();
      const error = await attempt();
      if (error === null) continue;
      failed(error);
      await keepTrying();
    }
  }

  /** One attempt; null when it worked or ended for good, else the error. */
  async function attempt(): Promise<unknown> {
    state = { kind: 'connecting', detail: 'connecting' };
    client = open();
    try {
      await client.login(options.token);
      return null;
    } catch (error) {
      const code = fatalCode(error);
      if (code !== null) fatal(code);
      return code === null ? error : null;
    }
  }

  async function keepTrying(): Promise<void> {
    for (let tries = 0; state.kind !== 'ended'; tries++) {
      await options.sleep(RETRY_WAITS[Math.min(tries, RETRY_WAITS.length - 1)] ?? 0);
      if (isEnded()) return;
      const error = await attempt();
      if (error === null) return;
      failed(error);
    }
  }

  const isEnded = (): boolean => state.kind === 'ended';

  function failed(error: unknown): void {
    if (isEnded()) return;
    state = { kind: 'connecting', detail: 'Discord cannot be reached, trying again' };
    log.warn({ err: error }, 'no connection to Discord yet');
  }

  return {
    async start() {
      const error = await attempt();
      if (error !== null) {
        failed(error);
        void keepTrying();
      }
      void watch();
    },
    stop: (reason = 'stopped') => (isEnded() ? Promise.resolve() : end(reason)),
    health() {
      if (state.kind !== 'ready') return { connected: false, detail: state.detail };
      const shards = client?.ws.shards.size ?? 0;
      if (down.size > 0) return { connected: false, detail: `${down.size} of ${shards} shards are coming back` };
      return { connected: true, detail: shards === 1 ? 'connected' : `connected, ${shards} shards` };
    },
  };
}

function clientOptions({ rest }: GatewayOptions): ConstructorParameters<typeof Client>[0] {
  return {
    intents: [GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    shards: 'auto',
    waitGuildTimeout: 0,
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      ReactionManager: 0,
      GuildMemberManager: 0,
      UserManager: 0,
      PresenceManager: 0,
      ThreadMemberManager: 0,
      VoiceStateManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
    }),
    rest: rest.options,
  };
}

/** Close codes during login arrive as errors with only a message; a 401 of the gateway's address as an invalid token. */
function fatalCode(error: unknown): number | null {
  const inner = error instanceof Error ? error : (error as { error?: unknown } | null)?.error;
  if (!(inner instanceof Error)) return null;
  if ((inner as { code?: unknown }).code === 'TokenInvalid') return 4004;
  return FATAL_MESSAGES.get(inner.message) ?? null;
}

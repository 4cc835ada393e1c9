// The connection to Discord's gateway: no privileged intents, no caches, reconnects on its own; stops on close codes that forbid it.
import {
  type APIInteraction,
  Client,
  Events,
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
} from 'discord.js';
import type { Log } from '../../../base/log.ts';
import type { BotHealth } from '../../bot.ts';
import { showStatus } from '../status/presence.ts';
import type { Rest } from '../send/rest.ts';
import { createShardLiveness } from '../shards/liveness.ts';
import { createShardCutter } from '../shards/one-shard.ts';
import { type ShardList, shardsInWords, tooFewShards } from '../shards/shard-list.ts';
import { clientOptions } from './client-options.ts';
import { FATAL_CODES, fatalCode, SHARDING_REQUIRED, troubleOf } from './close-codes.ts';

export type GatewayOptions = {
  token: string;
  /** The shards of this process; undefined: all, as many as Discord recommends. */
  shards?: ShardList | undefined;
  onInteraction: (interaction: APIInteraction) => void;
  onMessage: (message: GatewayMessageCreateDispatchData) => void;
  /** Every other event, by its name. */
  onOther: (name: string, data: Readonly<Record<string, unknown>>) => void;
  /** When all shards of a new client are there for the first time; not when one of them comes back, with its old session or a new one. */
  onReady: (self: { userId: string; applicationId: string }) => void;
  /** The platform forbids to come back: wrong token, wrong intents. */
  onFatal: (reason: string) => void;
  /** Asking for the gateway's address goes the way of all calls. */
  rest: Rest['gateway'];
  log: Log;
  monotonic: () => number;
  sleep: (ms: number) => Promise<void>;
  /** A shard that is silent for this long is given up; undefined: a heartbeat of Discord (41.25 s) and some patience. */
  silenceMs?: number | undefined;
};

export type Gateway = {
  start(): Promise<void>;
  stop(reason?: string): Promise<void>;
  health(): BotHealth;
  /** Shows these words as the bot's status, in each session from now on. */
  present(words: string): void;
};

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
  const liveness = createShardLiveness(options.monotonic);
  let cutter = createShardCutter();
  const cut = new Set<number>(); // shards that were cut and have not been heard of since
  let client: Client | null = null;
  let state: { kind: 'new' | 'connecting' | 'ready' | 'ended'; detail: string } = {
    kind: 'new',
    detail: 'not started',
  };
  const up = new Set<number>();
  let renewing = false;
  let status: string | null = null;

  function fatal(code: number): void {
    if (state.kind === 'ended') return;
    const reason = FATAL_CODES.get(code) ?? `Discord ended the connection for good (code ${code})`;
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

  /** More shards are wanted than a setting allows: nothing arrives until it is changed, and posts go on, as they need no shard. */
  function tooFew({ count }: ShardList): void {
    const reason = tooFewShards(count);
    log.error({ reason }, 'Discord takes no connection of this process');
    void end(reason);
  }

  function open(): Client {
    cutter = createShardCutter();
    const opened = new Client({ ...clientOptions(options), ws: cutter.options });
    options.rest.watch(opened.rest);
    opened.on(Events.Raw, (packet: { t: string | null; d: unknown }, shard: number) => {
      if (opened !== client) return;
      liveness.heard(shard);
      cut.delete(shard);
      take(packet);
    });
    opened.on(Events.ClientReady, (ready) => {
      if (opened !== client) return;
      for (const shard of opened.ws.shards.keys()) up.add(shard);
      state = { kind: 'ready', detail: 'connected' };
      showStatus(opened, status);
      options.onReady({ userId: ready.user.id, applicationId: ready.application.id });
    });
    const isBack = (shard: number): void => {
      opened.guilds.cache.clear(); // each new session names its servers, which we never look up
      if (opened !== client) return;
      up.add(shard);
      if (state.kind === 'ready') showStatus(opened, status, shard); // a new session knows none, an old one missed some
    };
    opened.on(Events.ShardReady, isBack);
    opened.on(Events.ShardResume, isBack);
    opened.on(Events.ShardReconnecting, (shard) => {
      if (opened !== client) return;
      up.delete(shard);
      log.info({ shard }, 'gateway connection lost, coming back');
    });
    opened.on(Events.ShardDisconnect, (event) => {
      if (opened !== client) return;
      if (event.code !== SHARDING_REQUIRED) fatal(event.code);
      else if (options.shards === undefined) void anew('Discord wants more shards');
      else tooFew(options.shards);
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
    packet.d = null; // it would wait in a queue until all shards are there
    if (state.kind === 'ended' || typeof data !== 'object' || data === null) return;
    try {
      if (name === INTERACTION) options.onInteraction(data as APIInteraction);
      else if (name === MESSAGE) options.onMessage(data as GatewayMessageCreateDispatchData);
      else options.onOther(name, data as Readonly<Record<string, unknown>>);
    } catch (error) {
      log.error({ err: error }, 'an event of the gateway was not understood'); // the library would throw it into the void
    }
  }

  /** Looks after silent connections: one shard is cut and resumed alone; what stays silent, or cannot be cut, leads to a new client. */
  async function watch(): Promise<void> {
    while (!isEnded()) {
      await options.sleep(silenceMs / 10);
      if (state.kind !== 'ready' || client === null) continue;
      const silent = liveness.silent(client.ws.shards.values(), silenceMs);
      if (silent.some((shard) => cut.has(shard) || !cutOne(shard))) await anew('gateway stays silent');
    }
  }

  function cutOne(shard: number): boolean {
    log.warn({ shard, lastedMs: silenceMs }, 'gateway went silent, resuming this shard');
    liveness.forget(shard);
    cut.add(shard);
    up.delete(shard); // the library may already be waiting for a goodbye and then says nothing
    return cutter.cut(shard);
  }

  /** Connects anew, with as many shards as Discord recommends now unless a setting says them; the old connections say goodbye on their own, to nobody. */
  async function anew(reason: string): Promise<void> {
    if (renewing || isEnded()) return;
    renewing = true;
    log.warn({ reason }, 'connecting to Discord anew');
    const old = client;
    client = null;
    void old?.destroy().catch((error: unknown) => log.warn({ err: error }, 'old connection did not close'));
    liveness.forget();
    cut.clear();
    up.clear();
    const error = await attempt();
    if (error !== null) {
      failed(error);
      await keepTrying();
    }
    renewing = false;
  }

  /** One attempt; null when it worked, ended for good, or another one goes on in its place, else the error. */
  async function attempt(): Promise<unknown> {
    state = { kind: 'connecting', detail: 'connecting' };
    const opened = open();
    client = opened;
    try {
      await opened.login(options.token);
      return null;
    } catch (error) {
      if (opened !== client) return null; // more shards were wanted: two logins would stay side by side
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
    state = { kind: 'connecting', detail: troubleOf(error) };
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
    present(words) {
      status = words;
      if (state.kind === 'ready' && client !== null) showStatus(client, words);
    },
    health() {
      if (state.kind !== 'ready') return { connected: false, detail: state.detail };
      const held = new Set(client?.ws.shards.keys());
      return { connected: up.size === held.size, detail: shardsInWords({ held, up, list: options.shards }) };
    },
  };
}

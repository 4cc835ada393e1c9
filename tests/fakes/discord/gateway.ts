// The gateway half of the fake: hello, identify, heartbeats, resume with replay, and everything that goes wrong there.
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

type Session = {
  id: string;
  shard: number;
  /** Shards in all, as the session was told when it identified. */
  of: number;
  seq: number;
  sent: { s: number; frame: string }[];
  socket: WebSocket | null;
  intents: number;
};

export type GatewayOptions = {
  token: string;
  botId: string;
  applicationId: string;
  idleRefreshMs: number;
  guilds: number;
  shards: number;
  url: () => string;
  guildJson: (index: number) => object;
};

const GUILDS_INTENT = 1;
/** Events that come with that intent only (some of them): https://docs.discord.com/developers/events/gateway#list-of-intents */
const OF_GUILDS =
  /^(?:GUILD_(?:CREATE|UPDATE|DELETE|ROLE_\w+)|CHANNEL_(?:CREATE|UPDATE|DELETE)|THREAD_(?:CREATE|UPDATE|DELETE))$/;

export function attachGateway(server: Server, options: GatewayOptions) {
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const sessions = new Map<string, Session>();
  const counts = { identifies: 0, resumes: 0, heartbeats: 0 };
  /** Shards of all sessions in the order in which they identified or resumed. */
  const order: { op: 'identify' | 'resume'; shard: number; of: number }[] = [];
  /** Zombies take everything and say nothing: these shards, or all. */
  const deaf = new Set<number | 'all'>();
  const isDeaf = (shard: number | undefined): boolean => deaf.has('all') || (shard !== undefined && deaf.has(shard));
  let shards = options.shards;
  const gone = new WeakSet<WebSocket>();
  let closeOnIdentify: number | null = null;
  let resumable = true;
  /** Updates of the bot's presence (https://docs.discord.com/developers/events/gateway-events#update-presence). */
  const statuses: Record<string, unknown>[] = [];
  let greeted = 0;
  let heard = 0;

  sockets.on('connection', (socket) => {
    let session: Session | null = null;
    greeted++;
    send(socket, { op: 10, d: { heartbeat_interval: options.idleRefreshMs } });
    socket.on('message', (data: Buffer) => {
      heard++;
      const packet = JSON.parse(data.toString('utf8')) as { op: number; d: Record<string, unknown> };
      if (isDeaf(session?.shard)) return;
      if (packet.op === 1) {
        counts.heartbeats++;
        send(socket, { op: 11 });
      }
      if (packet.op === 3) statuses.push({ shard: session?.shard ?? -1, ...packet.d });
      if (packet.op === 2) session = identify(socket, packet.d);
      if (packet.op === 6) session = resume(socket, packet.d);
    });
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = null;
    });
  });

  function identify(socket: WebSocket, data: Record<string, unknown>): Session | null {
    counts.identifies++;
    if (data['token'] !== options.token) return refuse(socket, 4004);
    if (closeOnIdentify !== null) return refuse(socket, closeOnIdentify);
    const [shard = 0, of = 1] = (data['shard'] as number[] | undefined) ?? [];
    if (shard >= of) return refuse(socket, 4010); // https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway
    if (of < shards) return refuse(socket, 4011);
    order.push({ op: 'identify', shard, of });
    const session: Session = {
      id: `session-${counts.identifies}`,
      shard,
      of,
      seq: 0,
      sent: [],
      socket,
      intents: Number(data['intents']),
    };
    sessions.set(session.id, session);
    const own = Array.from({ length: options.guilds }, (_, index) => index).filter(
      (index) => shardOf(guildId(index)) === shard,
    );
    const guilds = own.map((index) => ({ id: guildId(index), unavailable: true }));
    dispatch(session, 'READY', {
      v: 10,
      user: { id: options.botId, username: 'taobot', discriminator: '0000', avatar: null, bot: true },
      guilds,
      session_id: session.id,
      resume_gateway_url: options.url(),
      application: { id: options.applicationId, flags: 0 },
      shard: data['shard'],
    });
    if ((session.intents & GUILDS_INTENT) !== 0)
      for (const index of own) dispatch(session, 'GUILD_CREATE', options.guildJson(index));
    return session;
  }

  function resume(socket: WebSocket, data: Record<string, unknown>): Session | null {
    counts.resumes++;
    const session = sessions.get(String(data['session_id']));
    if (session === undefined || !resumable) {
      send(socket, { op: 9, d: false });
      return null;
    }
    order.push({ op: 'resume', shard: session.shard, of: session.of });
    session.socket = socket;
    for (const { s, frame } of session.sent) if (s > Number(data['seq'])) socket.send(frame);
    dispatch(session, 'RESUMED', {});
    return session;
  }

  function refuse(socket: WebSocket, code: number): null {
    socket.close(code);
    return null;
  }

  /** Sent now, and kept for a resume. */
  function dispatch(session: Session, t: string, d: unknown): void {
    session.seq++;
    const frame = JSON.stringify({ op: 0, s: session.seq, t, d });
    session.sent.push({ s: session.seq, frame });
    if (session.sent.length > 2000) session.sent.shift();
    if (!isDeaf(session.shard) && session.socket !== null && !gone.has(session.socket)) session.socket.send(frame);
  }

  const shardOf = (guild: unknown): number =>
    typeof guild === 'string' ? Number((BigInt(guild) >> 22n) % BigInt(shards)) : 0;
  const latest = (shard = 0): Session | undefined =>
    [...sessions.values()].filter((session) => session.shard === shard).at(-1);
  const open = (): WebSocket[] => [...sockets.clients].filter((socket) => socket.readyState === socket.OPEN);

  return {
    counts,
    order,
    statuses,
    /**
     * Sends an event to the session of its server's shard, 0 for direct messages; kept for a resume when nobody is connected
     * (https://docs.discord.com/developers/events/gateway#sharding).
     */
    event: (t: string, d: Readonly<Record<string, unknown>>, toAll = false): void => {
      const shard = shardOf(/^GUILD_(?:CREATE|UPDATE|DELETE)$/.test(t) ? d['id'] : d['guild_id']);
      const session = latest(shard);
      const connected = [...sessions.values()].filter((one) => one.shard === shard && one.socket?.readyState === 1);
      const wants = (one: Session): boolean => !OF_GUILDS.test(t) || (one.intents & GUILDS_INTENT) !== 0;
      for (const one of toAll ? connected : [session]) if (one !== undefined && wants(one)) dispatch(one, t, d);
    },
    /** Any bytes, to all connections. */
    raw: (text: string): void => open().forEach((socket) => socket.send(text)),
    /** Connections since the start, and messages that came over them, answered or not. */
    greeted: (): number => greeted,
    heard: (): number => heard,
    connections: (): number => [...sessions.values()].filter((session) => session.socket?.readyState === 1).length,
    /** Cuts TCP without a close frame. */
    drop: (shard?: number): void =>
      (shard === undefined ? open() : [latest(shard)?.socket]).forEach((socket) => socket?.terminate()),
    closeWith: (code: number): void => open().forEach((socket) => socket.close(code)),
    reconnect: (): void => open().forEach((socket) => send(socket, { op: 7, d: null })),
    invalidate: (mayResume: boolean): void => open().forEach((socket) => send(socket, { op: 9, d: mayResume })),
    /**
     * `deaf`: nothing is answered from now on, heartbeats included. `gone`: the present connections answer nothing at all, not even a close.
     * null: all hear again.
     */
    zombie: (kind: 'deaf' | 'gone' | null, shard: number | 'all' = 'all'): void => {
      if (kind === null) deaf.clear();
      if (kind === 'deaf') deaf.add(shard);
      if (kind !== 'gone') return;
      for (const socket of shard === 'all' ? open() : [latest(shard)?.socket ?? null].filter((one) => one !== null)) {
        gone.add(socket);
        socket.pause();
      }
    },
    /** Discord wants this many shards from now on and takes no session of fewer. */
    requireShards: (count: number): void => void (shards = count),
    shards: (): number => shards,
    shardOf,
    refuseIdentifyWith: (code: number | null): void => void (closeOnIdentify = code),
    refuseResume: (on: boolean): void => void (resumable = !on),
    close: (): void => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** Ids whose shards follow each other. */
export function guildId(index: number): string {
  return String(700_000_000_000_000_000n + (BigInt(index) << 22n));
}

function send(socket: WebSocket, packet: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(packet));
}

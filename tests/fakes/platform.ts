// A small chat platform on loopback for the tests of scheduled posts: it recognises keys (or not), keeps a history (or not), and loses answers after the post.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent, request } from 'undici';
import { plainText } from '../../src/app/plain-text.ts';
import { type Bot, NOT_LEFT, type PostOutcome, type RefusalMeaning, type SendRules } from '../../src/bots/bot.ts';
import { DISCORD_SEND_RULES } from '../../src/bots/discord/send-rules.ts';
import { SLACK_SEND_RULES } from '../../src/bots/slack/send-rules.ts';

export type Post = { id: string; channel: string; text: string; key: string | null; at: number };

/** `refuse`: nothing is posted and the code is answered, with what it means where it refuses the channel. `lost`: the post is made, the answer is not: 502, a cut connection, or silence. */
export type PostFault = {
  refuse?: { status: number; code: string; retryAfterMs?: number } & Partial<RefusalMeaning>;
  lost?: '502' | 'reset' | 'hang';
  delayMs?: number;
  /** The post is made and answered only then. */
  until?: Promise<void>;
};

export type PlatformOptions = {
  /** How long a repeated key returns the first post (ms); 0: keys mean nothing. */
  keyWindowMs: number;
  /** Whether posts can be looked up. */
  history: boolean;
  /** Connections are cut before anything is read or made. */
  away?: boolean;
  /** The platform's clock (epoch ms); the real one when absent. */
  now?: () => number;
  /** Decides about each request, in order of arrival. */
  fault?: (channel: string, count: number) => PostFault;
};

export type FakePlatform = {
  origin: string;
  options: PlatformOptions;
  /** What people see now: posts without the removed ones. */
  posts: Post[];
  requests: { channel: string; at: number }[];
  close(): Promise<void>;
};

export async function startFakePlatform(options: PlatformOptions): Promise<FakePlatform> {
  const keys = new Map<string, Post>();
  const making = new Set<Promise<void>>();
  const now = options.now ?? Date.now;
  const state: FakePlatform = {
    origin: '',
    options,
    posts: [],
    requests: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((incoming, response) => void handle(incoming, response));

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (options.away === true) return void response.socket?.destroy();
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const [, , channel = '', , id] = url.pathname.split('/');
    if (incoming.method === 'GET') {
      await madeBefore();
      return answer(
        response,
        200,
        options.history ? { posts: state.posts.filter((post) => post.channel === channel) } : null,
      );
    }
    if (incoming.method === 'DELETE') {
      state.posts = state.posts.filter((post) => post.id !== id);
      return answer(response, 200, {});
    }
    const creating = take(channel, incoming, response);
    making.add(creating);
    await creating.finally(() => making.delete(creating));
  }

  async function take(channel: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of incoming) body += String(chunk);
    await create(channel, JSON.parse(body) as { text: string; key: string | null }, response);
  }

  /** A history holds what arrived before it was asked for, even when this process stood still and finds both at once. */
  async function madeBefore(): Promise<void> {
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    await Promise.allSettled(making);
  }

  async function create(
    channel: string,
    { text, key }: { text: string; key: string | null },
    response: ServerResponse,
  ): Promise<void> {
    state.requests.push({ channel, at: now() });
    const fault = state.options.fault?.(channel, state.requests.length) ?? {};
    if (fault.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    await fault.until;
    if (fault.refuse !== undefined) return answer(response, fault.refuse.status, fault.refuse);
    const known = key === null ? undefined : keys.get(key);
    const repeated = known !== undefined && now() - known.at < state.options.keyWindowMs;
    const post = repeated ? known : { id: String(1000 + state.requests.length), channel, text, key, at: now() };
    if (!repeated) state.posts.push(post);
    if (key !== null && !repeated) keys.set(key, post);
    if (fault.lost === 'hang') return;
    if (fault.lost === 'reset') return void response.socket?.destroy();
    return fault.lost === '502' ? answer(response, 502, {}) : answer(response, 200, post);
  }

  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  state.origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return state;
}

function answer(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}

const AMBIGUOUS = new Set([500, 502, 503, 504]);

/** A bot for the fake platform with the outcome classes of the real ones. */
export function createFakeBot(options: {
  name: 'discord' | 'slack';
  origin: string;
  timeoutMs?: number;
  sendRules?: SendRules;
  /** The bot's own wait before each post. */
  queue?: () => Promise<void>;
}): Bot {
  const agent = new Agent({ connections: 64 });
  const timeoutMs = options.timeoutMs ?? 1500;
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, json?: unknown) => {
    const response = await request(`${options.origin}${path}`, {
      method,
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    return { status: response.statusCode, json: (await response.body.json()) as Record<string, unknown> | null };
  };
  return {
    name: options.name,
    sendRules: options.sendRules ?? (options.name === 'discord' ? DISCORD_SEND_RULES : SLACK_SEND_RULES),
    start: () => Promise.resolve(),
    stop: () => agent.close(),
    health: () => ({ connected: true, detail: 'fake' }),
    prepare: (card) => Promise.resolve({ json: plainText(card), files: [] }),
    async post({ channel }, body, key, mayLeave = () => true): Promise<PostOutcome> {
      await options.queue?.();
      if (!mayLeave()) return NOT_LEFT;
      try {
        const { status, json } = await call('POST', `/channels/${channel}/messages`, { text: String(body.json), key });
        if (status === 200) return { kind: 'sent', messageId: String(json?.['id']) };
        if (AMBIGUOUS.has(status)) return { kind: 'ambiguous', code: String(status) };
        const code = typeof json?.['code'] === 'string' ? json['code'] : String(status);
        if (status === 429) return { kind: 'not-sent', code, retryAfterMs: Number(json?.['retryAfterMs'] ?? 1000) };
        if (status === 401) return { kind: 'bad-credential', code };
        const { reason = 'other', detail } = (json ?? {}) as Partial<RefusalMeaning>;
        const refusal = { code, reason, ...(detail === undefined ? {} : { detail }) };
        return { kind: status === 400 ? 'bad-body' : 'bad-target', ...refusal };
      } catch (error) {
        const { code } = error as { code?: string };
        return code === 'ECONNREFUSED' ? { kind: 'not-sent', code } : { kind: 'ambiguous', code: code ?? 'timeout' };
      }
    },
    async find({ channel }, key, since) {
      const { json } = await call('GET', `/channels/${channel}/messages`);
      if (json === null) return { kind: 'cannot-see' };
      const post = (json['posts'] as Post[]).find((candidate) => candidate.key === key && candidate.at >= since);
      return post === undefined ? { kind: 'absent' } : { kind: 'found', messageId: post.id };
    },
    remove: async ({ channel }, messageId) => void (await call('DELETE', `/channels/${channel}/messages/${messageId}`)),
  };
}

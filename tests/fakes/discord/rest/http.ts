// The REST half of the fake: reads calls (JSON and multipart), applies faults and limits, speaks API v10.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Limiter } from './limiter.ts';
import type { RouteContext } from './reply.ts';
import { routeCall } from './routes.ts';
import type { FakeCall } from '../state.ts';

/** What goes wrong with one call. `commit`: the platform did it, only the answer suffers. */
export type DiscordFault = {
  commit?: boolean;
  /** The platform does nothing about the call before this. */
  before?: Promise<void>;
  /** The answer waits for this. */
  until?: Promise<void>;
  answer:
    | 'ok'
    | 'reset'
    | 'hang'
    | 'truncate'
    | { status: number; body?: unknown; html?: boolean; headers?: Record<string, string> };
};

/** The fault that answers 429 in one of these forms. */
export const limited = (form: { retryAfter?: string; html?: true; scope?: string }): DiscordFault => ({
  answer: {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: Number(form.retryAfter), global: false },
    ...(form.html === undefined ? {} : { html: form.html }),
    headers: {
      ...(form.retryAfter === undefined ? {} : { 'retry-after': form.retryAfter }),
      ...(form.scope === undefined ? {} : { 'x-ratelimit-scope': form.scope }),
    },
  },
});

/** Asked for each call in order; the first fault found applies. */
export type FaultPlan = (call: Pick<FakeCall, 'method' | 'path' | 'body'>) => DiscordFault | undefined;

export type Reply = { status: number; json?: unknown; headers?: Record<string, string> };

export type HttpOptions = {
  context: RouteContext;
  token: string;
  limiter: Limiter | null;
  channelLimit: boolean;
  faults: FaultPlan[];
  now: () => number;
  gatewayInfo: () => object;
};

/** Interaction endpoints are not counted by the global limit. */
const UNCOUNTED = /^\/(interactions|webhooks)\//;

export function createHttp(options: HttpOptions): Server {
  const channelCalls = new Map<string, number[]>();
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.keepAliveTimeout = 60_000;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname.replace(/^\/api\/v10/, '');
    const { body, files } = await readBody(request);
    const call: FakeCall = {
      method,
      path,
      body,
      files,
      authorised: request.headers.authorization !== undefined,
      at: options.now(),
      status: 0,
    };
    options.context.state.calls.push(call);
    const fault = options.faults.map((plan) => plan(call)).find((found) => found !== undefined);
    await fault?.before;
    const reply =
      fault === undefined || fault.commit === true || fault.answer === 'ok'
        ? answer(call, url, request)
        : { status: 500 };
    call.status = reply.status;
    await fault?.until;
    send(response, reply, fault?.answer ?? 'ok');
  }

  function answer(call: FakeCall, url: URL, request: IncomingMessage): Reply {
    if (!UNCOUNTED.test(call.path)) {
      if (request.headers.authorization !== `Bot ${options.token}`)
        return { status: 401, json: { message: '401: Unauthorized', code: 0 } };
      const wait = options.limiter?.(options.now()) ?? 0;
      if (wait > 0)
        return {
          status: 429,
          json: { message: 'You are being rate limited.', retry_after: wait, global: true },
          headers: { 'retry-after': String(wait), 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' },
        };
    }
    if (call.path === '/gateway/bot') return { status: 200, json: options.gatewayInfo() };
    const bucket = options.channelLimit ? channelBucket(call) : {};
    if ('retry-after' in bucket)
      return {
        status: 429,
        json: { message: 'You are being rate limited.', retry_after: Number(bucket['retry-after']), global: false },
        headers: bucket,
      };
    const reply = routeCall(call, url.searchParams, options.context);
    return { ...reply, headers: { ...bucket, ...reply.headers } };
  }

  /** Five posts per five seconds and channel, as everybody observes it. */
  function channelBucket(call: FakeCall): Record<string, string> {
    const channel = /^\/channels\/(\d+)\/messages$/.exec(call.path)?.[1];
    if (channel === undefined || call.method !== 'POST') return {};
    const recent = (channelCalls.get(channel) ?? []).filter((at) => at > options.now() - 5000);
    const reset = ((recent[0] ?? options.now()) + 5000 - options.now()) / 1000;
    const headers = {
      'x-ratelimit-limit': '5',
      'x-ratelimit-bucket': 'posts',
      'x-ratelimit-reset-after': String(reset),
      'x-ratelimit-remaining': String(Math.max(0, 4 - recent.length)),
    };
    if (recent.length >= 5) return { ...headers, 'retry-after': String(reset), 'x-ratelimit-scope': 'user' };
    channelCalls.set(channel, [...recent, options.now()]);
    return headers;
  }

  return server;
}

async function readBody(request: IncomingMessage): Promise<Pick<FakeCall, 'body' | 'files'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/'))
    return { body: raw.length === 0 ? undefined : (JSON.parse(raw.toString('utf8')) as unknown), files: [] };
  const form = await new Response(raw, { headers: { 'content-type': type } }).formData();
  const files = [...form].flatMap(([, value]) =>
    typeof value === 'string' ? [] : [{ name: value.name, bytes: value.size }],
  );
  const payload = form.get('payload_json');
  return { body: JSON.parse(typeof payload === 'string' ? payload : 'null') as unknown, files };
}

function send(response: ServerResponse, reply: Reply, how: DiscordFault['answer']): void {
  if (how === 'hang') return;
  if (how === 'reset') return void response.socket?.destroy();
  const { status, json, headers } =
    typeof how === 'object'
      ? { status: how.status, json: how.body ?? { message: 'fault', code: 0 }, headers: how.headers }
      : reply;
  if (typeof how === 'object' && how.html === true)
    return void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<html>error</html>');
  if (json === undefined) return void response.writeHead(status, headers).end(); // 204 must not claim to be JSON
  const text = JSON.stringify(json);
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(how === 'truncate' ? text.slice(0, text.length / 2) : text);
}

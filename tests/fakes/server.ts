// The part that all fake HTTP far ends share: a loopback server with a log of calls and a fault that can be switched on.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/**
 * What the far end does instead of answering well. `limited` may carry the Retry-After value ('' = header missing);
 * `body` sends any bytes with status 200.
 */
export type Fault =
  | { kind: 'hang' | 'reset' | 'html' | 'truncate' | 'redirect' | 'bomb' }
  | { kind: 'status'; status: number }
  | { kind: 'limited'; retryAfter: string }
  | { kind: 'body'; body: string | Buffer };

export type Call = { path: string; query: URLSearchParams; headers: IncomingMessage['headers']; body: string };

export type FakeServer = {
  /** Address of the server without a path, e.g. "http://127.0.0.1:40123". */
  origin: string;
  calls: Call[];
  /** Calls whose path ends with `ending`. */
  count(ending?: string): number;
  fault: Fault | null;
  /** How long each answer takes, for programs with a clock of their own. */
  delayMs: number;
  /** Closes the port, so that connections are refused, and opens the same port again. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
};

export type Reply = { status?: number; json: unknown };

/** `answer` speaks the protocol; null means 404. `now` is the clock of the far end, which its `Date` header says (epoch ms; the real one unless given). */
export async function startFakeServer(
  answer: (call: Call) => Reply | null,
  options: { now?: () => number } = {},
): Promise<FakeServer> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await receive(request);
    calls.push(call);
    if (options.now !== undefined) response.setHeader('date', new Date(options.now()).toUTCString());
    if (fake.delayMs > 0) await pause(fake.delayMs);
    const reply = answer(call) ?? { status: 404, json: { error: 'not found' } };
    if (fake.fault === null) send(response, reply);
    else misbehave(response, reply, fake.fault);
  }
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const fake: FakeServer = {
    origin: `http://127.0.0.1:${port}`,
    calls,
    count: (ending = '') => calls.filter((call) => call.path.endsWith(ending)).length,
    fault: null,
    delayMs: 0,
    down: stop,
    up: () => listen(port),
    close: stop,
  };
  return fake;
}

async function receive(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return { path: url.pathname, query: url.searchParams, headers: request.headers, body };
}

function send(response: ServerResponse, { status = 200, json }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(json));
}

/** 16 MiB in 16 kB, and valid: only its size speaks against it. */
const BOMB = gzipSync(`{"value":1${' '.repeat(16 * 1024 * 1024)}}`);
const PAGE = '<!doctype html><title>Just a moment...</title><h1>Attention required</h1>';

function misbehave(response: ServerResponse, reply: Reply, fault: Fault): void {
  const html = { 'content-type': 'text/html' };
  switch (fault.kind) {
    case 'hang':
      return;
    case 'reset':
      response.socket?.destroy();
      return;
    case 'html':
      response.writeHead(200, html).end(PAGE);
      return;
    case 'redirect':
      response.writeHead(302, { location: '/elsewhere' }).end();
      return;
    case 'status':
      response.writeHead(fault.status, html).end(PAGE);
      return;
    case 'limited': {
      const header = fault.retryAfter === '' ? {} : { 'retry-after': fault.retryAfter };
      const status = { error_code: 429, error_message: "You've exceeded the Rate Limit." };
      response.writeHead(429, { 'content-type': 'application/json', ...header }).end(JSON.stringify({ status }));
      return;
    }
    case 'truncate': {
      const whole = JSON.stringify(reply.json);
      response.writeHead(200, { 'content-type': 'application/json' }).end(whole.slice(0, Math.floor(whole.length / 2)));
      return;
    }
    case 'bomb': {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(BOMB);
      return;
    }
    case 'body':
      response.writeHead(200, { 'content-type': 'application/json' }).end(fault.body);
  }
}

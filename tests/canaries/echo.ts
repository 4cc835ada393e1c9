// Far ends at their worst: one server that plays all of them, fails in a chosen way, and says everything back that it was told.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How it fails; `garbage`: no HTTP at all. */
export const FAILURES = [400, 401, 403, 429, 500, 302, 'refusal', 'html', 'garbage'] as const;
export type Failure = (typeof FAILURES)[number];

export type EchoServer = {
  origin: string;
  failure: Failure;
  /** Paths that were asked for. */
  asked: string[];
  close(): Promise<void>;
};

/** `secrets`: what it knows beside what it is told, and says in every form. */
export async function startEcho(failure: Failure, secrets: readonly string[]): Promise<EchoServer> {
  const known = secrets.join(' ');
  const forms = `${encodeURIComponent(known)} ${Buffer.from(known).toString('base64')}`;
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const path = request.url ?? '/';
    echo.asked.push(path);
    const told = `${path} ${JSON.stringify(request.headers)} ${body}`;
    if (echo.failure === 'garbage') return void request.socket.end(`${told} ${known} ${forms}\r\n\r\n`);
    // Whole in a header, too: it takes no line breaks, and not much.
    fail(response, echo.failure, { text: `${told} ${known} ${forms}`, header: forms, isRpc: body.includes('jsonrpc') });
  }

  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const echo: EchoServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failure,
    asked: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return echo;
}

type Said = { text: string; header: string; isRpc: boolean };

function fail(response: ServerResponse, failure: Exclude<Failure, 'garbage'>, { text, header, isRpc }: Said): void {
  const headers = { 'retry-after': header, 'x-ratelimit-scope': header, location: `/elsewhere?${header}` };
  const status = typeof failure === 'number' ? failure : 200;
  response.statusMessage = header;
  if (failure === 'html')
    return void response.writeHead(status, { ...headers, 'content-type': 'text/html' }).end(`<h1>${text}</h1>`);
  const error = { code: -32_000, message: text, data: text };
  const body = {
    ok: false,
    error: text,
    message: text,
    code: 0,
    errors: [text],
    response_metadata: { messages: [text] },
  };
  response
    .writeHead(status, { ...headers, 'content-type': 'application/json' })
    .end(JSON.stringify(isRpc ? { jsonrpc: '2.0', id: 1, error } : body));
}

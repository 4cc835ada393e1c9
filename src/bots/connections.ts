// At most so many connections to a host: whoever comes beyond that waits in line for a moment, answers to people first.
import { Agent, request } from 'undici';
import { type Sleep, waitAtMost } from '../base/clock.ts';

/** `answers`: somebody looks at the screen; `others`: posts, look-ups, the gateway's address. */
export type Line = 'answers' | 'others';

/** What the libraries of the platforms and we ask for; headers and body as `fetch` takes them. Redirects are not followed. */
export type Call = {
  method?: string | undefined;
  headers?: unknown;
  body?: unknown;
  signal?: AbortSignal | null | undefined;
};

export type Connections = {
  /** One request within the bound, its body read whole. @throws NoConnectionError when the wait was too long, and what the network throws */
  request(line: Line, url: string | URL, call: Call): Promise<Response>;
};

/** `waitMs`: longest wait in line; less than the wait for an answer, so that what never left is not taken for perhaps done. */
export type ConnectionsOptions = { most: number; waitMs: number; sleep: Sleep };

/** A request that did not leave this process, because all connections were taken. */
export class NoConnectionError extends Error {
  readonly code = 'busy';
  constructor() {
    super('all connections are busy: the request was not sent');
  }
}

/** The line is over all hosts of a platform. */
export function createConnections({ most, waitMs, sleep }: ConnectionsOptions): Connections {
  const waiting: Record<Line, Set<() => void>> = { answers: new Set(), others: new Set() };
  let busy = 0;
  // The line alone is not exact: one connection too many opens while another one ends.
  const dispatcher = new Agent({ connections: most, pipelining: 1 });

  function free(): void {
    busy--;
    const [line] = waiting.answers.size > 0 ? [waiting.answers] : [waiting.others];
    const [next] = line;
    if (next === undefined) return;
    line.delete(next);
    busy++;
    next();
  }

  async function slot(line: Line): Promise<void> {
    if (busy < most) return void busy++;
    const turn = Promise.withResolvers<void>();
    waiting[line].add(turn.resolve);
    if (await waitAtMost(turn.promise, waitMs, sleep)) return;
    if (waiting[line].delete(turn.resolve)) throw new NoConnectionError();
    await turn.promise; // it came at the last moment
  }

  return {
    async request(line, url, call) {
      await slot(line);
      try {
        if (call.signal?.aborted === true) throw new NoConnectionError();
        return await requestWhole(url, call, dispatcher);
      } finally {
        free();
      }
    },
  };
}

/** A body that nobody reads (of a 429, of an upload) would keep its connection; those of the platforms are small. */
async function requestWhole(url: string | URL, { body, headers, signal, ...call }: Call, dispatcher: Agent) {
  const { type, bytes } = await bytesOf(body);
  const sent = new Headers(headers as ConstructorParameters<typeof Headers>[0]);
  if (type !== null) sent.set('content-type', type);
  const answer = await request(url, {
    method: call.method ?? 'GET',
    headers: Object.fromEntries(sent),
    body: bytes,
    signal: signal ?? null,
    dispatcher,
  });
  const told = await answer.body.arrayBuffer();
  return new Response(told.byteLength === 0 ? null : told, {
    status: answer.statusCode,
    statusText: answer.statusText,
    headers: Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    ),
  });
}

/**
 * Forms of Node and forms of the HTTP client are two classes, so a form travels as its bytes. No `bytes()`: the library of the web server puts a
 * smaller `Response` in place of Node's.
 */
async function bytesOf(body: unknown): Promise<{ bytes: string | Uint8Array | null; type: string | null }> {
  if (body === undefined || body === null) return { bytes: null, type: null };
  if (typeof body === 'string' || body instanceof Uint8Array) return { bytes: body, type: null };
  const form = new Response(body as ConstructorParameters<typeof Response>[0]);
  return { bytes: new Uint8Array(await form.arrayBuffer()), type: form.headers.get('content-type') };
}

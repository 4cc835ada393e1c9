// One careful HTTP client per source: no redirects, bounded bodies, hard deadlines, pauses after failures by endpoint. It never throws.
import { Agent, fetch } from 'undici';
import type { Response } from 'undici';
import type { ZodType } from 'zod';
import type { Log } from '../base/log.ts';
import type { SourceState } from './circuit-breaker.ts';
import { clockAheadMs } from './date-header.ts';
import type { Outcome } from './outcome.ts';
import { parseInTurns } from './json-in-turns.ts';
import { retryAfterMs } from './retry-after.ts';
import { tellCall } from './source-calls.ts';
import { createSourceHealth } from './source-health.ts';
import type { OpenPause } from './source-health.ts';

type GetOptions<T> = {
  schema: ZodType<T>;
  deadlineMs: number;
  headers?: Record<string, string>;
  /** Cap on the decompressed body; 2 MB unless told. */
  maxBytes?: number;
  /** JSON body; makes the call a POST. */
  post?: unknown;
  /** Part of the source that has a health of its own; one for the whole source unless told. */
  endpoint?: string;
  /** Whom a broken answer (5xx, unreadable) speaks against: the endpoint, or only what was asked for, which then has to be paced by the caller. */
  blame?: 'endpoint' | 'request';
  /** The caller says by `trust` or `distrust` what the answer is worth; until then it counts as neither success nor failure. */
  judgedLater?: boolean;
};

export type Http = {
  /** Calls `url` unless the source or the endpoint is pausing. Never throws. */
  getJson<T>(url: string, options: GetOptions<T>): Promise<Outcome<T>>;
  /** The answer to give without calling, while the source or the endpoint is pausing; null when calls are allowed. */
  pausing(endpoint?: string): Outcome<never> | null;
  /** Counts an answer as a success of the endpoint; `startedAt` is when the call began (monotonic ms). */
  trust(endpoint: string, startedAt: number): void;
  /** Counts an answer that was readable but not believable as a failure of the endpoint. */
  distrust(reason: string, endpoint?: string): void;
  /** Takes a limit that the source told in an answer with status 200. */
  limited(): Outcome<never>;
  state(endpoint?: string): SourceState;
  pauses(): readonly OpenPause[];
  close(): Promise<void>;
};

const MAX_BYTES = 2_000_000;
const CONNECT_MS = 3_000;

type Moment = { epoch: number; monotonic: number };

/** `name` is how people know the source ("CoinGecko"); it starts every reason. `now` is epoch ms, `monotonic` (pauses) the same unless given. */
export function createHttp(options: { name: string; now: () => number; monotonic?: () => number; log?: Log }): Http {
  const { name, now } = options;
  const monotonic = options.monotonic ?? now;
  const dispatcher = new Agent({ connect: { timeout: CONNECT_MS }, connections: 4, pipelining: 1 });
  const health = createSourceHealth(options);

  async function getJson<T>(url: string, get: GetOptions<T>): Promise<Outcome<T>> {
    const endpoint = get.endpoint ?? '';
    const paused = health.pausing(endpoint);
    if (paused) return paused;
    const started = { epoch: now(), monotonic: monotonic() };
    const outcome = await ask(url, get, started);
    const ms = Math.round(monotonic() - started.monotonic);
    options.log?.debug({ source: name, endpoint, outcome: outcome.kind, ms }, 'source called');
    const aheadMs = outcome.kind === 'ok' ? (outcome.aheadMs ?? null) : null;
    tellCall({ source: name, endpoint, outcome: outcome.kind, ms, aheadMs });
    return outcome;
  }

  async function ask<T>(url: string, get: GetOptions<T>, started: Moment): Promise<Outcome<T>> {
    const signal = AbortSignal.timeout(get.deadlineMs);
    try {
      const response = await fetch(url, {
        dispatcher,
        signal,
        redirect: 'manual',
        method: get.post === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          'user-agent': 'taobot',
          ...(get.post === undefined ? {} : { 'content-type': 'application/json' }),
          ...get.headers,
        },
        ...(get.post === undefined ? {} : { body: JSON.stringify(get.post) }),
      });
      return await judgeResponse(response, get, started);
    } catch (error) {
      const late = signal.aborted || (error instanceof Error && /timeout/iu.test(`${error.name} ${causeCode(error)}`));
      const reason = late ? `${name} did not answer in time` : `${name} could not be reached`;
      return health.failed(get.endpoint ?? '', reason, started.monotonic);
    }
  }

  async function judgeResponse<T>(response: Response, get: GetOptions<T>, started: Moment): Promise<Outcome<T>> {
    const [date, age] = [response.headers.get('date'), response.headers.get('age')];
    const aheadMs = clockAheadMs({ date, age }, started.epoch, now());
    if (response.status !== 200) {
      await response.body?.cancel().catch(() => undefined);
      return judgeStatus(response, get, started.monotonic, now() - (aheadMs ?? 0));
    }
    const text = await readBounded(response, get.maxBytes ?? MAX_BYTES);
    const parsed = text === null ? null : get.schema.safeParse(await parseInTurns(text));
    if (!parsed?.success) return broken(`${name} sent an unreadable answer`, get, started.monotonic);
    if (get.judgedLater !== true) health.succeeded(get.endpoint ?? '', started.monotonic);
    return { kind: 'ok', data: parsed.data, ...(aheadMs === null ? {} : { aheadMs }) };
  }

  /** `theirs`: epoch ms by the clock of the far end, which wrote a date that may stand in `Retry-After`. */
  function judgeStatus(
    response: Response,
    get: GetOptions<unknown>,
    startedAt: number,
    theirs: number,
  ): Outcome<never> {
    const { status } = response;
    if (status === 429) return health.limited(retryAfterMs(response.headers.get('retry-after'), theirs), startedAt);
    if (status === 401) return health.refused(`${name} refused our API key`, startedAt);
    if (status === 403) return health.refused(`${name} refused the request`, startedAt);
    if (status >= 300 && status < 400) return broken(`${name} redirected us`, get, startedAt);
    const reason = `${name} answered with error ${status}`;
    if (status < 400 || status >= 500) return broken(reason, get, startedAt);
    // Any other 4xx is a word about what was asked: the source is well.
    health.succeeded(get.endpoint ?? '', startedAt);
    return status === 404 ? { kind: 'missing' } : { kind: 'failed', reason };
  }

  function broken(reason: string, get: GetOptions<unknown>, startedAt: number): Outcome<never> {
    if (get.blame === 'request') return { kind: 'failed', reason };
    return health.failed(get.endpoint ?? '', reason, startedAt);
  }

  return {
    getJson,
    pausing: (endpoint = '') => health.pausing(endpoint),
    trust: health.succeeded,
    distrust: (reason, endpoint = '') => void health.failed(endpoint, reason, monotonic()),
    limited: () => health.limited(null, monotonic()),
    state: (endpoint = '') => health.state(endpoint),
    pauses: health.pauses,
    close: () => dispatcher.destroy(),
  };
}

function causeCode(error: Error): string {
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

/** The body as text, or null when it is longer than `maxBytes` or not valid UTF-8. Errors of the connection are thrown. */
async function readBounded(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [text, size] = ['', 0];
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    const more = size > maxBytes ? null : decoded(decoder, chunk);
    if (more === null) return null; // leaving the loop cancels the stream and with it the connection
    text += more;
  }
  const rest = decoded(decoder, null);
  return rest === null ? null : text + rest;
}

/** The next piece of text; the last one for null. Null for what is not UTF-8. */
function decoded(decoder: TextDecoder, chunk: Uint8Array | null): string | null {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    return null;
  }
}

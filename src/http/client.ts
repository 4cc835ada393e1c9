// One careful HTTP client per source: no redirects, bounded bodies, hard deadlines, pauses after failures. It never throws.
import { Agent, fetch } from 'undici';
import type { Response } from 'undici';
import type { ZodType } from 'zod';
import type { Log } from '../base/log.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { CircuitBreaker, SourceState } from './circuit-breaker.ts';
import type { Outcome } from './outcome.ts';
import { retryAfterMs } from './retry-after.ts';

type GetOptions<T> = {
  schema: ZodType<T>;
  deadlineMs: number;
  headers?: Record<string, string>;
  /** Cap on the decompressed body; 2 MB unless told. */
  maxBytes?: number;
  /** JSON body; makes the call a POST. */
  post?: unknown;
};

export type Http = {
  /** Calls `url` unless the source is pausing. Never throws. */
  getJson<T>(url: string, options: GetOptions<T>): Promise<Outcome<T>>;
  /** The answer to give without calling, while the source is pausing; null when calls are allowed. */
  pausing(): Outcome<never> | null;
  /** Counts an answer that was readable but not believable as a failure of the source. */
  distrust(reason: string): void;
  state(): SourceState;
  close(): Promise<void>;
};

const MAX_BYTES = 2_000_000;
const CONNECT_MS = 3_000;

/** `name` is how people know the source ("CoinGecko"); it starts every reason. Times in epoch ms come from `now`. */
export function createHttp(options: { name: string; now: () => number; log?: Log }): Http {
  const { name, now, log } = options;
  const dispatcher = new Agent({ connect: { timeout: CONNECT_MS }, connections: 4, pipelining: 1 });
  const breaker = createCircuitBreaker({ name, now, ...(log ? { log } : {}) });

  async function getJson<T>(url: string, get: GetOptions<T>): Promise<Outcome<T>> {
    const paused = breaker.pausing();
    if (paused) return paused;
    const startedAt = now();
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
      return await judgeResponse(response, get, startedAt);
    } catch (error) {
      const late = signal.aborted || (error instanceof Error && /timeout/iu.test(`${error.name} ${causeCode(error)}`));
      return breaker.failed(late ? `${name} did not answer in time` : `${name} could not be reached`, startedAt);
    }
  }

  async function judgeResponse<T>(response: Response, get: GetOptions<T>, startedAt: number): Promise<Outcome<T>> {
    if (response.status !== 200) {
      await response.body?.cancel().catch(() => undefined);
      return judgeStatus(response, name, now(), startedAt, breaker);
    }
    const text = await readBounded(response, get.maxBytes ?? MAX_BYTES);
    const parsed = text === null ? null : get.schema.safeParse(parseJson(text));
    if (!parsed?.success) return breaker.failed(`${name} sent an unreadable answer`, startedAt);
    breaker.succeeded(startedAt);
    return { kind: 'ok', data: parsed.data };
  }

  return {
    getJson,
    pausing: breaker.pausing,
    distrust: (reason) => void breaker.failed(reason, now()),
    state: breaker.state,
    close: () => dispatcher.destroy(),
  };
}

function judgeStatus(
  response: Response,
  name: string,
  at: number,
  startedAt: number,
  breaker: CircuitBreaker,
): Outcome<never> {
  const { status } = response;
  if (status === 404) {
    breaker.succeeded(startedAt);
    return { kind: 'missing' };
  }
  if (status === 429) return breaker.limited(retryAfterMs(response.headers.get('retry-after'), at), startedAt);
  if (status === 401) return breaker.failed(`${name} refused our API key`, startedAt);
  if (status === 403) return breaker.failed(`${name} refused the request`, startedAt);
  if (status >= 300 && status < 400) return breaker.failed(`${name} redirected us`, startedAt);
  return breaker.failed(`${name} answered with error ${status}`, startedAt);
}

/** Undefined for text that is not JSON; no schema of this room accepts undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function causeCode(error: Error): string {
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

/** The body as text, or null when it is longer than `maxBytes` or not valid UTF-8. Errors of the connection are thrown. */
async function readBounded(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return null; // leaving the loop cancels the stream and with it the connection
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return null;
  }
}

// Connects a fallback source: its definition with an HTTP client of its own.
import type { ZodType } from 'zod';
import type { Log } from '../../base/log.ts';
import { createHttp, type Http } from '../../http/client.ts';
import type { Outcome } from '../../http/outcome.ts';
import type { FallbackQuote, SourceApi, SourceDefinition } from './source.ts';
import { FALLBACK_SOURCES, type FallbackId } from './sources.ts';

export type ConnectedSource = {
  /** Who says the number, for people. */
  source: { id: FallbackId; name: string; url: string };
  /** `symbol` is the coin's id at this source; `at` of the quote is by our clock. Never throws. */
  quote(symbol: string): Promise<Outcome<FallbackQuote>>;
  http: Pick<Http, 'pausing' | 'state' | 'pauses'>;
  close(): Promise<void>;
};

export type ConnectOptions = {
  /** Sources in the order in which they are asked. */
  ids: readonly FallbackId[];
  /** Where they answer; a missing one means the source's own address. */
  baseUrls: Readonly<Partial<Record<FallbackId, string>>>;
  now: () => number;
  monotonic: () => number;
  deadlineMs: number;
  log?: Log;
};

/** Nothing is asked of the network here. */
export function connectSources({ ids, baseUrls, ...options }: ConnectOptions): ConnectedSource[] {
  return ids.flatMap((id) =>
    FALLBACK_SOURCES.filter((source) => source.id === id).map((source) =>
      connect({ ...source, id }, baseUrls[id], options),
    ),
  );
}

function connect(
  definition: SourceDefinition & { id: FallbackId },
  given: string | undefined,
  { now, monotonic, deadlineMs, log }: Pick<ConnectOptions, 'now' | 'monotonic' | 'deadlineMs' | 'log'>,
): ConnectedSource {
  const { id, name, url } = definition;
  const http = createHttp({ name, now, monotonic, ...(log ? { log } : {}) });
  const address = (given ?? definition.api.url).replace(/\/+$/u, '');
  const base = definition.baseUrl?.(address) ?? address;

  async function quote(symbol: string): Promise<Outcome<FallbackQuote>> {
    let aheadMs = 0;
    const api: SourceApi = {
      async get<T>(path: string, schema: ZodType<T>) {
        const answer = await http.getJson(`${base}${path}`, { schema, deadlineMs });
        if (answer.kind === 'ok') aheadMs = answer.aheadMs ?? 0;
        return answer;
      },
      now: () => now() - aheadMs,
      limited: () => http.limited(),
      failed(reason) {
        http.distrust(reason);
        return { kind: 'failed', reason };
      },
    };
    const answer = await definition.quote(symbol, api);
    return answer.kind === 'ok' ? { kind: 'ok', data: { ...answer.data, at: answer.data.at + aheadMs } } : answer;
  }

  return {
    source: { id, name, url },
    quote,
    http,
    close: () => http.close(),
  };
}

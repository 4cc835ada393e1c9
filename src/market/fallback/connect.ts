// Connects a fallback source: its definition with an HTTP client of its own.
import type { ZodType } from 'zod';
import type { Log } from '../../base/log.ts';
import { createHttp, type Http } from '../../http/client.ts';
import type { Outcome } from '../../http/outcome.ts';
import type { FallbackQuote, SourceDefinition } from './source.ts';
import { FALLBACK_SOURCES, type FallbackId } from './sources.ts';

export type ConnectedSource = {
  /** Who says the number, for people. */
  source: { id: FallbackId; name: string; url: string };
  /** `symbol` is the coin's id at this source. Never throws. */
  quote(symbol: string): Promise<Outcome<FallbackQuote>>;
  http: Pick<Http, 'pausing' | 'state'>;
  close(): Promise<void>;
};

export type ConnectOptions = {
  /** Sources in the order in which they are asked. */
  ids: readonly FallbackId[];
  /** Where they answer; a missing one means the source's own address. */
  baseUrls: Readonly<Partial<Record<FallbackId, string>>>;
  now: () => number;
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
  { now, deadlineMs, log }: Pick<ConnectOptions, 'now' | 'deadlineMs' | 'log'>,
): ConnectedSource {
  const { id, name, url } = definition;
  const http = createHttp({ name, now, ...(log ? { log } : {}) });
  const address = (given ?? definition.api.url).replace(/\/+$/u, '');
  const base = definition.baseUrl?.(address) ?? address;
  const api = {
    get: <T>(path: string, schema: ZodType<T>) => http.getJson(`${base}${path}`, { schema, deadlineMs }),
    now,
  };
  return {
    source: { id, name, url },
    quote: (symbol) => definition.quote(symbol, api),
    http,
    close: () => http.close(),
  };
}

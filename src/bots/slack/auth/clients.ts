// Web API clients: one per workspace and purpose, so that neither a wait nor a token of one reaches another.
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';
import type { Log } from '../../../base/log.ts';
import type { Line } from '../../connections.ts';
import type { Fetch } from '../connections.ts';
import { boltLog } from './bolt-log.ts';

/** A reply that takes longer is of no use; Slack's own client would wait for ever. */
const TIMEOUT_MS = 10_000;
/**
 * Of those used last. Each binds some 300 methods, 27 kB that live long enough to be old: two thousand were half of the memory of a process, and
 * of what each major collection looks through. Making one takes a tenth of a millisecond; 64 workspaces have posts under way at once.
 */
const MOST_CLIENTS = 256;

/** Replies and digests never share a client: a digest run must not delay an answer. */
export type Purpose = 'reply' | 'digest';

export type Clients = {
  of(token: string, purpose: Purpose): WebClient;
  /** For the clients that Bolt makes itself. */
  options(): WebClientOptions;
};

export type ClientsOptions = { apiUrl: string | undefined; fetches: (line: Line) => Fetch; log: Log };

/**
 * Options as a NEW object at every call: Bolt, the socket client and the Web API client write into the object they get
 * (retry policy, logger, Authorization header), so a shared one leaks retries and tokens from one client to the next.
 * No retries: a repeated chat.postMessage is a second message; send/replies.ts repeats what is certain not to have arrived.
 */
function clientOptions({ apiUrl, log }: ClientsOptions, fetch: Fetch): WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    fetch,
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLog(log),
  };
}

export function createClients(options: ClientsOptions): Clients {
  const lines = { reply: options.fetches('answers'), digest: options.fetches('others') } as const;
  const clients = new LRUCache<string, WebClient>(atMost(MOST_CLIENTS));
  return {
    of(token, purpose) {
      const key = `${purpose} ${token}`;
      const known = clients.get(key);
      if (known !== undefined) return known;
      const client = new WebClient(token, clientOptions(options, lines[purpose]));
      clients.set(key, client);
      return client;
    },
    options: () => clientOptions(options, lines.reply),
  };
}

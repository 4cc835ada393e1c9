// Web API clients: one per workspace and purpose, so that neither a wait nor a token of one reaches another.
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Log } from '../../../base/log.ts';
import { boltLog } from './bolt-log.ts';

/** A reply that takes longer is of no use; Slack's own client would wait for ever. */
const TIMEOUT_MS = 10_000;
const MOST_CLIENTS = 2000;

/** Replies and digests never share a client: a digest run must not delay an answer. */
export type Purpose = 'reply' | 'digest';

export type Clients = { of(token: string, purpose: Purpose): WebClient };

/**
 * Options as a NEW object at every call: Bolt, the socket client and the Web API client write into the object they get
 * (retry policy, logger, Authorization header), so a shared one leaks retries and tokens from one client to the next.
 * No retries: a repeated chat.postMessage is a second message; send/replies.ts repeats what is certain not to have arrived.
 */
export function clientOptions(apiUrl: string | undefined, log: Log): WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLog(log),
  };
}

export function createClients({ apiUrl, log }: { apiUrl: string | undefined; log: Log }): Clients {
  const clients = new LRUCache<string, WebClient>({ max: MOST_CLIENTS });
  return {
    of(token, purpose) {
      const key = `${purpose} ${token}`;
      const known = clients.get(key);
      if (known !== undefined) return known;
      const client = new WebClient(token, clientOptions(apiUrl, log));
      clients.set(key, client);
      return client;
    },
  };
}

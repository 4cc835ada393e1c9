// Two ways to Discord's REST: answers to interactions go at once, everything with the bot token goes through one pacer.
import { REST, RESTEvents } from 'discord.js';
import type { Log } from '../../../base/log.ts';
import { createPacer, type Priority } from '../../pacer.ts';
import { REQUESTS_PER_SECOND } from '../limits.ts';
import { waitOf } from '../outcomes.ts';

export type RestOptions = {
  token: string;
  /** REST base without version, e.g. "http://127.0.0.1:8080/api"; undefined: Discord's own. */
  apiUrl?: string | undefined;
  log: Log;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Longest wait for one answer of the platform, ms. */
  timeoutMs?: number;
  /** Called once when the platform refuses the token. */
  onUnauthorised: () => void;
};

export type Rest = {
  /** Not counted by Discord's global limit: never waits behind anything. Needs no token but the interaction's own. */
  interactions: REST;
  /** Waits for its turn, then calls once: no retries, no queue of the library. `wanted` is asked when the turn has come. */
  paced<T>(priority: Priority, call: (rest: REST) => Promise<T>, wanted?: () => boolean): Promise<T>;
  /** Waits for its turn only. */
  turn(priority: Priority): Promise<void>;
  close(): void;
};

/** The library's own waiting, retrying and counting is off: it would retry posts and hold answers behind posts. */
const PLAIN = {
  version: '10',
  retries: 0,
  globalRequestsPerSecond: Number.POSITIVE_INFINITY,
  rejectOnRateLimit: () => true,
} as const;
const TIMEOUT_MS = 10_000;

export function createRest(options: RestOptions): Rest {
  const base = {
    ...PLAIN,
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    ...(options.apiUrl === undefined ? {} : { api: options.apiUrl }),
  };
  const pacer = createPacer({
    perSecond: REQUESTS_PER_SECOND,
    perSecondAfterPause: 30,
    now: options.now,
    sleep: options.sleep,
  });
  const interactions = new REST(base);
  const withToken = new REST(base).setToken(options.token);
  let refused = false;
  withToken.on(RESTEvents.Response, (request, response) => {
    if (response.status === 401 && !refused) {
      refused = true;
      options.onUnauthorised();
    }
    if (response.status !== 429) return;
    const scope = response.headers.get('x-ratelimit-scope');
    options.log.warn(
      { route: request.route, scope, retryAfter: response.headers.get('retry-after') },
      'rate limited by Discord',
    );
    if (scope === 'user' || scope === 'shared') return; // one channel's own limit stops no other channel
    pacer.pause(waitOf(Number(response.headers.get('retry-after') ?? Number.NaN) * 1000) + 50);
  });
  return {
    interactions,
    async paced(priority, call, wanted) {
      await pacer.slot(priority, wanted);
      return await call(withToken);
    },
    turn: (priority) => pacer.slot(priority),
    close() {
      pacer.close();
      for (const rest of [interactions, withToken]) {
        rest.clearHashSweeper();
        rest.clearHandlerSweeper();
      }
    },
  };
}

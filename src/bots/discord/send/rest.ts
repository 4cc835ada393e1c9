// Two ways to Discord's REST: answers to interactions go at once, everything with the bot token goes through one pacer. Both are guarded.
import { REST, RESTEvents, type RESTOptions } from 'discord.js';
import type { Log } from '../../../base/log.ts';
import { createConnections } from '../../connections.ts';
import { createPacer, type Priority } from '../../pacer.ts';
import { CONNECTIONS, REQUESTS_PER_SECOND } from '../limits.ts';
import { NeverSentError } from '../outcomes.ts';
import { type BanGuard, createBanGuard } from './ban-guard.ts';

export type RestOptions = {
  token: string;
  /** REST base without version, e.g. "http://127.0.0.1:8080/api"; undefined: Discord's own. */
  apiUrl?: string | undefined;
  log: Log;
  monotonic: () => number;
  sleep: (ms: number) => Promise<void>;
  count: (event: string) => void;
  /** Longest wait for one answer of the platform, ms. */
  timeoutMs?: number;
  /** Called once when the platform refuses the token. */
  onUnauthorised: () => void;
};

export type Rest = {
  /** Not counted by Discord's global limit: never waits behind anything. Needs no token but the interaction's own. */
  interactions: REST;
  /**
   * Waits for its turn, then calls once: no retries, no queue of the library. `wanted` is asked when the turn has come.
   * @throws NeverSentError when it is held back
   */
  paced<T>(priority: Priority, call: (rest: REST) => Promise<T>, wanted?: () => boolean): Promise<T>;
  /** For the gateway client, which asks for the gateway's address with a REST client of its own. */
  gateway: { options: Partial<RESTOptions>; watch(rest: REST): void };
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
/** Longest wait in line for a connection, ms; the library's timeout includes it. */
const LONGEST_WAIT_MS = 8000;

export function createRest(options: RestOptions): Rest {
  const { monotonic, sleep } = options;
  const connections = createConnections({ most: CONNECTIONS, waitMs: LONGEST_WAIT_MS, sleep });
  const pacer = createPacer({ perSecond: REQUESTS_PER_SECOND, perSecondAfterPause: 30, now: monotonic, sleep });
  const guards = { answers: createBanGuard(options), others: createBanGuard(options) };
  const base = {
    ...PLAIN,
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    ...(options.apiUrl === undefined ? {} : { api: options.apiUrl }),
  };

  /** @throws NeverSentError while the platform or our own bound forbids requests */
  function pass(guard: BanGuard): void {
    const ms = guard.heldMs();
    if (ms > 0) throw new NeverSentError(ms);
  }
  async function turn(priority: Priority, wanted?: () => boolean): Promise<void> {
    await pacer.slot(priority, wanted);
    pass(guards.others);
  }

  const interactions = new REST({
    ...base,
    async makeRequest(url, init) {
      pass(guards.answers);
      return await connections.request('answers', url, init);
    },
  });
  interactions.on(RESTEvents.Response, ({ route }, response) => void guards.answers.saw(route, response));

  let refused = false;
  const watch = (rest: REST): void =>
    void rest.on(RESTEvents.Response, ({ route }, response) => {
      const pauseMs = guards.others.saw(route, response);
      if (pauseMs > 0) pacer.pause(pauseMs + 50);
      if (response.status !== 401 || refused) return;
      refused = true;
      options.onUnauthorised();
    });
  const withToken = new REST({
    ...base,
    makeRequest: (url, init) => connections.request('others', url, init),
  }).setToken(options.token);
  watch(withToken);

  return {
    interactions,
    async paced(priority, call, wanted) {
      await turn(priority, wanted);
      return await call(withToken);
    },
    gateway: {
      options: {
        ...base,
        async makeRequest(url, init) {
          await turn('reply');
          return await connections.request('others', url, init);
        },
      },
      watch,
    },
    close() {
      pacer.close();
      for (const rest of [interactions, withToken]) {
        rest.clearHashSweeper();
        rest.clearHandlerSweeper();
      }
    },
  };
}

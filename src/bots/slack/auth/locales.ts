// In which locale a person writes and reads numbers, and in which zone they live: asked of Slack, because events do not say it.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';
import { HOUR, MINUTE } from '../../../base/clock.ts';
import { createTokenBucket } from '../../../base/token-bucket.ts';
import type { Log } from '../../../base/log.ts';
import { codeOf } from '../outcomes.ts';
import type { Workspaces } from './workspaces.ts';

/** `locale`: a BCP 47 tag. `timeZone`: the one of the person's Slack profile. */
export type Spoken = { locale: string; timeZone?: string };

export type Locales = {
  /** The default locale, and no zone, where Slack does not say in time. Never throws. */
  of(tenant: string, user: string): Promise<Spoken>;
};

/** People hardly ever change their language; one who does is understood within the hour. */
const KEEP_MS = HOUR;
/** After a failure Slack is asked again soon, but not at every message. */
const KEEP_FAILED_MS = MINUTE;
/** Nobody waits longer for a nicer number. */
const WAIT_MS = 1_500;
const MOST_CACHED = 10_000;
/**
 * Slack takes "100+ per minute" of a workspace (tier 4, https://docs.slack.dev/reference/methods/users.info). When more people than that come for
 * the first time, the others are answered in the default locale, and without a line of look-ups that nobody waits for any more.
 */
const LOOK_UPS = { burst: 100, refillMs: 600, mostKeys: 10_000 };

/** `locale`: the default. */
export function createLocales(options: {
  workspaces: Workspaces;
  locale: string;
  log: Log;
  /** Ms that never step back. */
  monotonic: () => number;
  sleep: (ms: number) => Promise<void>;
}): Locales {
  const { workspaces, log, monotonic, sleep } = options;
  const cache = new LRUCache<string, Promise<Spoken>>({
    ...atMost(MOST_CACHED),
    ttlResolution: 0,
    perf: { now: monotonic },
  });
  const budget = createTokenBucket({ ...LOOK_UPS, monotonic });
  const ask = async (tenant: string, user: string): Promise<Spoken | null> => {
    const client = await workspaces.client(tenant, 'reply');
    // https://docs.slack.dev/reference/methods/users.info: needs users:read, which the app has for the rights of managers
    const found = (await client?.users.info({ user, include_locale: true }))?.user;
    if (found?.locale === undefined || found.locale === '') return null;
    return { locale: found.locale, ...(found.tz === undefined ? {} : { timeZone: found.tz }) };
  };
  return {
    of(tenant, user) {
      const key = `${tenant} ${user}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      if (budget.take(tenant) > 0) return Promise.resolve({ locale: options.locale });
      const asked = Promise.race([ask(tenant, user), sleep(WAIT_MS).then(() => null)]).catch((error: unknown) => {
        log.info({ code: codeOf(error) }, 'the locale of a Slack user cannot be read');
        return null;
      });
      const answer = asked.then((found) => {
        if (found === null) cache.set(key, answer, { ttl: KEEP_FAILED_MS });
        return found ?? { locale: options.locale };
      });
      cache.set(key, answer, { ttl: KEEP_MS });
      return answer;
    },
  };
}

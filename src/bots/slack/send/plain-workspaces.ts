// Remembers workspaces that reject Slack's newer blocks: for a week, because Slack rolls them out workspace by workspace.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';
import type { Log } from '../../../base/log.ts';
import type { Installations } from '../../platform.ts';
import { DAY } from '../../../base/clock.ts';

export type PlainWorkspaces = { isPlain(tenant: string): Promise<boolean>; setPlain(tenant: string): Promise<void> };

const PLAIN = 'plain_blocks';
const REMEMBERED_MS = 7 * DAY;
const CACHE_MS = 10 * 60_000;
const MOST_CACHED = 5000;
/** An answer must not wait for a database that hangs; without an answer the newer blocks are tried. */
const PATIENCE_MS = 1000;

export function createPlainWorkspaces({
  installations,
  log,
  now,
  monotonic,
  sleep,
}: {
  installations: Pick<Installations, 'flaggedAt' | 'setFlag'>;
  log: Log;
  now: () => number;
  monotonic: () => number;
  sleep: (ms: number) => Promise<void>;
}): PlainWorkspaces {
  const cache = new LRUCache<string, boolean>({
    ...atMost(MOST_CACHED),
    ttl: CACHE_MS,
    ttlResolution: 0,
    perf: { now: monotonic },
  });
  return {
    async isPlain(tenant) {
      const cached = cache.get(tenant);
      if (cached !== undefined) return cached;
      const read = installations.flaggedAt(tenant, PLAIN).then(
        (at) => {
          const plain = at !== null && Math.abs(now() - at) < REMEMBERED_MS;
          cache.set(tenant, plain);
          return plain;
        },
        (error: unknown) => {
          log.warn({ err: error }, 'flags of a workspace cannot be read');
          return false;
        },
      );
      return await Promise.race([read, sleep(PATIENCE_MS).then(() => false)]);
    },
    async setPlain(tenant) {
      cache.set(tenant, true);
      await installations
        .setFlag(tenant, PLAIN, now())
        .catch((error: unknown) => log.warn({ err: error }, 'a flag of a workspace cannot be kept'));
    },
  };
}

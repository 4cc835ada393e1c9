// What a workspace is known not to take: asked once, remembered for a week, because Slack rolls new blocks out workspace by workspace.
import type { Log } from '../../../base/log.ts';

/** The store's side: when a flag was set (epoch ms), or null. */
export type FlagRecords = {
  flaggedAt(tenant: string, flag: string): Promise<number | null>;
  setFlag(tenant: string, flag: string, at: number): Promise<void>;
};

export type Flags = { isPlain(tenant: string): Promise<boolean>; setPlain(tenant: string): Promise<void> };

const PLAIN = 'plain_blocks';
const REMEMBERED_MS = 7 * 86_400_000;
const CACHE_MS = 10 * 60_000;
const MOST_CACHED = 5000;
/** An answer must not wait for a database that hangs; without an answer the newer blocks are tried. */
const PATIENCE_MS = 1000;

export function createFlags({
  records,
  log,
  now,
  sleep,
}: {
  records: FlagRecords;
  log: Log;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}): Flags {
  const cache = new Map<string, { plain: boolean; until: number }>();
  const remember = (tenant: string, plain: boolean) => {
    cache.delete(tenant);
    cache.set(tenant, { plain, until: now() + CACHE_MS });
    if (cache.size > MOST_CACHED) for (const oldest of cache.keys()) if (cache.delete(oldest)) break;
  };
  return {
    async isPlain(tenant) {
      const cached = cache.get(tenant);
      if (cached !== undefined && cached.until > now()) return cached.plain;
      const read = records.flaggedAt(tenant, PLAIN).then(
        (at) => {
          const plain = at !== null && now() - at < REMEMBERED_MS;
          remember(tenant, plain);
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
      remember(tenant, true);
      await records
        .setFlag(tenant, PLAIN, now())
        .catch((error: unknown) => log.warn({ err: error }, 'a flag of a workspace cannot be kept'));
    },
  };
}

// Which platforms this process may send to: takes and renews one lease per platform, and frees what an earlier holder left behind.
import type { Log } from '../base/log.ts';
import type { Deliveries } from '../store/delivery/deliveries.ts';
import type { Lease, Leases } from '../store/delivery/leases.ts';
import type { EngineRules } from './limits/send-rules.ts';

export type SenderLeases = {
  /** The lease when it is ours (taken or renewed as needed), else null: another instance sends, or the database is away. */
  hold(platform: string): Promise<Lease | null>;
  releaseAll(): Promise<void>;
};

type Options = {
  leases: Leases;
  deliveries: Deliveries;
  owner: string;
  rules: EngineRules;
  now: () => number;
  log: Log;
};

export function createSenderLeases({ leases, deliveries, owner, rules, now, log }: Options): SenderLeases {
  const held = new Map<string, { lease: Lease; at: number }>();
  /** Platforms that somebody else sends to; each is said once. */
  const waiting = new Set<string>();
  const take = async (platform: string): Promise<Lease | null> => {
    const lease = await leases.take(`sender:${platform}`, owner, rules.senderLeaseMs);
    const before = held.get(platform)?.lease;
    if (lease === null) {
      if (before !== undefined) log.warn({ platform }, 'another instance sends now');
      else if (!waiting.has(platform))
        log.info({ platform }, 'another instance sends; this one takes over when that one ends');
      waiting.add(platform);
      held.delete(platform);
      return null;
    }
    if (before?.fence !== lease.fence) {
      const freed = await deliveries.recover(lease, platform, now());
      log.info({ platform, fence: lease.fence, count: freed }, 'this instance sends');
    }
    waiting.delete(platform);
    held.set(platform, { lease, at: now() });
    return lease;
  };
  return {
    async hold(platform) {
      const current = held.get(platform);
      const ageMs = current === undefined ? Infinity : Math.abs(now() - current.at);
      if (current !== undefined && ageMs < rules.senderRenewMs) return current.lease;
      return await take(platform);
    },
    async releaseAll() {
      for (const { lease } of held.values()) await leases.release(lease).catch(() => undefined);
      held.clear();
      leases.close();
    },
  };
}

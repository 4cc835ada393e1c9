// Claims of many tenants at once: those that ask while a claim is being written share the next one, because each write waits for the disk.
import type { ClaimOptions, Deliveries, DeliveryRow } from '../../store/delivery/deliveries.ts';
import type { Lease } from '../../store/delivery/leases.ts';

/** Rows of one platform, or of one tenant of it, that are worked through together. */
export type DeliveryQueue = { platform: string; tenant?: string };

export type Claims = {
  /** Rows whose time has come, at most `limit`, leased and with the high-water mark on disk: they may be posted at once. */
  claim(queue: DeliveryQueue, lease: Lease, limit: number): Promise<readonly DeliveryRow[]>;
};

type Options = {
  deliveries: Pick<Deliveries, 'claim' | 'claimOf'>;
  /** Called after a claim and before its first post: the high-water mark must be on disk by then. */
  beforeSending: (now: number) => Promise<void>;
  leaseMs: number;
  now: () => number;
};

type Asked = {
  tenant: string;
  resolve: (rows: readonly DeliveryRow[]) => void;
  reject: (error: unknown) => void;
};

export function createClaims({ deliveries, beforeSending, leaseMs, now }: Options): Claims {
  /** Who asks while a claim is being written, by platform and lease. */
  const gatherings = new Map<string, Asked[]>();
  const optionsOf = (lease: Lease, limit: number): ClaimOptions => ({ lease, now: now(), leaseMs, limit });

  async function marked(rows: readonly DeliveryRow[]): Promise<readonly DeliveryRow[]> {
    if (rows.length > 0) await beforeSending(now());
    return rows.toSorted((a, b) => a.priority - b.priority || a.shuffle - b.shuffle);
  }

  /** Claims under one lease and limit are gathered: another holder must not take rows for this one. */
  function gathered(platform: string, tenant: string, lease: Lease, limit: number): Promise<readonly DeliveryRow[]> {
    const key = JSON.stringify([platform, lease.owner, lease.fence, limit]);
    const { promise, resolve, reject } = Promise.withResolvers<readonly DeliveryRow[]>();
    const asked = { tenant, resolve, reject };
    const before = gatherings.get(key);
    if (before !== undefined) before.push(asked);
    else {
      gatherings.set(key, [asked]);
      void writeAll(key, (tenants) => deliveries.claimOf({ platform, tenants }, optionsOf(lease, limit)));
    }
    return promise;
  }

  async function writeAll(
    key: string,
    write: (tenants: readonly string[]) => Promise<readonly DeliveryRow[]>,
  ): Promise<void> {
    await Promise.resolve(); // whoever asks at the same time comes along
    for (;;) {
      const together = gatherings.get(key)?.splice(0) ?? [];
      if (together.length === 0) return void gatherings.delete(key);
      try {
        const rows = await marked(await write(together.map(({ tenant }) => tenant)));
        const byTenant = Map.groupBy(rows, ({ tenant }) => tenant);
        for (const { tenant, resolve } of together) resolve(byTenant.get(tenant) ?? []);
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
  }

  return {
    claim: async ({ platform, tenant }, lease, limit) =>
      tenant === undefined
        ? await marked(await deliveries.claim({ platform }, optionsOf(lease, limit)))
        : await gathered(platform, tenant, lease, limit),
  };
}

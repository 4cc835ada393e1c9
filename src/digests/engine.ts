// Digests, wired: the port for commands, and the kind that the delivery engine posts.
import type { Log } from '../base/log.ts';
import type { DeliveryKind } from '../delivery/port.ts';
import type { Database } from '../store/database.ts';
import { addDelivery, createDeliveries } from '../store/delivery/deliveries.ts';
import { createDeliveryLedger, type DeliveryTotals } from '../store/delivery/ledger.ts';
import { createSubscriptions } from '../store/digests/subscriptions.ts';
import { createDigestKind, type Render } from './digest-kind.ts';
import type { Digests } from './digests.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import { createDigestManager } from './manage/manage.ts';
import { createReschedule } from './schedule/reschedule.ts';
import { staleFacts, zoneDataVersion, zoneNotes } from './schedule/tzdata-check.ts';

export type DigestsOptions = {
  database: Database;
  /** Wall clock, epoch ms. */
  now: () => number;
  log: Log;
  zoneData?: () => string;
};

export type DigestRoom = Pick<Lifecycle, 'retire' | 'revive'> & {
  /** For commands and cards. */
  digests: Digests;
  /** For the delivery engine; `render` draws up a digest. */
  kind(render: Render): DeliveryKind;
  /** Time zones that this Node.js knows wrongly, in words. */
  zoneNotes(): string[];
};

/** Counting a full ledger takes a moment; `/metrics` may ask often. */
const TOTALS_FOR_MS = 10_000;

export function createDigests({ database, now, log, zoneData = zoneDataVersion }: DigestsOptions): DigestRoom {
  const subscriptions = createSubscriptions(database);
  const deliveries = createDeliveries(database);
  const ledger = createDeliveryLedger(database);
  const lifecycle = createLifecycle({ subscriptions, deliveries, now, zoneData });
  const reschedule = createReschedule({ subscriptions, ledger, now, zoneData, log });
  const manager = createDigestManager({
    subscriptions,
    deliveries,
    lifecycle,
    now,
    zoneData,
    addDelivery: (row) => addDelivery(database, row),
  });
  const stale = staleFacts();
  const notes = () => zoneNotes(stale);
  let counted: { at: number; totals: Promise<DeliveryTotals> } | null = null;
  return {
    digests: {
      ...manager,
      async totals() {
        if (counted === null || Math.abs(now() - counted.at) > TOTALS_FOR_MS)
          counted = { at: now(), totals: ledger.totals() };
        return await counted.totals;
      },
    },
    kind: (render) =>
      createDigestKind({ database, subscriptions, lifecycle, reschedule, render, now, zoneNotes: notes, log }),
    zoneNotes: notes,
    retire: lifecycle.retire,
    revive: lifecycle.revive,
  };
}

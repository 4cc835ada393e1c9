// Digests, wired: the port for commands, and the kind that the delivery engine posts.
import type { Card } from '../app/card.ts';
import { realSleep, type Sleep, waitAtMost } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { type Random, realRandom } from '../base/hash.ts';
import type { DeliveryKind } from '../delivery/port.ts';
import { type AskRights, rightsInTime } from '../delivery/rights-in-time.ts';
import type { Database } from '../store/database.ts';
import { createDeliveries, type DeliveryRow } from '../store/delivery/deliveries.ts';
import { createDeliveryLedger } from '../store/delivery/ledger.ts';
import { addOwned } from '../store/delivery/owned.ts';
import { createShownLists } from '../store/shown-lists/shown-lists.ts';
import { createSubscriptions } from '../store/digests/subscriptions.ts';
import { createDigestKind, type Render } from './digest-kind.ts';
import type { Digests, DigestTotals, DigestView } from './digests.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import { createDigestManager } from './manage/manage.ts';
import { createStoppedKind } from './stopped-notice.ts';
import { createSetAside } from './set-aside.ts';
import { DIGEST_KIND } from './stored-spec.ts';
import { BAD_SCHEDULE, UNREADABLE } from './subscription.ts';
import { createReschedule } from './schedule/reschedule.ts';
import { staleFacts, zoneDataVersion, zoneNotes } from './schedule/tzdata-check.ts';

export type DigestsOptions = {
  database: Database;
  /** Wall clock, epoch ms. */
  now: () => number;
  /** Lots for ids and for the order of posts; the real ones when absent. */
  random?: Random;
  log: Log;
  sleep?: Sleep;
  /** Asks a platform's bot; absent: nobody can tell beforehand. */
  canPost?: AskRights;
  zoneData?: () => string;
};

export type DigestRoom = Pick<Lifecycle, 'retire' | 'suspend' | 'revive'> & {
  /** For commands and cards. */
  digests: Digests;
  /** For the delivery engine; `render` draws up a digest. */
  kind(render: Render): DeliveryKind;
  /** The direct messages about digests that stopped; `card` draws one up. */
  stoppedKind(card: (view: DigestView) => Card): DeliveryKind;
  /** Time zones that this Node.js knows wrongly, in words. */
  zoneNotes(): string[];
  /** Whether any digest is to be posted, of whichever place. */
  isAnyActive(): Promise<boolean>;
};

/** Counting a full ledger takes a moment; `/metrics` may ask often. */
const TOTALS_FOR_MS = 10_000;
/** Longest wait for them: a page that shows them does not wait for a database that is away. */
const TOTALS_WAIT_MS = 1000;

export function createDigests(options: DigestsOptions): DigestRoom {
  const { database, now, random = realRandom, log, sleep = realSleep, zoneData = zoneDataVersion } = options;
  const subscriptions = createSubscriptions(database);
  const deliveries = createDeliveries(database);
  const ledger = createDeliveryLedger(database);
  const canPost = rightsInTime(options.canPost, sleep);
  const add = (row: DeliveryRow) => addOwned(database, row, 'subscription');
  const setAside = createSetAside({ subscriptions, deliveries, addDelivery: add, now, log });
  const lifecycle = createLifecycle({
    subscriptions,
    deliveries,
    canPost,
    addDelivery: add,
    setAside,
    now,
    zoneData,
  });
  const reschedule = createReschedule({ subscriptions, ledger, setAside, now, zoneData, log });
  const manager = createDigestManager({
    subscriptions,
    shownLists: createShownLists(database, 'digests', now),
    deliveries,
    lifecycle,
    now,
    random,
    zoneData,
    addDelivery: add,
    canPost,
  });
  const stale = staleFacts();
  const notes = () => zoneNotes(stale);
  const countAll = async (): Promise<DigestTotals> => {
    const [books, unreadable] = await Promise.all([
      ledger.totals(DIGEST_KIND),
      subscriptions.countSuspended([UNREADABLE, BAD_SCHEDULE]),
    ]);
    return { ...books, unreadable };
  };
  const totals = createTotals(countAll, now, sleep);
  return {
    digests: { ...manager, totals },
    kind: (render) =>
      createDigestKind({
        database,
        subscriptions,
        lifecycle,
        reschedule,
        setAside,
        render,
        now,
        random,
        zoneNotes: notes,
        log,
      }),
    stoppedKind: (card) => createStoppedKind({ subscriptions, card, now }),
    zoneNotes: notes,
    isAnyActive: async () => (await subscriptions.active('', 1)).length > 0,
    retire: lifecycle.retire,
    suspend: lifecycle.suspend,
    revive: lifecycle.revive,
  };
}

/** The counts, at most ten seconds old; the last ones while the database does not answer, null when it never did. */
function createTotals(read: () => Promise<DigestTotals>, now: () => number, sleep: Sleep) {
  let known: { at: number; totals: DigestTotals } | null = null;
  let reading: Promise<void> | null = null;
  return async (): Promise<DigestTotals | null> => {
    if (known !== null && Math.abs(now() - known.at) <= TOTALS_FOR_MS) return known.totals;
    reading ??= read()
      .then((totals) => void (known = { at: now(), totals }))
      .finally(() => void (reading = null));
    await waitAtMost(reading, TOTALS_WAIT_MS, sleep);
    return known?.totals ?? null;
  };
}

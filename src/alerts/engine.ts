// Alerts, wired: the port for commands, and the kind that the delivery engine posts.
import { realSleep, type Sleep } from '../base/clock.ts';
import { type Random, realRandom } from '../base/hash.ts';
import type { DeliveryKind } from '../delivery/port.ts';
import { type AskRights, rightsInTime } from '../delivery/rights-in-time.ts';
import { createAlertStore } from '../store/alerts/alerts.ts';
import type { Database } from '../store/database.ts';
import { createDeliveries } from '../store/delivery/deliveries.ts';
import { createShownLists } from '../store/shown-lists/shown-lists.ts';
import { type AlertCards, createAlertKind } from './alert-kind.ts';
import type { Alerts } from './alerts.ts';
import { createAlertManager } from './manage.ts';
import { type AlertDoubts, type AlertWatchOptions, createAlertWatch } from './watch.ts';

export type AlertsOptions = Omit<AlertWatchOptions, 'store'> & {
  database: Database;
  /** Lots of ids; the real ones when absent. */
  random?: Random;
  sleep?: Sleep;
  /** Asks a platform's bot; absent: nobody can tell beforehand. */
  canPost?: AskRights;
};

export type AlertRoom = {
  /** For commands and cards. */
  alerts: Alerts;
  /** For the delivery engine. */
  kind(cards: AlertCards): DeliveryKind;
  /** A channel or a whole server or workspace is gone: its alerts stop. @returns how many */
  retire(place: { platform: string; tenant: string; channel?: string }, reason: string): Promise<number>;
  /** One look at all alerts now, to its end (tests and benchmarks). */
  look(): Promise<void>;
  /** Readings that wait for confirmation, from memory. */
  doubts(): AlertDoubts;
};

const MOST_TRIES = 5;

export function createAlerts({
  database,
  random = realRandom,
  sleep = realSleep,
  canPost,
  ...options
}: AlertsOptions): AlertRoom {
  const store = createAlertStore(database);
  const deliveries = createDeliveries(database);
  const { now, log } = options;
  const watch = createAlertWatch({ ...options, store });
  /** One that changes at the same moment, as by a crossing, is stopped as it is then. */
  async function stop(id: string, reason: string): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const row = await store.get(id);
      const patch = { status: 'stopped', last_error: reason, told: 0 } as const;
      if (row === null || (await store.apply([{ row, patch }], now())).has(id)) break;
    }
    watch.changed(id, null);
  }

  return {
    alerts: createAlertManager({
      store,
      shownLists: createShownLists(database, 'alerts', now),
      sources: options.sources,
      now,
      random,
      canPost: rightsInTime(canPost, sleep),
      onChange: watch.changed,
      onSeen: watch.seen,
    }),
    kind: (cards) => createAlertKind({ database, store, watch, cards, now, log }),
    async retire(place, reason) {
      const ids = await store.idsAt(place);
      for (const id of ids) await stop(id, reason);
      await deliveries.drop(ids, 'stopped', now());
      return ids.length;
    },
    look: watch.look,
    doubts: watch.doubts,
  };
}

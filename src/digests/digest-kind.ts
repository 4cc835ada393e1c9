// Digests as a kind of delivery: which subscriptions are due, what their posts say, and what follows from a post's fate.
import type { Card } from '../app/card.ts';
import { DAY } from '../base/clock.ts';
import type { Random } from '../base/hash.ts';
import type { Log } from '../base/log.ts';
import { isHealthy } from '../delivery/limits/channel-health.ts';
import type { DeliveryKind, Owner } from '../delivery/port.ts';
import type { Database } from '../store/database.ts';
import type { DeliveryRow } from '../store/delivery/deliveries.ts';
import { type DueRow, materialiseDue } from '../store/digests/due.ts';
import { recordSent } from '../store/digests/sent.ts';
import type { Subscriptions, SubscriptionRow } from '../store/digests/subscriptions.ts';
import type { DigestOrder } from './digests.ts';
import type { Lifecycle } from './lifecycle.ts';
import { type DuePlan, isAskedFor, planDue } from './schedule/plan-due.ts';
import type { Reschedule } from './schedule/reschedule.ts';
import type { SetAside } from './set-aside.ts';
import { DIGEST_KIND, readableSpec, specOf } from './stored-spec.ts';
import { madeAtOf } from './subscription.ts';

/** Draws up the card of an order. */
export type Render = (order: DigestOrder) => Promise<Card>;

export type DigestKindOptions = {
  database: Database;
  subscriptions: Subscriptions;
  lifecycle: Lifecycle;
  reschedule: Reschedule;
  setAside: Pick<SetAside, 'tell'>;
  render: Render;
  now: () => number;
  random: Random;
  /** Cautions about time zone data, logged once. */
  zoneNotes: () => readonly string[];
  log: Log;
};

/** Each batch may take as many computations of a calendar; between two of them everything else has its turn. */
const BATCH = 250;
/** Suspended channels that get another chance per hour. */
const PROBES_PER_HOUR = 100;
/** So long their owner can be told what became of them; then nothing of them is kept. */
const DEAD_KEPT_MS = 30 * DAY;

export function createDigestKind(options: DigestKindOptions): DeliveryKind {
  const { database, subscriptions, lifecycle, reschedule, setAside, render, now, random, log } = options;
  /** @returns how many were due */
  const planBatch = async (at: number, restoredUntil: number): Promise<number> => {
    let broken: DuePlan['broken'] = [];
    const plan = (rows: readonly DueRow[]): DuePlan => {
      const planned = planDue(rows, { now: at, restoredUntil });
      ({ broken } = planned);
      return planned;
    };
    const due = await materialiseDue(database, at, BATCH, plan, random);
    for (const { id, reason } of broken) await setAside.tell(id, reason);
    return due;
  };
  return {
    name: DIGEST_KIND,
    async begin() {
      await reschedule.zonesChanged();
      for (const note of options.zoneNotes()) log.warn({ detail: note }, 'a time zone is not as it was');
    },
    async plan(at, restoredUntil) {
      while ((await planBatch(at, restoredUntil)) === BATCH);
    },
    async owner(row) {
      const subscription = await subscriptions.get(row.subscription_id);
      return subscription === null ? null : ownerOf(row, subscription, render, now());
    },
    sent: (transaction, row, sent) =>
      recordSent(transaction, row.subscription_id, {
        ...sent,
        replaces: (stored) => readableSpec(stored)?.replace === true,
      }),
    refused: (row, refusal) => lifecycle.refused(row, refusal),
    clockWentBack: () => reschedule.clockWentBack(),
    async everyHour() {
      await reschedule.zonesChanged();
      await lifecycle.probe(PROBES_PER_HOUR);
      await subscriptions.removeDrafts(now() - DAY);
      await subscriptions.removeDead(now() - DEAD_KEPT_MS);
    },
  };
}

function ownerOf(row: DeliveryRow, subscription: SubscriptionRow, render: Render, now: number): Owner {
  return {
    stopped: subscription.status === 'dead' || (subscription.status === 'paused' && !isAskedFor(row)),
    healthy: isHealthy({ failStreak: subscription.fail_streak, lastSentAt: subscription.last_sent_at }, now),
    content(late) {
      const spec = specOf(subscription);
      const { coins, currency, locale, subnets, registrations } = spec;
      const { kind, platform, due_at: dueAt } = row;
      const order = { kind, platform, coins, currency, locale, zone: subscription.zone, dueAt, late };
      const whole = {
        ...order,
        ...(subnets ? { subnets } : {}),
        ...(registrations === undefined ? {} : { registrations }),
        ...madeAtOf(subscription, spec),
      };
      return { key: JSON.stringify(whole), card: () => render(whole) };
    },
  };
}

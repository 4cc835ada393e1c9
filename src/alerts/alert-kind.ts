// Alerts as a kind of delivery: what a message says, what follows from its fate, and what is due besides prices.
import type { Card } from '../app/card.ts';
import { DAY, MINUTE } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { type DeliveryKind, deliveryRow, type Owner, type Refusal, type Verdict } from '../delivery/port.ts';
import type { AlertRow, AlertStore } from '../store/alerts/alerts.ts';
import { ENDED_PAUSED } from '../store/alerts/clock-back.ts';
import { FALLBACK } from '../store/alerts/events.ts';
import { recordTold } from '../store/alerts/sent.ts';
import type { Database } from '../store/database.ts';
import type { DeliveryRow } from '../store/delivery/deliveries.ts';
import { addOwned } from '../store/delivery/owned.ts';
import { personOf } from '../base/direct-target.ts';
import { ALERT_KIND, viewOf } from './alert-row.ts';
import type { AlertOrder, AlertView } from './alerts.ts';
import { LATE_MS } from './condition/crossing.ts';
import { MOST_DAYS, WARNING_MS } from './new-alert.ts';
import type { AlertWatch } from './watch.ts';

/** Draws up the messages. */
export type AlertCards = {
  /** A condition came true. */
  crossed(order: AlertOrder): Promise<Card>;
  /** An alert ends soon. `mention`: whom it calls, or null. */
  ending(alert: AlertView, mention: string | null): Promise<Card>;
};

export type AlertKindOptions = {
  database: Database;
  store: AlertStore;
  watch: AlertWatch;
  cards: AlertCards;
  now: () => number;
  log: Log;
};

const MOST_FAILURES = 3;
/** A channel that seems to be gone gets a second look: a short outage of the platform looks the same. */
const SECOND_LOOK_MS = MINUTE;
const CHORES_MS = MINUTE;
const MOST_AT_ONCE = 500;
const CLOSED_KEPT_MS = 30 * DAY;
const EVENTS_KEPT_MS = 90 * DAY;
const WARNING = 'end-';

export function createAlertKind({ database, store, watch, cards, now, log }: AlertKindOptions): DeliveryKind {
  let choresAt = 0;

  /** An end that nobody was told of, because we were away or a clock was behind, is put off and told. */
  async function expire(at: number): Promise<void> {
    for (const row of await store.dueToExpire(at, MOST_AT_ONCE))
      if (row.status === 'active' && row.warned === 0) await announce(row, at + WARNING_MS, at);
      else {
        const patch = { status: 'expired', ...(row.status === 'paused' ? { last_error: ENDED_PAUSED } : {}) } as const;
        if ((await store.apply([{ row, patch }], at)).has(row.id)) watch.changed(row.id, null);
      }
  }

  async function announce(row: AlertRow, endsAt: number, at: number): Promise<void> {
    const delivery = deliveryOf(row, `${WARNING}${endsAt}`, row.channel, at, endsAt);
    const step = { row, patch: { warned: 1, expires_at: endsAt }, delivery };
    if ((await store.apply([step], at)).has(row.id)) watch.changed(row.id, await store.get(row.id));
  }

  async function warn(at: number): Promise<void> {
    for (const row of await store.dueToWarn(at + WARNING_MS, at, MOST_AT_ONCE)) await announce(row, row.expires_at, at);
  }

  /** A crossing whose message was given up is missed; the alert must not think that it was told. */
  async function noteMissed(at: number): Promise<void> {
    for (const event of await store.givenUp(at - LATE_MS, MOST_AT_ONCE)) {
      await store.markMissed(event, at);
      watch.changed(event.alert_id, await store.get(event.alert_id));
      log.warn({ alert: event.alert_id }, 'an alert could not be told in time');
    }
  }

  /** What a refused direct message becomes: the same in the channel where the alert was made, mentioning its owner. */
  async function tellInChannel(alert: AlertRow, row: DeliveryRow): Promise<void> {
    const delivery = deliveryOf(alert, `${row.occurrence}${FALLBACK}`, alert.made_in, now(), row.expires_at);
    await addOwned(database, delivery, 'alert');
  }

  async function failed(alert: AlertRow, row: DeliveryRow, reason: string): Promise<void> {
    const at = now();
    const streak = alert.fail_streak + 1;
    const stops = streak >= MOST_FAILURES || alert.status === 'done';
    const patch = {
      fail_streak: streak,
      last_error: reason,
      ...(stops ? { status: 'stopped' as const, told: 0 } : {}),
    };
    const event = {
      id: `${alert.id}:${row.occurrence}:failed`,
      alert_id: alert.id,
      occurrence: null,
      kind: 'failed',
      at,
      value: null,
    } as const;
    if ((await store.apply([{ row: alert, patch, event }], at)).has(alert.id))
      watch.changed(alert.id, await store.get(alert.id));
  }

  return {
    name: ALERT_KIND,
    begin: () => Promise.resolve(),
    async plan(at, _restoredUntil, wake) {
      void watch.look(wake); // asks sources, which may take a second: digests must not wait for it
      if (Math.abs(at - choresAt) < CHORES_MS) return;
      choresAt = at;
      await expire(at);
      await warn(at);
      await noteMissed(at);
    },
    async owner(row) {
      const alert = await store.get(row.subscription_id);
      return alert === null ? null : await ownerOf(alert, row, { store, cards, now });
    },
    async sent(transaction, row, { at }) {
      const crossing = !row.occurrence.startsWith(WARNING);
      await recordTold(transaction, { alertId: row.subscription_id, occurrence: row.occurrence, at, crossing });
      return null;
    },
    async refused(row, refusal): Promise<Verdict> {
      const alert = await store.get(row.subscription_id);
      if (alert === null) return { kind: 'dead' };
      if (mayBeTellable(alert, row, refusal)) await tellInChannel(alert, row);
      else if (row.occurrence.startsWith(WARNING)) return { kind: 'dead' };
      else if (refusal.reason === 'gone' && refusal.before !== refusal.code)
        return { kind: 'again', afterMs: SECOND_LOOK_MS };
      else await failed(alert, row, refusal.reason);
      return { kind: 'dead' };
    },
    clockWentBack: () => store.clockWentBack({ kind: ALERT_KIND, now: now(), latest: now() + MOST_DAYS * DAY }),
    everyHour: () => store.purge(now() - CLOSED_KEPT_MS, now() - EVENTS_KEPT_MS),
  };
}

/** Whether a message that did not reach a person may go to the channel where the alert was made: once, as that message reaches no person either. */
function mayBeTellable(alert: AlertRow, row: DeliveryRow, { reason }: Refusal): boolean {
  const isDirect = personOf(row.channel) !== null;
  return isDirect && (reason === 'closed-dm' || reason === 'forbidden') && alert.made_in !== '-';
}

async function ownerOf(
  alert: AlertRow,
  row: DeliveryRow,
  { store, cards, now }: Pick<AlertKindOptions, 'store' | 'cards' | 'now'>,
): Promise<Owner> {
  const healthy = alert.fail_streak === 0;
  const stopped = alert.status === 'paused' || alert.status === 'stopped';
  const view = () => {
    const alertView = viewOf(alert);
    if (alertView.unreadable === true) throw new Error('the alert of a message cannot be read');
    return alertView;
  };
  const mention = row.occurrence.endsWith(FALLBACK) ? alert.owner : null;
  if (row.occurrence.startsWith(WARNING))
    return {
      stopped,
      healthy,
      content: () => ({ key: row.id, card: async () => await cards.ending(view(), mention) }),
    };
  const occurrence = row.occurrence.replace(FALLBACK, '');
  const event = await store.event(alert.id, occurrence);
  return {
    stopped: stopped || (alert.snoozed_until ?? 0) > now(),
    healthy,
    content() {
      const value = Number(event?.value ?? Number.NaN);
      if (event === null || !Number.isFinite(value)) throw new Error('an alert without its crossing');
      const order = { alert: view(), crossedAt: event.at, value, mention };
      return { key: row.id, card: () => cards.crossed(order) };
    },
  };
}

function deliveryOf(
  alert: AlertRow,
  occurrence: string,
  channel: string,
  dueAt: number,
  expiresAt: number,
): DeliveryRow {
  const { id: ownerId, platform, tenant } = alert;
  return deliveryRow({
    kind: ALERT_KIND,
    ownerId,
    occurrence,
    platform,
    tenant,
    channel,
    dueAt,
    expiresAt,
    priority: 0,
  });
}

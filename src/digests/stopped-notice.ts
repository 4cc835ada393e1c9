// Tells whoever made a digest that it stopped: one direct message, and where those are closed a word with their next command.
import type { Card } from '../app/card.ts';
import { DAY } from '../base/clock.ts';
import { directTarget } from '../base/direct-target.ts';
import { type DeliveryKind, deliveryRow } from '../delivery/port.ts';
import type { DeliveryRow } from '../store/delivery/deliveries.ts';
import { recordTold } from '../store/digests/sent.ts';
import type { Subscriptions, SubscriptionRow } from '../store/digests/subscriptions.ts';
import type { DigestView } from './digests.ts';
import { viewOf } from './manage/view.ts';

/** What stands in the column `kind` of their deliveries. */
const STOPPED_KIND = 'digest-stopped';
/** Nobody needs to hear of it by a message later than that. */
const EXPIRES_AFTER_MS = DAY;
/** Behind alerts (0) and digests (1). */
const PRIORITY = 2;

/** The message about a subscription that has just been stopped; null where nobody can be written to. One for each stop, not for each vain probe. */
export function stoppedNotice(row: SubscriptionRow, now: number): DeliveryRow | null {
  if (row.platform === 'terminal' || row.owner === '' || row.told !== 0) return null; // `/privacy delete` takes the owner's name away
  return deliveryRow({
    kind: STOPPED_KIND,
    ownerId: row.id,
    occurrence: `${row.status}-${row.stopped_at ?? now}`,
    platform: row.platform,
    tenant: row.tenant,
    channel: directTarget(row.owner),
    dueAt: now,
    expiresAt: now + EXPIRES_AFTER_MS,
    priority: PRIORITY,
  });
}

export function createStoppedKind(options: {
  subscriptions: Subscriptions;
  /** Draws up the message. */
  card: (view: DigestView) => Card;
  now: () => number;
}): DeliveryKind {
  const nothing = () => Promise.resolve();
  return {
    name: STOPPED_KIND,
    begin: nothing,
    plan: nothing,
    async owner({ subscription_id: id }) {
      const row = await options.subscriptions.get(id);
      if (row === null) return null;
      const isNews = row.told === 0 && (row.status === 'suspended' || row.status === 'dead');
      const card = () => Promise.resolve(options.card(viewOf(row, options.now())));
      return { stopped: !isNews, healthy: true, content: () => ({ key: id, card }) };
    },
    sent: (transaction, row) => recordTold(transaction, row.subscription_id),
    refused: () => Promise.resolve({ kind: 'dead' }), // they hear of it with their next command
    clockWentBack: nothing,
    everyHour: nothing,
  };
}

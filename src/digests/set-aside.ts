// What becomes of a digest whose stored text is damaged: it runs no more, the log names it, and whoever made it hears of it once.
import type { Log } from '../base/log.ts';
import type { Deliveries, DeliveryRow } from '../store/delivery/deliveries.ts';
import { setAside } from '../store/digests/due.ts';
import type { Subscriptions, SubscriptionRow } from '../store/digests/subscriptions.ts';
import { stoppedNotice } from './stopped-notice.ts';
import type { Flaw } from './subscription.ts';

export type SetAside = {
  /** Sets a row aside, unless it is for this reason already. */
  row(row: SubscriptionRow, reason: Flaw): Promise<void>;
  /** Says that a row was set aside, and ends what was to be posted of it. */
  tell(id: string, reason: Flaw): Promise<void>;
};

type Options = {
  subscriptions: Subscriptions;
  deliveries: Pick<Deliveries, 'drop'>;
  addDelivery: (row: DeliveryRow) => Promise<boolean>;
  now: () => number;
  log: Log;
};

export function createSetAside({ subscriptions, deliveries, addDelivery, now, log }: Options): SetAside {
  const tell = async (id: string, reason: Flaw): Promise<void> => {
    log.error({ digest: id, reason }, 'a stored digest is damaged: it is set aside');
    await deliveries.drop([id], 'stopped', now());
    const row = await subscriptions.get(id);
    const notice = row === null ? null : stoppedNotice(row, now());
    if (notice !== null) await addDelivery(notice);
  };
  return {
    tell,
    async row({ id, status, last_error: known }, reason) {
      if (status === 'suspended' && known === reason) return;
      const change = setAside(reason, now());
      if (await subscriptions.change(id, ['active', 'paused', 'suspended'], change)) await tell(id, reason);
    },
  };
}

// What keeps the ledger in order once an hour: the kinds' own chores, removals that were cut short, and the end of old rows.
import { DAY } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Bot } from '../bots/bot.ts';
import type { DeliveryLedger } from '../store/delivery/ledger.ts';
import type { DeliveryKind } from './port.ts';

const MOST_REMOVALS = 500;
/** So long after its time nobody settles a post any more: another process with that platform would have. */
const GIVE_UP_AFTER_MS = DAY;

type Options = {
  bots: ReadonlyMap<string, Bot>;
  kinds: ReadonlyMap<string, DeliveryKind>;
  ledger: DeliveryLedger;
  now: () => number;
  log: Log;
};

/** Returns the hourly round. It throws when the database is away; the next one makes up for it. */
export function createMaintenance({ bots, kinds, ledger, now, log }: Options): () => Promise<void> {
  async function removeReplaced(bot: Bot): Promise<void> {
    for (const { id, tenant, channel, removes } of await ledger.pendingRemovals(bot.name, MOST_REMOVALS)) {
      await bot.remove({ tenant, channel }, removes).catch(() => undefined); // tried once more; a post that cannot be removed stays
      await ledger.removed(id);
    }
  }
  return async () => {
    for (const kind of kinds.values()) await kind.everyHour();
    for (const bot of bots.values()) await removeReplaced(bot);
    const count = await ledger.endAbandoned([...bots.keys()], now() - GIVE_UP_AFTER_MS, now());
    if (count > 0) log.warn({ count }, 'posts that were under way on a platform that was switched off are given up');
    await ledger.purge(now());
  };
}

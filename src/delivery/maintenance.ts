// What keeps the ledger in order: a clock that went back, removals that were cut short, and old rows.
import type { Log } from '../base/log.ts';
import type { Bot } from '../bots/bot.ts';
import type { DeliveryLedger } from '../store/delivery/ledger.ts';
import type { DeliveryKind } from './port.ts';

const BATCH = 500;

export type Maintenance = {
  /** After a start or a step back of the clock: what was counted as missed but lies ahead again is taken back. */
  clockWentBack(): Promise<number>;
  /** Once an hour: the kinds' own chores, removals of replaced posts that were cut short, old rows. */
  hourly(): Promise<void>;
};

type Options = {
  bots: ReadonlyMap<string, Bot>;
  kinds: ReadonlyMap<string, DeliveryKind>;
  ledger: DeliveryLedger;
  now: () => number;
  log: Log;
};

export function createMaintenance({ bots, kinds, ledger, now, log }: Options): Maintenance {
  return {
    async clockWentBack() {
      const taken = await ledger.takeBackFuture(now());
      if (taken === 0) return 0;
      for (const kind of kinds.values()) await kind.clockWentBack();
      log.warn({ taken }, 'the clock went back: posts that lie ahead again are scheduled again');
      return taken;
    },
    async hourly() {
      for (const kind of kinds.values()) await kind.everyHour();
      for (const bot of bots.values()) {
        for (const { id, tenant, channel, removes } of await ledger.pendingRemovals(bot.name, BATCH)) {
          await bot.remove({ tenant, channel }, removes).catch(() => undefined); // tried once more; a post that cannot be removed stays
          await ledger.removed(id);
        }
      }
      await ledger.purge(now());
    },
  };
}

// Lets every kind plan, whatever becomes of the others: one that fails is reported, one that hangs is not waited for.
import { type Sleep, waitAtMost } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { DeliveryKind } from './port.ts';

/** A plan is a few statements; each of them ends within ten seconds. */
const PLAN_LIMIT_MS = 20_000;

/** `now` and `restoredUntil` in epoch ms; `wake` as kinds get it. @throws what the first kind threw, after all of them had their turn */
export type Planning = (now: number, restoredUntil: number, wake: () => void) => Promise<void>;

export function createPlanning(kinds: readonly DeliveryKind[], { sleep, log }: { sleep: Sleep; log: Log }): Planning {
  const underWay = new Set<string>();
  return async (now, restoredUntil, wake) => {
    const failures: unknown[] = [];
    for (const kind of kinds) {
      if (underWay.has(kind.name)) continue; // reported when it was left behind; it plans again when it is through
      underWay.add(kind.name);
      const plan = kind
        .plan(now, restoredUntil, wake)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(kind.name));
      if (!(await waitAtMost(plan, PLAN_LIMIT_MS, sleep)))
        log.error({ kind: kind.name, limitMs: PLAN_LIMIT_MS }, 'planning hangs: the others go on without it');
    }
    if (failures.length > 0) throw failures[0];
  };
}

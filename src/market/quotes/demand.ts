// Remembers which coins and currencies people ask for, so that one batch can cover them all.
import { DAY, MINUTE } from '../../base/clock.ts';

export type Watch = {
  ask(ids: readonly string[], currency: string): void;
  /** Ids of the next batch: the fixed coins, then those asked within a day, most recent first, at most 200. */
  ids(): string[];
  has(id: string): boolean;
  /** Currencies asked within ten minutes; together they share the budget. */
  activeCurrencies(): number;
  /** Monotonic ms. */
  lastAskedAt(currency: string): number;
};

const MOST_IDS = 200;
const COIN_MS = DAY;
const CURRENCY_MS = 10 * MINUTE;

/** `fixed` are always watched (profiled coins and sentinels). */
export function createWatch(fixed: readonly string[], monotonic: () => number): Watch {
  const always = new Set(fixed);
  const recent = new Map<string, number>(); // in order of the last ask, oldest first
  const currencies = new Map<string, number>();

  return {
    ask(ids, currency) {
      const at = monotonic();
      currencies.set(currency, at);
      for (const id of ids) {
        if (always.has(id)) continue;
        recent.delete(id);
        recent.set(id, at);
      }
      while (recent.size > MOST_IDS - always.size) {
        const oldest = recent.keys().next();
        if (oldest.done) break;
        recent.delete(oldest.value);
      }
    },
    ids() {
      const at = monotonic();
      const asked = [...recent].filter(([, askedAt]) => at - askedAt <= COIN_MS).map(([id]) => id);
      return [...always, ...asked.toReversed()];
    },
    has: (id) => always.has(id) || recent.has(id),
    activeCurrencies() {
      const at = monotonic();
      return Math.max(1, [...currencies.values()].filter((askedAt) => at - askedAt <= CURRENCY_MS).length);
    },
    lastAskedAt: (currency) => currencies.get(currency) ?? Number.NEGATIVE_INFINITY,
  };
}

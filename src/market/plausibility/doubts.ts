// What is in doubt at present: prices that wait for confirmation, with the value shown meanwhile once an objection has grown old.
import { HOUR } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { type CachedQuote, dated } from '../quote-cache.ts';
import { type Clocks, type Stamp, stampOf } from '../../http/stamp.ts';
import { POLLS_NEEDED } from './price-check.ts';
import type { Suspicion } from './price-check.ts';

export type Doubts = {
  suspicion(currency: string, id: string): Suspicion | null;
  /** Holds the newest value back; `shown` is given out as unconfirmed meanwhile, null keeps the last good one. */
  hold(currency: string, id: string, suspicion: Suspicion, shown: CachedQuote | null): void;
  /** Ends the doubt, if there is one: the price came back, was confirmed, or (`overdue`) was never settled. */
  settle(currency: string, id: string, overdue: boolean): void;
  unconfirmed(currency: string, id: string): CachedQuote | null;
  /** Last look at a doubt that needs more polls to be decided (monotonic ms); null when there is none. */
  followUpAt(currency: string): number | null;
  /** Beginning of each open doubt (monotonic ms). */
  begun(): readonly number[];
};

/** A doubt that no newer poll has touched for so long is forgotten. */
const FORGOTTEN_MS = 2 * HOUR;

type Open = { suspicion: Suspicion; shown: { entry: CachedQuote; stamp: Stamp } | null };

export function createDoubts(options: Clocks & { log?: Log }): Doubts {
  const { log, ...clocks } = options;
  const open = new Map<string, Open>();

  function find(key: string): Open | null {
    const found = open.get(key);
    if (found === undefined) return null;
    if (clocks.monotonic() - found.suspicion.lastPollAt <= FORGOTTEN_MS) return found;
    open.delete(key);
    log?.info({ detail: key }, 'doubt of a price forgotten: nobody asked for it any more');
    return null;
  }

  const all = (): Open[] => [...open.keys()].flatMap((key) => find(key) ?? []);

  return {
    suspicion: (currency, id) => find(`${currency}:${id}`)?.suspicion ?? null,
    hold(currency, id, suspicion, shown) {
      const key = `${currency}:${id}`;
      const before = open.get(key);
      if (before === undefined) log?.info({ coin: id, currency }, 'price held back until confirmed');
      if (shown !== null && (before?.shown ?? null) === null)
        log?.info({ coin: id, currency }, 'price shown as unconfirmed: the objection to it is old');
      open.set(key, {
        suspicion,
        shown: shown === null ? null : { entry: shown, stamp: stampOf(shown.quote.at, clocks) },
      });
    },
    settle(currency, id, overdue) {
      const found = open.get(`${currency}:${id}`);
      if (found === undefined) return;
      open.delete(`${currency}:${id}`);
      const lastedMs = Math.round(clocks.monotonic() - found.suspicion.firstSeenAt);
      if (overdue) log?.warn({ coin: id, currency, lastedMs }, 'price accepted though never confirmed: it has lasted');
      else log?.info({ coin: id, currency, lastedMs }, 'price no longer in doubt');
    },
    unconfirmed(currency, id) {
      const shown = find(`${currency}:${id}`)?.shown ?? null;
      return shown === null ? null : dated(shown.entry, shown.stamp, clocks);
    },
    followUpAt(currency) {
      const looks = [...open.keys()]
        .filter((key) => key.startsWith(`${currency}:`))
        .flatMap((key) => find(key)?.suspicion ?? [])
        .filter(({ polls }) => polls < POLLS_NEEDED);
      return looks.length === 0 ? null : Math.max(...looks.map(({ lastPollAt }) => lastPollAt));
    },
    begun: () => all().map(({ suspicion }) => suspicion.firstSeenAt),
  };
}

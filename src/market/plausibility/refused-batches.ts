// Batches that the sentinels refuse, by currency: how long it has lasted, and when it has lasted too long to be a glitch.
import { HOUR } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { LONGEST_DOUBT_MS } from './price-check.ts';

export type RefusedBatches = {
  /** Sentinels are out of range. True: refuse the batch; false: they have been for so long that each coin is judged by itself. */
  refuse(currency: string, failing: readonly string[]): boolean;
  /** The sentinels hold (again). */
  hold(currency: string): void;
  /** Beginning of each refusal under way (monotonic ms). */
  begun(): readonly number[];
};

/** A refusal that no batch has renewed for so long is over. */
const OVER_MS = 2 * HOUR;

export function createRefusedBatches(options: { monotonic: () => number; log?: Log }): RefusedBatches {
  const { monotonic, log } = options;
  const open = new Map<string, { since: number; lastAt: number; given: boolean }>();

  return {
    refuse(currency, failing) {
      const at = monotonic();
      const known = open.get(currency);
      const current =
        known !== undefined && at - known.lastAt < OVER_MS ? known : { since: at, lastAt: at, given: false };
      const given = at - current.since >= LONGEST_DOUBT_MS;
      if (current !== known)
        log?.warn({ currency, detail: failing.join(' ') }, 'batch of prices refused: sentinels out of range');
      if (given && !current.given)
        log?.warn(
          { currency, detail: failing.join(' ') },
          'sentinels out of range for hours: each coin is judged by itself',
        );
      open.set(currency, { ...current, lastAt: at, given });
      return !given;
    },
    hold(currency) {
      const known = open.get(currency);
      if (known === undefined) return;
      open.delete(currency);
      const lastedMs = Math.round(monotonic() - known.since);
      log?.info({ currency, lastedMs }, 'batches of prices are believed again');
    },
    begun() {
      const at = monotonic();
      return [...open.values()].filter(({ lastAt }) => at - lastAt < OVER_MS).map(({ since }) => since);
    },
  };
}

// Times of the source in terms of our clock: compared with the source's own `Date`, so that a wrong clock of ours neither refuses nor flatters a price.
import { MINUTE } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { FUTURE_MS } from './price-check.ts';

export type SourceClock = {
  /** The moment by our clock (epoch ms) of a source's time, our clock being `aheadMs` ahead; null for a time from the future. */
  read(at: number, aheadMs: number): number | null;
  /** Tells the log what a batch has shown, at the beginning and at the end of each trouble. */
  note(batch: { aheadMs: number; future: number }): void;
};

/** From here on a wrong clock is worth a line in the log. */
const NOTICED_MS = MINUTE / 2;

export function createSourceClock(options: { source: string; now: () => number; log?: Log }): SourceClock {
  const { source, now, log } = options;
  let differs = false;
  let future = false;

  return {
    read(at, aheadMs) {
      const ours = now();
      if (at <= ours - aheadMs + FUTURE_MS) return Math.min(at + aheadMs, ours);
      // The source's own `Date` may be what is wrong.
      return at <= ours + FUTURE_MS ? Math.min(at, ours) : null;
    },
    note(batch) {
      const differing = Math.abs(batch.aheadMs) >= NOTICED_MS;
      if (differing !== differs) {
        if (differing) log?.warn({ source, aheadMs: batch.aheadMs }, 'our clock and that of the source differ');
        else log?.info({ source }, 'our clock and that of the source agree again');
      }
      if (batch.future > 0 !== future) {
        if (future) log?.info({ source }, 'no more prices from the future');
        else log?.warn({ source, count: batch.future }, 'prices from the future are refused');
      }
      [differs, future] = [differing, batch.future > 0];
    },
  };
}

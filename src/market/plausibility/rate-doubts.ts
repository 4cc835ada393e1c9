// Exchange rates that jumped: each has to last for a quarter of an hour before it is believed (hours from ×4 on), and is believed after hours in any case.
import { MINUTE } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { HUGE_STEP, LONGEST_DOUBT_MS, POLLS_NEEDED } from './price-check.ts';

export type RateDoubts = {
  /** One more sight of a rate that is `step` (|ln|) from the one held; true when it is to be believed from now on. */
  look(currency: string, perDollar: number, step: number): boolean;
  /** The rate is near the one held (again). */
  settle(currency: string): void;
  /** Currencies in doubt. */
  open(): readonly string[];
  /** Beginning of each doubt (monotonic ms). */
  begun(): readonly number[];
};

/** Believable drift of a currency against the dollar between two readings, and of bitcoin between the table and its own price. */
export const BELIEVED_STEP = Math.log(1.2);
/** A rate that stays so near itself in further sights is the same one. */
const SAME_STEP = Math.log(1.05);
const LASTED_MS = 15 * MINUTE;

/** `begunAt`: since when the currency is in doubt; `since`: since when this value has been seen (monotonic ms). */
type Doubt = { perDollar: number; begunAt: number; since: number; lastAt: number; looks: number };

export function createRateDoubts(options: { monotonic: () => number; log?: Log }): RateDoubts {
  const { monotonic, log } = options;
  const doubts = new Map<string, Doubt>();

  function next(currency: string, perDollar: number): Doubt {
    const [at, known] = [monotonic(), doubts.get(currency)];
    if (known === undefined) log?.warn({ currency }, 'exchange rate held back: it jumped');
    if (known === undefined || Math.abs(Math.log(perDollar / known.perDollar)) > SAME_STEP)
      return { perDollar, begunAt: known?.begunAt ?? at, since: at, lastAt: at, looks: 1 };
    return at - known.lastAt < MINUTE ? known : { ...known, lastAt: at, looks: known.looks + 1 };
  }

  return {
    look(currency, perDollar, step) {
      const at = monotonic();
      const doubt = next(currency, perDollar);
      doubts.set(currency, doubt);
      const lasted = step <= HUGE_STEP && doubt.looks >= POLLS_NEEDED && at - doubt.since >= LASTED_MS;
      if (!lasted && at - doubt.begunAt < LONGEST_DOUBT_MS) return false;
      doubts.delete(currency);
      const lastedMs = Math.round(at - doubt.begunAt);
      log?.warn({ currency, lastedMs }, 'exchange rate believed after a jump: it has lasted');
      return true;
    },
    settle(currency) {
      if (doubts.delete(currency)) log?.info({ currency }, 'exchange rate is back where it was');
    },
    open: () => [...doubts.keys()],
    begun: () => [...doubts.values()].map(({ begunAt }) => begunAt),
  };
}

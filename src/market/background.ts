// Background refresh when nobody asks: warm-up, a slow round, follow-ups for doubted prices, the daily coin list.
import type { Log } from '../base/log.ts';
import type { Directory } from './directory/coin-directory.ts';
import type { Intake } from './plausibility/batch-check.ts';
import type { CurrencyRefresher } from './quotes/refresher.ts';
import type { Watch } from './quotes/demand.ts';
import { MINUTE, type Sleep } from '../base/clock.ts';

export type BackgroundRefresh = { start: () => void; stop: () => Promise<void> };

const ROUND_MS = 15_000;
/** Distance of the follow-up polls that a doubted price needs. */
const FOLLOW_UP_MS = MINUTE;
/** Doubts are followed up for people who wait: only while the currency is in demand, and for a while. */
const DEMAND_MS = 10 * MINUTE;

export function createBackgroundRefresh(options: {
  sleep: Sleep;
  loaded: () => Promise<void>;
  refresher: (currency: string) => CurrencyRefresher;
  refreshers: ReadonlyMap<string, CurrencyRefresher>;
  intake: Intake;
  watch: Watch;
  directory: Directory;
  idleRefreshMs: number;
  monotonic: () => number;
  log?: Log;
}): BackgroundRefresh {
  const { sleep, intake, watch, directory, monotonic } = options;
  const stopped = new AbortController();
  const stopping = new Promise<void>((resolve) => {
    stopped.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let running: Promise<void> | null = null;

  async function refreshOnce(): Promise<void> {
    await options.refresher('usd').poll(options.idleRefreshMs);
    for (const [currency, refresher] of options.refreshers) {
      const lookedAt = intake.followUpAt(currency);
      const waitedFor = monotonic() - watch.lastAskedAt(currency) < DEMAND_MS;
      if (lookedAt !== null && waitedFor && monotonic() - lookedAt >= FOLLOW_UP_MS)
        await refresher.lookAgain(FOLLOW_UP_MS);
    }
    await directory.refresh();
  }

  async function run(): Promise<void> {
    await options.loaded();
    while (!stopped.signal.aborted) {
      await refreshOnce().catch((error: unknown) => {
        options.log?.warn({ err: error }, 'background refresh failed');
      });
      await Promise.race([sleep(ROUND_MS, stopped.signal), stopping]); // also ends with a sleep that knows no signal
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopped.abort();
      await running;
    },
  };
}

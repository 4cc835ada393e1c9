// The processes of the simulation: each has its own engine, alerts and bots over the one database, and is restarted when it dies.
import { createAlerts } from '../../src/alerts/engine.ts';
import { crossedCard, endingCard } from '../../src/app/alerts/card.ts';
import type { Card } from '../../src/app/card.ts';
import type { Database } from '../../src/store/database.ts';
import { createTestEngine } from '../fakes/digest-engine.ts';
import type { Sleep } from '../../src/base/clock.ts';
import { quoteResults } from '../../src/market/quote-results.ts';
import { knowing } from '../alerts/room.ts';
import { createLife } from './life.ts';
import type { FarEnd } from './far-end.ts';
import { postThenMark } from './naive.ts';
import type { Prices } from './prices.ts';

/** A known mistake that is put back, to show that the invariants notice it. */
export type Planted = 'post-then-mark' | 'random-key' | 'believing';

export type Surroundings = {
  database: Database;
  platforms: readonly FarEnd[];
  prices: Prices;
  now: () => number;
  sleep: Sleep;
  /** Whether the next statement fails. */
  faulty: () => boolean;
  planted: Planted | null;
};

export type Process = ReturnType<typeof startProcess>;

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export function startProcess({ database, platforms, prices, now, sleep, faulty, planted }: Surroundings) {
  const life = createLife(database, faulty);
  const flaw = planted === 'random-key' ? planted : null;
  const bots = new Map(platforms.map((platform) => [platform.name, platform.bot(life, flaw)] as const));
  const alerts = createAlerts({
    database: life.database,
    sources: {
      market: knowing((ids) => {
        const said = prices.said();
        return quoteResults(said === null ? [] : ids.map((id) => [id, said] as const));
      }),
      subnets: { snapshot: () => Promise.resolve({ snapshot: null, reason: 'none' }) },
      chain: { state: () => Promise.resolve({ state: null, reason: 'none' }) },
      halvingPart: () => 0,
    },
    pastPrices: () => Promise.resolve([]),
    now,
    log: quiet,
  });
  const engine = createTestEngine({
    database: life.database,
    bots,
    render: () => Promise.resolve(digestCard(prices)),
    kinds: [
      alerts.kind({
        crossed: (order) => Promise.resolve(crossedCard(order, now())),
        ending: (alert, mention) => Promise.resolve(endingCard(alert, mention)),
      }),
    ],
    now,
    sleep: async (ms, signal) => {
      await sleep(ms, signal);
      await life.gate();
    },
    log: quiet,
    zoneData: () => 'test',
  });
  let looking = false;
  let naive = false;
  return {
    life,
    alerts: alerts.alerts,
    totals: engine.totals,
    /** Begins what the clock asks for; nothing is waited for. */
    beat(): void {
      if (!life.alive() || life.standing()) return;
      if (!looking) {
        looking = true;
        void alerts
          .look()
          .catch(() => undefined)
          .finally(() => void (looking = false));
      }
      if (planted !== 'post-then-mark') void engine.tick();
      else if (!naive) {
        naive = true;
        void postThenMark(life, bots, now)
          .catch(() => undefined)
          .finally(() => void (naive = false));
      }
    },
    stop: () => engine.stop(),
  };
}

/** Says what the market said, and of when: the oracle reads it again. */
function digestCard(prices: Prices): Card {
  const quote = prices.said()?.quote ?? null;
  const title = quote === null ? 'digest without a price' : `digest ${quote.price} at ${quote.at}`;
  return { kind: 'digest', outcome: 'ok', tone: 'info', title, blocks: [] };
}

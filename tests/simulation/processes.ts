// The processes of the simulation: each has its own engine, alerts and bots over the one database, and is restarted when it dies.
import { createAlerts } from '../../src/alerts/engine.ts';
import { crossedCard, endingCard } from '../../src/app/alerts/card.ts';
import type { Card } from '../../src/app/card.ts';
import { fnv1a, mulberry32 } from '../../src/base/hash.ts';
import { quoteResults } from '../../src/market/quote-results.ts';
import type { Database } from '../../src/store/database.ts';
import { knowing, onlyPrices } from '../alerts/room.ts';
import { createTestEngine } from '../fakes/digest-engine.ts';
import { createBots } from './bots.ts';
import type { SimulatedClock } from './host/clock.ts';
import { createLife } from './host/life.ts';
import { lifeDatabase } from './host/life-database.ts';
import { type Machine, runOn } from './host/machine.ts';
import { postThenMark } from './mistakes/post-then-mark.ts';
import { type Planted, withMistake, withMistakenRequests } from './mistakes/planted.ts';
import type { Prices } from './wire/prices.ts';
import type { Trace } from './trace.ts';
import { type FarEnd, layWires } from './wire/wire.ts';

export type Surroundings = {
  seed: number;
  clock: SimulatedClock;
  database: Database;
  farEnds: ReadonlyMap<string, FarEnd>;
  prices: Prices;
  /** Whether the next statement fails. */
  faulty: (point: 'before' | 'after') => boolean;
  planted: Planted | null;
  trace: Trace;
};

export type Process = ReturnType<typeof startProcess>;

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** `number`: which process of the simulation it is, from 1. */
export function startProcess(surroundings: Surroundings, number: number) {
  const { seed, clock, farEnds, faulty, planted, trace } = surroundings;
  const life = createLife((what, where) => trace.note(clock.now(), number, what, where));
  const random = mulberry32(fnv1a(`${seed} process ${number}`));
  const host: Machine = { clock, random, resume: () => life.pass('wait') };
  layWires(host, {
    pass: (point) => life.pass(point),
    farEnd(origin) {
      const farEnd = farEnds.get(origin);
      return farEnd && withMistakenRequests(farEnd, planted, random);
    },
  });
  const database = lifeDatabase(surroundings.database, life, {
    faulty,
    ran: ({ sql, parameters }) => trace.note(clock.now(), number, sql.length, JSON.stringify(parameters)),
  });
  const parts = runOn(host, () => createParts(surroundings, database, random, (point) => life.pass(point)));
  return {
    life,
    /** Begins what the clock asks for; nothing is waited for. */
    beat: () => void (life.alive() && !life.standing() && runOn(host, parts.beat)),
    create: (...wish: Parameters<typeof parts.alerts.create>) => runOn(host, () => parts.alerts.create(...wish)),
    totals: () => runOn(host, parts.totals),
    stop: () => runOn(host, parts.stop),
  };
}

function createParts(
  { clock, prices, planted }: Surroundings,
  database: Database,
  random: () => number,
  pass: (point: 'wait') => Promise<void>,
) {
  const { now } = clock;
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    await clock.sleep(ms, signal);
    await pass('wait');
  };
  const tools = { database, log: quiet, now, sleep, random };
  const bots = new Map([...createBots(tools)].map(([name, bot]) => [name, withMistake(bot, planted, random)]));
  for (const bot of bots.values()) void bot.start();
  const alerts = createAlerts({
    ...tools,
    sources: onlyPrices(
      knowing((ids) => {
        const said = prices.said();
        return quoteResults(said === null ? [] : ids.map((id) => [id, said] as const));
      }),
    ),
    pastPrices: () => Promise.resolve([]),
  });
  const engine = createTestEngine({
    ...tools,
    bots,
    render: () => Promise.resolve(digestCard(prices)),
    kinds: [
      alerts.kind({
        crossed: (order) => Promise.resolve(crossedCard(order, now())),
        ending: (alert, mention) => Promise.resolve(endingCard(alert, mention)),
      }),
    ],
    zoneData: () => 'test',
  });
  /** One round at a time, of which nothing is heard. */
  const alone = (round: () => Promise<unknown>) => {
    let running = false;
    return () => {
      if (running) return;
      running = true;
      void round()
        .catch(() => undefined)
        .finally(() => void (running = false));
    };
  };
  const look = alone(() => alerts.look());
  const naive = alone(() => postThenMark(database, bots, now));
  return {
    alerts: alerts.alerts,
    totals: engine.totals,
    beat(): void {
      look();
      if (planted === 'post-then-mark') naive();
      else void engine.tick();
    },
    async stop(): Promise<void> {
      await engine.stop();
      for (const bot of bots.values()) await bot.stop();
    },
  };
}

/** Says what the market said, and of when: the oracle reads it again. */
function digestCard(prices: Prices): Card {
  const quote = prices.said()?.quote ?? null;
  const title = quote === null ? 'digest without a price' : `digest ${quote.price} at ${quote.at}`;
  return { kind: 'digest', outcome: 'ok', tone: 'info', title, blocks: [] };
}

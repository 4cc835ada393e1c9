// One life of a process with alerts from its first statement to the last message, and the next one after its death, in virtual time.
import { isDeepStrictEqual } from 'node:util';
import { crossedCard, endingCard } from '../../../src/app/alerts/card.ts';
import { createAlerts } from '../../../src/alerts/engine.ts';
import { type Bot, NOT_LEFT, type RefusalReason } from '../../../src/bots/bot.ts';
import { createDeliveryEngine } from '../../../src/delivery/engine.ts';
import type { Database } from '../../../src/store/database.ts';
import type { AlertRow } from '../../../src/store/alerts/alerts.ts';
import { openRows } from '../../delivery/stage.ts';
import { createSimulatedClock } from '../../simulation/host/clock.ts';
import { saying } from '../room.ts';
import { START } from '../stage.ts';
import { createFarEnd, type FarEnd } from './far-end.ts';
import { createMortal, type Mortal } from './mortal.ts';

/** What is played: alerts as they stand in the database, the price of TAO, and what must hold in the end. */
export type Play = {
  platform: FarEnd['name'];
  rows: readonly AlertRow[];
  price: number;
  /** What the platform says to posts in a channel; null: it takes them. */
  refuses?: (channel: string) => RefusalReason | null;
  end: Ending;
};

/** The state of all alerts, how many events of each kind there are, how many posts each channel holds, and messages that are not settled. */
export type Ending = {
  status: string;
  events: Readonly<Record<string, number>>;
  posts: Readonly<Record<string, number>>;
  left: number;
};

const BEAT_MS = 1_000;
/** The next process finds leases of the dead one, and looks at what is unclear again and again. */
const LATE_BEAT_MS = 10_000;
const FIRST_LIFE_MS = 60_000;
const NEXT_LIFE_MS = 12 * 60_000;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Plays it to its end, and says how that was.
 * @param endAt the moment at which the first process dies; null: it lives
 */
export async function play(
  shared: Database,
  one: Play,
  endAt: number | null,
): Promise<{ end: Ending; moments: number; died: boolean }> {
  await empty(shared);
  await shared.sql.insertInto('alert').values(one.rows).execute();
  const clock = createSimulatedClock(START);
  const far = createFarEnd(one.platform, clock);

  function start(mortal: Mortal) {
    const { gate, database } = mortal;
    const passing = async <T>(answer: () => T): Promise<T> => {
      await gate();
      const value = answer();
      await gate();
      return value;
    };
    const market = saying(() => ({ price: one.price }), clock.now);
    const alerts = createAlerts({
      database,
      sources: {
        market: { known: market.known, quotes: (...asked) => passing(() => market.known(...asked)) },
        subnets: { snapshot: () => passing(() => ({ snapshot: null, reason: 'none' })) },
        chain: { state: () => passing(() => ({ state: null, reason: 'none' })) },
        halvingPart: () => 0,
      },
      pastPrices: () => passing(() => []),
      now: clock.now,
      log: quiet,
    });
    return createDeliveryEngine({
      database,
      bots: new Map([[one.platform, botOf(far, mortal, one)]]),
      kinds: [
        alerts.kind({
          crossed: (order) => passing(() => crossedCard(order, clock.now())),
          ending: (alert, mention) => passing(() => endingCard(alert, mention)),
        }),
      ],
      now: clock.now,
      monotonic: clock.now,
      sleep: async (ms, signal) => {
        await clock.sleep(ms, signal);
        await gate();
      },
      log: quiet,
      highWaterFile: null,
    });
  }

  const endNow = () => endingOf(shared, far);
  async function live(mortal: Mortal, longestMs: number, beatMs: number): Promise<void> {
    const engine = start(mortal);
    for (
      let passed = 0;
      passed < longestMs && mortal.alive() && !isDeepStrictEqual(await endNow(), one.end);
      passed += beatMs
    ) {
      void engine.tick();
      await clock.advance(beatMs);
    }
    if (!mortal.alive()) return;
    const stopping = engine.stop();
    await clock.advance(BEAT_MS);
    await stopping;
  }

  const first = createMortal(shared, endAt);
  await live(first, FIRST_LIFE_MS, BEAT_MS);
  if (!first.alive()) await live(createMortal(shared, null), NEXT_LIFE_MS, LATE_BEAT_MS);
  return { end: await endNow(), moments: first.moments(), died: !first.alive() };
}

async function endingOf(database: Database, { posts }: FarEnd): Promise<Ending> {
  const rows = await database.sql.selectFrom('alert').select('status').distinct().execute();
  const events = await database.sql.selectFrom('alert_event').select('kind').execute();
  return {
    status: rows.map(({ status }) => status).join(),
    events: counts(events.map(({ kind }) => kind)),
    posts: counts(posts.map(({ channel }) => channel)),
    left: await openRows(database),
  };
}

function counts(names: readonly string[]): Record<string, number> {
  const groups = Map.groupBy(names.toSorted(), (name) => name);
  return Object.fromEntries([...groups].map(([name, all]) => [name, all.length]));
}

function botOf(far: FarEnd, mortal: Mortal, { refuses = () => null }: Play): Bot {
  const bot = far.bot(mortal);
  return {
    ...bot,
    async post(target, ...rest) {
      const reason = refuses(target.channel);
      if (reason === null) return await bot.post(target, ...rest);
      await mortal.gate();
      const [, , mayLeave] = rest;
      if (mayLeave?.() === false) return NOT_LEFT;
      await mortal.gate();
      return { kind: 'bad-target', code: 'refused', reason };
    },
  };
}

async function empty({ sql }: Database): Promise<void> {
  for (const table of ['delivery', 'body', 'alert_event', 'alert_mark', 'alert', 'lease', 'meta'] as const)
    await sql.deleteFrom(table).execute();
}

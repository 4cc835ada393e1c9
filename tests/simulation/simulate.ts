// One seed: a morning of digests and alerts in two processes, with faults at every wire, wait and statement; then a calm, and the oracle.
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { openRows } from '../delivery/stage.ts';
import { createSimulatedClock, type SimulatedClock } from './host/clock.ts';
import { calm, harm } from './harm.ts';
import { type Machine, runOn } from './host/machine.ts';
import { type Promised, problemsOf } from './oracle.ts';
import type { Planted } from './mistakes/planted.ts';
import { FIRST_PRICE, openPrices } from './wire/prices.ts';
import { type Process, startProcess, type Surroundings } from './processes.ts';
import { createRandom } from './random.ts';
import { createTrace } from './trace.ts';
import { createDiscordEnd, createSlackEnd } from './wire/platforms.ts';
import { addDigests, ask, missedAlerts } from './wishes.ts';
import type { WireRequest } from './wire/wire.ts';

export type Outcome = {
  problems: string[];
  /** All that happened, in one number: two runs of a seed agree in it. */
  trace: string;
  /** Processes that were killed, and stopped for a while. */
  kills: number;
  stands: number;
  posts: number;
  alerts: number;
  /** Requests that went wrong, by the way in which they did. */
  faults: Record<string, number>;
};

export type SimulateOptions = {
  planted?: Planted | null;
  /** Hears of everything that happens, to understand a seed. */
  listen?: (line: string) => void;
};

const START = Date.parse('2026-11-22T08:00:00Z');
const PROCESSES = 2;
/** Between two beats of a process: in trouble, while something is late, and while nothing is to be done. */
const BEAT_MS = 20_000;
const LATE_BEAT_MS = 1.5 * MINUTE;
const CALM_BEAT_MS = 4 * MINUTE;
/** Between two looks at the prices, in trouble and in the calm. */
const POLL_MS = 1.5 * MINUTE;
const CALM_POLL_MS = 4 * MINUTE;
/** The first minutes; afterwards nothing goes wrong any more. */
const TROUBLED_MS = 8 * MINUTE;
/** In every tenth seed trouble is longer than the quarter of an hour after which a crossing is given up, and one platform is away until it ends. */
const LONG_TROUBLED_MS = 26 * MINUTE;
const CALM_MS = 44 * MINUTE;
/** In the calm the price climbs for so long, then it holds. */
const CLIMB_MS = 24 * MINUTE;
/** In trouble: the part of requests to the platforms, of polls of the prices, and of statements that go wrong. */
const TROUBLE = { requests: 0.4, polls: 0.15, statements: 0.004 };
const DAYS = 1;

export async function simulate(seed: number, options: SimulateOptions = {}): Promise<Outcome> {
  const database = await openDatabase('sqlite::memory:');
  const clock = createSimulatedClock(START);
  const random = createRandom(seed + 3_000_000);
  const world: Machine = { clock, random: () => random.between(0, 1e9) / 1e9, resume: () => Promise.resolve() };
  try {
    return await runOn(world, () => play(seed, clock, database, options));
  } finally {
    await database.close();
  }
}

async function play(
  seed: number,
  clock: SimulatedClock,
  database: Database,
  { planted = null, listen }: SimulateOptions,
): Promise<Outcome> {
  const random = createRandom(seed);
  const trace = createTrace(listen);
  const faults: Outcome['faults'] = {};
  const told = ({ origin, method, path, body }: WireRequest, way: string): void => {
    if (way !== 'well') faults[way] = (faults[way] ?? 0) + 1;
    trace.note(clock.now(), way, method, origin + path, body);
  };
  const platforms = [createDiscordEnd(seed, clock, told), createSlackEnd(seed, clock, told)];
  const prices = openPrices({
    clock,
    seed,
    random: createRandom(seed + 1_000_000),
    told,
    believing: planted === 'believing',
  });
  const farEnds = new Map(platforms.map(({ origin, farEnd }) => [origin, farEnd] as const));
  const statements = createRandom(seed + 2_000_000);
  let failing = 0;
  const surroundings: Surroundings = {
    seed,
    clock,
    database,
    farEnds,
    prices,
    faulty: (point) => failing > 0 && statements.chance(point === 'before' ? failing : failing / 4),
    planted,
    trace,
  };
  const promised: Promised = { digests: await addDigests(database, START, random), alerts: new Map(), asked: 0 };
  let started = 0;
  const start = (): Process => startProcess(surroundings, ++started);
  const processes = Array.from({ length: PROCESSES }, start);
  const counts = { kills: 0, stands: 0 };
  const isLong = seed % 10 === 0;

  async function minutes(lengthMs: number, troubled: boolean): Promise<void> {
    failing = troubled ? TROUBLE.statements : 0;
    for (const [index, platform] of platforms.entries()) {
      platform.trouble = troubled ? TROUBLE.requests : 0;
      platform.away = troubled && isLong && (seed / 10) % platforms.length === index;
    }
    const begin = clock.now();
    let nextPoll = begin;
    while (clock.now() < begin + lengthMs) {
      if (clock.now() >= nextPoll) {
        nextPoll = clock.now() + (troubled ? POLL_MS : CALM_POLL_MS);
        prices.poll(
          troubled ? 0.97 + random.between(0, 61) / 1000 : rise(clock.now() - begin),
          troubled && clock.now() > begin ? TROUBLE.polls : 0,
        );
      }
      if (troubled) harm(processes, start, random, counts);
      else calm(processes, start);
      if (troubled && random.chance(0.15)) ask(processes, promised, prices.said()?.quote.price ?? FIRST_PRICE);
      for (const one of processes) one.beat();
      const late = troubled || (await openRows(database)) > 0;
      await clock.advance(troubled ? BEAT_MS : late ? LATE_BEAT_MS : CALM_BEAT_MS);
    }
  }

  for (let day = 0; day < DAYS; day++) {
    await clock.advance(START + day * 24 * HOUR - clock.now());
    await minutes(isLong ? LONG_TROUBLED_MS : TROUBLED_MS, true);
    await minutes(CALM_MS, false);
  }
  const books = await processes[0]?.totals();
  const problems = problemsOf({
    platforms,
    prices,
    promised,
    days: DAYS,
    start: START,
    missed: await missedAlerts(database),
    open: await openRows(database),
  });
  if (planted === null && books?.gap !== 0) problems.push(`the books have a gap of ${books?.gap}`);
  const leaving = processes.map((process) => process.stop());
  await clock.advance(MINUTE);
  await Promise.all(leaving);
  await prices.close();
  const posts = platforms.flatMap((platform) => platform.posts());
  for (const { id, channel, at, text } of posts) trace.note(id, channel, at, text);
  return { problems, trace: trace.digest(), ...counts, posts: posts.length, alerts: promised.alerts.size, faults };
}

/** In the calm the price climbs past every target, then it holds: a drift after a gap is believed once two readings agree. */
function rise(passedMs: number): number {
  return passedMs < CLIMB_MS ? 1.09 : 1;
}

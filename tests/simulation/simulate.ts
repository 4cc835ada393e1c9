// One seed: a morning of digests and alerts in two processes, with faults at every wire, wait and statement; then a calm, and the oracle.
import { createHash } from 'node:crypto';
import { UserError } from '../../src/base/errors.ts';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createSimulatedClock } from './clock.ts';
import { openRows, subscription } from '../delivery/stage.ts';
import { createFarEnd } from './far-end.ts';
import { problemsOf, type Promised } from './oracle.ts';
import { openPrices, FIRST_PRICE } from './prices.ts';
import { type Planted, type Process, startProcess, type Surroundings } from './processes.ts';
import { createRandom, type Random } from './random.ts';

export type Outcome = {
  problems: string[];
  /** What happened, in one number. Two runs of a seed need not agree: ids are drawn anew, and calls on loopback take their own time. */
  trace: string;
  kills: number;
  stands: number;
  posts: number;
  alerts: number;
};

const START = Date.parse('2026-11-22T08:00:00Z');
const DIGESTS = 6;
const ALERTS = 3;
const PROCESSES = 2;
/** Between two beats of a process: in trouble, while something is late, and while nothing is to be done. */
const BEAT_MS = 20_000;
const LATE_BEAT_MS = 1.5 * MINUTE;
const CALM_BEAT_MS = 5 * MINUTE;
/** Between two looks at the prices, in trouble and in the calm. */
const POLL_MS = 3 * MINUTE;
const CALM_POLL_MS = 10 * MINUTE;
/** The first minutes; afterwards nothing goes wrong any more. */
const TROUBLED_MS = 10 * MINUTE;
const CALM_MS = 1.7 * HOUR;
const DAYS = 1;

export async function simulate(seed: number, planted: Planted | null = null): Promise<Outcome> {
  const random = createRandom(seed);
  const clock = createSimulatedClock(START);
  const database = await openDatabase('sqlite::memory:');
  const platforms = (['discord', 'slack'] as const).map((name) => createFarEnd(name, seed, clock));
  const prices = await openPrices(clock.now, createRandom(seed + 1_000_000), planted === 'believing');
  const statements = createRandom(seed + 2_000_000);
  let faults = 0;
  const surroundings: Surroundings = {
    database,
    platforms,
    prices,
    now: clock.now,
    sleep: clock.sleep,
    faulty: () => faults > 0 && statements.chance(faults),
    planted,
  };
  const promised: Promised = { digests: await addDigests(database, random), alerts: new Set() };
  const processes = Array.from({ length: PROCESSES }, () => startProcess(surroundings));
  const counts = { kills: 0, stands: 0 };

  async function minutes(lengthMs: number, troubled: boolean): Promise<void> {
    faults = troubled ? 0.004 : 0;
    for (const platform of platforms) platform.trouble = troubled ? 0.4 : 0;
    const begin = clock.now();
    let nextPoll = begin;
    while (clock.now() < begin + lengthMs) {
      if (clock.now() >= nextPoll) {
        nextPoll = clock.now() + (troubled ? POLL_MS : CALM_POLL_MS);
        await prices.poll(
          troubled ? 0.97 + random.between(0, 61) / 1000 : rise(clock.now() - begin),
          troubled && clock.now() > begin ? 0.15 : 0,
        );
      }
      if (troubled) harm(processes, surroundings, random, counts);
      else calm(processes, surroundings);
      if (troubled && promised.alerts.size < ALERTS && random.chance(0.15)) ask(processes, promised);
      for (const one of processes) one.beat();
      const late = troubled || (await openRows(database)) > 0;
      await clock.advance(troubled ? BEAT_MS : late ? LATE_BEAT_MS : CALM_BEAT_MS);
    }
  }

  for (let day = 0; day < DAYS; day++) {
    await clock.advance(START + day * 24 * HOUR - clock.now());
    await minutes(TROUBLED_MS, true);
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
  const told = platforms.flatMap(({ name, posts }) =>
    posts.map(({ channel, at, text }) => `${name} ${channel} ${at} ${text}`),
  );
  const leaving = processes.map((process) => process.stop());
  await clock.advance(MINUTE);
  await Promise.all(leaving);
  await prices.close();
  await database.close();
  return {
    problems,
    trace: createHash('sha256').update(told.join('\n')).digest('hex').slice(0, 16),
    ...counts,
    posts: told.length,
    alerts: promised.alerts.size,
  };
}

/** Channels of the alerts of which a crossing was given up. */
async function missedAlerts({ sql }: Surroundings['database']): Promise<ReadonlySet<string>> {
  const rows = await sql
    .selectFrom('alert_event')
    .innerJoin('alert', 'alert.id', 'alert_event.alert_id')
    .select('alert.channel')
    .where('alert_event.kind', '=', 'missed')
    .execute();
  return new Set(rows.map(({ channel }) => channel));
}

/** In the calm the price climbs past every target, then it holds: a drift after a gap is believed once two readings agree. */
function rise(passedMs: number): number {
  return passedMs < HOUR ? 1.08 : 1;
}

async function addDigests(database: Surroundings['database'], random: Random): Promise<Promised['digests']> {
  const rows = Array.from({ length: DIGESTS }, (_, index) => {
    const due = START + random.between(1, 8) * MINUTE;
    return subscription(index, START, {
      platform: index % 2 === 0 ? 'discord' : 'slack',
      local_time: new Date(due).toISOString().slice(11, 16),
      next_at: due,
      after_at: due - 1,
    });
  });
  await database.sql.insertInto('subscription').values(rows).execute();
  return rows.map(({ platform, channel }) => ({ platform, channel }));
}

/** Kills, stops and restarts: at a statement, or just like that. */
function harm(
  processes: Process[],
  surroundings: Surroundings,
  random: Random,
  counts: { kills: number; stands: number },
): void {
  for (const [index, { life }] of processes.entries()) {
    if (!life.alive() && random.chance(0.5)) processes[index] = startProcess(surroundings);
    else if (life.standing() && random.chance(0.1)) life.goOn();
    else if (!life.standing() && random.chance(0.06)) {
      counts.stands++;
      life.standAfter(random.between(0, 6));
    } else if (random.chance(0.03)) {
      counts.kills++;
      if (random.chance(0.3)) life.kill();
      else life.killAfter(random.between(1, 30), random.pick(['before', 'after'] as const));
    }
  }
}

function calm(processes: Process[], surroundings: Surroundings): void {
  for (const [index, { life }] of processes.entries()) {
    life.goOn();
    if (!life.alive()) processes[index] = startProcess(surroundings);
  }
}

/** Somebody makes an alert; it counts from the moment at which the bot said yes. */
function ask(processes: readonly Process[], promised: Promised): void {
  const process = processes.find(({ life }) => life.alive() && !life.standing());
  if (process === undefined) return;
  const index = promised.alerts.size;
  const channel = `a${index}`;
  const price = Math.round(FIRST_PRICE * (1.25 + index / 20) * 100) / 100;
  const made = process.alerts.create(
    {
      target: { kind: 'coin', id: 'bittensor' },
      label: 'TAO',
      currency: 'usd',
      condition: { kind: 'above', price },
      repeat: 'once',
      channel,
      days: 30,
      locale: 'en',
    },
    { platform: index % 2 === 0 ? 'discord' : 'slack', tenant: 't1', channel, userId: 'u1' },
  );
  made.then(
    () => void (process.life.alive() && promised.alerts.add(channel)),
    (error: unknown) => {
      // Made before, by a process that died before it could say so.
      if (error instanceof UserError && error.code === 'same-alert') promised.alerts.add(channel);
    },
  );
}

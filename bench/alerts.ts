// Alerts at size: 50,000 on 500 coins, looked at with every new price; 1,000 that come true at once; and the way of a quote to its message.
import { setImmediate as turn } from 'node:timers/promises';
import { createAlerts } from '../src/alerts/engine.ts';
import type { AlertRow } from '../src/store/alerts/alerts.ts';
import { openDatabase } from '../src/store/database.ts';
import { saying, onlyPrices } from '../tests/alerts/room.ts';
import { alertRow } from './parts/alerts/row.ts';
import { messages } from './parts/alerts/messages.ts';
import { isQuick } from './parts/quick.ts';

const ALERTS = isQuick() ? 3000 : 50_000;
const COINS = 500;
const FIRING = 1_000;
const LOOKS = 20;
const ROWS_PER_INSERT = 500;
const START = Date.parse('2026-11-28T08:00:00Z');

/** Times in ms unless the name says otherwise. */
export async function run(): Promise<Record<string, number>> {
  return { ...(await looks()), ...(isQuick() ? {} : await messages()) };
}

async function looks(): Promise<Record<string, number>> {
  const database = await openDatabase('sqlite::memory:');
  let now = START;
  let price = 100;
  const silent = () => undefined;
  for (let from = 0; from < ALERTS; from += ROWS_PER_INSERT)
    await database.sql
      .insertInto('alert')
      .values(Array.from({ length: ROWS_PER_INSERT }, (_, index) => rowOf(from + index)))
      .execute();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const { look } = createAlerts({
    database,
    sources: onlyPrices(
      saying(
        () => ({ price }),
        () => now,
      ),
    ),
    pastPrices: () => Promise.resolve([]),
    now: () => now,
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const loading = await watchLoop(look);
  globalThis.gc?.();
  const memory = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
  const quiet = await watchLoop(async () => {
    for (let index = 0; index < LOOKS; index++) {
      now += 1_000;
      price += index % 2 === 0 ? 0.5 : -0.5;
      await look();
    }
  });
  price = 105; // the first FIRING alerts wait for this
  now += 1_000;
  const firing = await watchLoop(look);
  const fired = await database.sql
    .selectFrom('delivery')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  await database.close();
  return {
    alerts: ALERTS,
    alertMemoryMiB: memory,
    alertsReadMs: loading.wholeMs,
    alertsReadStallMs: loading.stallMs,
    alertLookMs: quiet.wholeMs / LOOKS,
    alertLookStallMs: quiet.stallMs,
    alertLookStallCpuMs: quiet.stallCpuMs,
    alertsFired: fired.count,
    alertsFiredMs: firing.wholeMs,
    alertsFiredStallMs: firing.stallMs,
    alertsFiredStallCpuMs: firing.stallCpuMs,
  };
}

/** How long the work took, and the longest time that nobody else had a turn: by the clock, and in processor time of the process. */
async function watchLoop(work: () => Promise<void>): Promise<{ wholeMs: number; stallMs: number; stallCpuMs: number }> {
  const started = performance.now();
  const state = { ended: false };
  const done = work().finally(() => (state.ended = true));
  let [at, stallMs, cpuAt, stallCpuMs] = [started, 0, cpuMs(), 0];
  while (!state.ended) {
    await turn();
    const now = performance.now();
    const cpu = cpuMs();
    [stallMs, stallCpuMs] = [Math.max(stallMs, now - at), Math.max(stallCpuMs, cpu - cpuAt)];
    [at, cpuAt] = [now, cpu];
  }
  await done;
  return { wholeMs: performance.now() - started, stallMs, stallCpuMs };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The first ones wait for 105, the others for more. */
function rowOf(index: number): AlertRow {
  return alertRow(index, {
    coin: `coin-${index % COINS}`,
    price: index < FIRING ? 105 : 110 + (index % 50),
    channel: `user:u${index}`,
    createdAt: START,
  });
}

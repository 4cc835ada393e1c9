// The subnet market: decoding of the largest answer, what a minute asks of a node, memory with 90 days of history, `/subnet` beside `/coin`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { COMMANDS } from '../src/app/commands/index.ts';
import { decodeDetails } from '../src/chain/runtime/details.ts';
import { hexBytes } from '../src/chain/scale.ts';
import { createHistory, slotsToForget } from '../src/chain/subnets/history/history.ts';
import { openDatabase } from '../src/store/database.ts';
import { createSubnetsMemory } from '../src/store/subnets/snapshots.ts';
import { createWebContext } from '../src/web/context.ts';
import { openTestCore } from '../tests/fakes/core.ts';
import { createWorld, FIRST_AT, FIRST_BLOCK } from '../tests/fakes/subtensor/subtensor-world.ts';
import { openScene } from '../tests/chain/subnets/scene.ts';
import type { Scene } from '../tests/chain/subnets/scene.ts';
import type { SubnetSnapshot } from '../src/chain/subnets/port.ts';
import { isQuick } from './parts/quick.ts';

const SLOT_MS = 600_000;
const SLOTS = 90 * 144;
const DECODED = isQuick() ? 20 : 200;
const MINUTES = isQuick() ? 6 : 60;
const SUBNETS = 128;
/** Every subnet once, so that all is warm; then for the figures. */
const ASKED = (isQuick() ? 3 : 24) * SUBNETS;
const MIB = 2 ** 20;

export async function run(): Promise<Record<string, number>> {
  return { ...(await decoding()), ...(await minutes()), ...(isQuick() ? {} : await history()), ...(await cards()) };
}

/** All 129 rows with names, pools and identities, and how long others waited for a turn meanwhile. */
async function decoding(): Promise<Record<string, number>> {
  const world = createWorld({ now: () => FIRST_AT });
  const answer = world.call('SubnetInfoRuntimeApi_get_all_dynamic_info', '0x', FIRST_BLOCK) ?? '0x';
  const started = process.cpuUsage();
  const held: number[] = [];
  for (let index = 0; index < DECODED; index++)
    held.push(await longestHold(() => decodeDetails(hexBytes(answer), FIRST_BLOCK)));
  const processor = process.cpuUsage(started).user / 1_000 / DECODED; // of all, so that other processes do not count
  return {
    'details kB': answer.length / 2_000,
    'decoding holds the loop ms, first': held[0] ?? 0,
    'decoding holds the loop ms, median warm': percentile(held.slice(10), 0.5),
    'decoding ms of the processor': processor,
  };
}

async function minutes(): Promise<Record<string, number>> {
  const scene = await openScene();
  await scene.minutes(2);
  const [asked, bytes] = [scene.node.asked.length, scene.node.sentBytes];
  let most = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    const before = scene.node.asked.length;
    await scene.minutes(1);
    most = Math.max(most, scene.node.asked.length - before);
  }
  const figures = {
    'calls a minute': (scene.node.asked.length - asked) / MINUTES,
    'calls in the busiest minute': most,
    'kB a minute': (scene.node.sentBytes - bytes) / MINUTES / 1_000,
  };
  await scene.close();
  return figures;
}

/** What a process that opens 90 days of history needs of memory, and of time for a reading and a chart. Another process writes them first. */
async function history(): Promise<Record<string, number>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-'));
  const url = `sqlite:${path.join(folder, 'bench.db')}`;
  const code = `const { fill } = await import(${JSON.stringify(import.meta.filename)}); await fill(${JSON.stringify(url)});`;
  execFileSync(process.execPath, ['--input-type=module', '-e', code]);
  const before = settled();
  const database = await openDatabase(url);
  const memory = createSubnetsMemory(database);
  const room = createHistory({ memory });
  const past = await timedAsync(() => room.past(FIRST_AT));
  const series = await timedAsync(() => room.series(64, 1, '90d', FIRST_AT));
  const readings = (await room.readings()).length;
  const after = settled();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    'history readings': readings,
    'history MiB of memory': (after - before) / MIB,
    'changes of all from history ms': past,
    'chart of 90 days from history ms': series,
  };
}

/** Readings of 90 days as thinning leaves them. */
export async function fill(url: string): Promise<void> {
  const database = await openDatabase(url);
  const memory = createSubnetsMemory(database);
  const newest = Math.floor(FIRST_AT / SLOT_MS);
  const slots = Array.from({ length: SLOTS }, (_, back) => newest - back);
  const all = slots.map((slot) => ({ slot, at: slot * SLOT_MS, block: slot }));
  const gone = new Set(slotsToForget(all, newest));
  for (const reading of all.filter(({ slot }) => !gone.has(slot))) {
    const rows = Array.from({ length: 128 }, (_, netuid) => ({
      netuid: netuid + 1,
      registeredAt: 1,
      priceRao: 1e6 + reading.slot,
      volumeTao: 1,
    }));
    await memory.record(reading, rows);
  }
  await database.close();
}

/** Warm answers of `/subnet` and `/coin`, both with the line of a week, in turns, so that both meet the same machine. */
async function cards(): Promise<Record<string, number>> {
  const scene = await openScene();
  const core = await openTestCore({
    now: () => scene.clock.now,
    settings: { SUBTENSOR_RPC_URL: scene.node.url, LOG_LEVEL: 'silent' },
  });
  core.services.subnets = scene.subnets;
  await recordWeek(scene, await scene.minutes(6));
  const web = createWebContext({ services: core.services, commands: COMMANDS, dispatch: core.dispatch, now: core.now });
  const times = { coin: [] as number[], subnet: [] as number[] };
  for (let index = 0; index < ASKED; index++) {
    times.coin.push(await timedAsync(() => web.ask('/coin tao', 'en')));
    times.subnet.push(await timedAsync(() => web.ask(`/subnet ${1 + (index % SUBNETS)}`, 'en')));
  }
  await core.close();
  await scene.close();
  const [coin, subnet] = [percentile(times.coin.slice(SUBNETS), 0.99), percentile(times.subnet.slice(SUBNETS), 0.99)];
  return {
    '/coin p99 ms': coin,
    '/subnet p99 ms': subnet,
    '/subnet p99 over /coin': subnet / coin,
    '/subnet the first time after a reading, median ms': percentile(times.subnet.slice(SUBNETS / 2, SUBNETS), 0.5),
  };
}

/** A reading every ten minutes (in the quick form every hour), as a process that ran for a week has them. */
async function recordWeek({ memory }: Scene, { blockAt, subnets }: SubnetSnapshot): Promise<void> {
  const newest = Math.floor(blockAt / SLOT_MS);
  for (let slot = newest - 7 * 144; slot < newest; slot += isQuick() ? 6 : 1) {
    const rows = subnets.map(({ netuid, registeredAtBlock }) => ({
      netuid,
      registeredAt: registeredAtBlock ?? 0,
      priceRao: 1e6 + slot,
      volumeTao: 1,
    }));
    await memory.record({ slot, at: slot * SLOT_MS, block: slot }, rows);
  }
}

function settled(): number {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** The longest time that nobody else had a turn (ms). */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  const state = { ended: false };
  let [at, longest] = [performance.now(), 0];
  const done = work().finally(() => (state.ended = true));
  while (!state.ended) {
    await turn();
    const now = performance.now();
    [at, longest] = [now, Math.max(longest, now - at)];
  }
  await done;
  return longest;
}

async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

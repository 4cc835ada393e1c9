// Reads past prices once from an archive node, slowly and resumably, so that changes and charts exist from the first day.
import { BLOCK_MS, BLOCKS_PER_DAY } from '../../../base/tao.ts';
import { HOUR } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import { z } from 'zod';
import type { Sleep } from '../../../base/clock.ts';
import type { RpcNode, RpcOutcome } from '../../rpc/node.ts';
import { decodeTimestamp, TIMESTAMP_KEY } from '../../runtime/storage.ts';
import { SLOT_MS } from './history.ts';
import type { ArchiveState, HistoryReading, HistoryRow, SubnetsMemory } from '../port.ts';
import { decoded, readHashOf, readPricesByCall } from '../read.ts';

/** The block from which is looked back, and when each netuid was registered: older prices belong to whoever had the number before. */
export type BackfillStart = {
  hash: string;
  block: number;
  blockAt: number;
  registered: ReadonlyMap<number, number>;
};

const BLOCKS_PER_HOUR = BLOCKS_PER_DAY / 24;
/** Hourly for a day, four-hourly for a week, twice a day for 30 days: 106 points, three calls each. */
const SPANS = [
  { days: 1, everyBlocks: BLOCKS_PER_HOUR },
  { days: 7, everyBlocks: 4 * BLOCKS_PER_HOUR },
  { days: 30, everyBlocks: 12 * BLOCKS_PER_HOUR },
] as const;
/** Below three calls a second, which the public archive held for hours (its documents allow five). */
const PACE_MS = 350;
const ATTEMPTS = 3;
/** So many points in a row that cannot be had: the archive is of no use today. */
const MOST_MISSED = 5;

export type Backfill = {
  /** Begins unless it runs, is done, or rests for an hour after it could not be finished. `onEnd` is called after each run. */
  begin(start: BackfillStart, onEnd: () => Promise<void>): void;
  state(): ArchiveState;
  /** Resolves when nothing runs any more; the signal must have fired. */
  ended(): Promise<void>;
};

const AGAIN_MS = HOUR;

/** `archive` null: switched off. Everything ends when the signal fires. */
export function createBackfill(options: Omit<RunOptions, 'archive' | 'start'> & { archive: RpcNode | null }): Backfill {
  const { archive, clock, signal, log } = options;
  let state: ReturnType<Backfill['state']> = archive === null ? 'off' : 'waiting';
  let restUntil = Number.NEGATIVE_INFINITY;
  let running: Promise<void> = Promise.resolve();

  async function attempt(node: RpcNode, start: BackfillStart, onEnd: () => Promise<void>): Promise<void> {
    let done = false;
    try {
      done = await run({ ...options, archive: node, start });
      await onEnd();
    } catch (error) {
      log?.warn({ err: error }, 'past subnet prices could not be kept');
    }
    state = done ? 'done' : 'waiting';
    restUntil = clock() + AGAIN_MS;
  }

  return {
    begin(start, onEnd) {
      if (archive === null || state !== 'waiting' || clock() < restUntil || signal.aborted) return;
      state = 'running';
      running = attempt(archive, start, onEnd);
    },
    state: () => state,
    ended: () => running,
  };
}

type RunOptions = {
  archive: RpcNode;
  memory: SubnetsMemory;
  start: BackfillStart;
  clock: () => number;
  sleep: Sleep;
  signal: AbortSignal;
  log?: Log;
};

/** True when every point is there. What is there is not read again, so a run that was cut short goes on where it stopped. */
async function run({ archive, memory, start, clock, sleep, signal, log }: RunOptions): Promise<boolean> {
  /** One call at its pace; a pause of the archive is waited for. Null when it cannot be had. */
  async function patiently<T>(call: () => Promise<RpcOutcome<T>>): Promise<T | null> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      await sleep(Math.max(PACE_MS, (archive.pause()?.until ?? 0) - clock()), signal);
      if (signal.aborted) return null;
      const outcome = await call();
      if (outcome.kind === 'ok') return outcome.data;
      if (outcome.kind === 'absent') return null;
    }
    return null;
  }

  async function readPoint(block: number): Promise<boolean> {
    const hash = await patiently(() => readHashOf(archive, block));
    const at = hash === null ? null : await patiently(() => readTime(archive, hash));
    const prices = hash === null || at === null ? null : await patiently(() => readPricesByCall(archive, hash));
    if (at === null || prices === null) return false;
    const rows = [...prices].flatMap(([netuid, priceRao]): HistoryRow[] => {
      const registeredAt = start.registered.get(netuid);
      const same = registeredAt !== undefined && registeredAt <= block;
      return same && priceRao > 0 ? [{ netuid, registeredAt, priceRao, volumeTao: null }] : [];
    });
    await memory.record({ slot: Math.floor(at / SLOT_MS), at, block }, rows);
    archive.trust();
    return true;
  }

  const missing = missingBlocks(start, await memory.readings());
  if (missing.length === 0) return true;
  const hash = await patiently(() => readHashOf(archive, start.block));
  if (hash !== start.hash) {
    if (hash !== null) archive.refuse(`${archive.name} is on another chain than our nodes`, AGAIN_MS);
    return false;
  }
  log?.info({ source: archive.name, count: missing.length }, 'past subnet prices are read');
  let missed = 0;
  let failed = 0;
  for (const block of missing) {
    if (await readPoint(block)) missed = 0;
    else [missed, failed] = [missed + 1, failed + 1];
    if (signal.aborted || missed >= MOST_MISSED) return false;
  }
  log?.info({ source: archive.name, failures: failed }, 'past subnet prices have been read');
  return failed === 0;
}

/** Blocks to read, the most telling first: a day, a week and a month ago, then from the newest to the oldest. */
export function missingBlocks(start: BackfillStart, readings: readonly HistoryReading[]): number[] {
  const anchors = SPANS.map(({ days, everyBlocks }) => ({ block: start.block - days * BLOCKS_PER_DAY, everyBlocks }));
  const wanted = new Map(anchors.map(({ block, everyBlocks }) => [block, everyBlocks] as const));
  let covered = 0;
  for (const { days, everyBlocks } of SPANS) {
    const newest = Math.floor((start.block - covered * BLOCKS_PER_DAY) / everyBlocks) * everyBlocks;
    const oldest = start.block - days * BLOCKS_PER_DAY;
    for (let block = newest; block >= oldest; block -= everyBlocks)
      if (!wanted.has(block)) wanted.set(block, everyBlocks);
    covered = days;
  }
  return [...wanted].flatMap(([block, everyBlocks]) => {
    const at = start.blockAt - (start.block - block) * BLOCK_MS;
    const nearMs = (everyBlocks * BLOCK_MS) / 2;
    const there = readings.some((reading) => Math.abs(reading.at - at) < nearMs || reading.block === block);
    return block > 0 && !there ? [block] : [];
  });
}

async function readTime(node: RpcNode, hash: string): Promise<RpcOutcome<number>> {
  const method = 'state_getStorage';
  const answer = await node.call({ method, params: [TIMESTAMP_KEY, hash], result: z.string() });
  return answer.kind === 'ok' ? decoded(node, method, () => decodeTimestamp(answer.data)) : answer;
}

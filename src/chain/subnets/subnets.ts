// The subnet market of the chain: one snapshot for everybody, read once a minute, remembered over restarts, with its history.
import type { Log } from '../../base/log.ts';
import { realSleep, type Sleep, waitAtMost } from '../../base/clock.ts';
import { momentOf, type Stamp, stampOf } from '../../http/stamp.ts';
import type { BlockFigures } from '../chain-state.ts';
import type { Rpc } from '../rpc/rpc.ts';
import { assemble } from './assemble.ts';
import { dated } from './dated.ts';
import { findSubnets } from './find.ts';
import { createBackfill } from './history/backfill.ts';
import { createHistory } from './history/history.ts';
import { historyRows, marketChanged, registeredAt, withReading } from './parts.ts';
import type { Parts } from './parts.ts';
import type { IssuanceJump, Subnets, SubnetSnapshot, SubnetsMemory } from './port.ts';
import { createQuotes } from './quotes.ts';
import type { MarketReading } from './read.ts';
import { createReader } from './reader.ts';
import { parseSnapshot, snapshotText } from './saved.ts';
import { createTurns } from './turns.ts';

export type SubnetsOptions = {
  rpc: Rpc;
  memory: SubnetsMemory;
  now: () => number;
  sleep?: Sleep;
  log?: Log;
  /** Hears of every block that is believed. */
  onBlock?: (figures: BlockFigures) => void;
  /** Longest wait of an asker, in ms. */
  waitMs?: number;
};

const EVERY_MS = 60_000;
const WAIT_MS = 1_200;
const SAVE_EVERY_MS = 300_000;
const QUOTABLE_MS = 600_000;
/** Before anything is known, the numbers that can be in use are asked for: the network is limited to 128 subnets. */
const FIRST_NETUIDS: readonly number[] = Array.from({ length: 128 }, (_, index) => index + 1);

/** Nothing connects before `start()` or the first question. */
export function createSubnets(options: SubnetsOptions): Subnets {
  const { rpc, memory, now, log } = options;
  const sleep = options.sleep ?? realSleep;
  const waitMs = options.waitMs ?? WAIT_MS;
  const logged = log ? { log } : {};
  const clocks = { now, monotonic: rpc.clock };
  const turns = createTurns(rpc.clock);
  const reader = createReader({ rpc, turns, now, ...(options.onBlock ? { onBlock: options.onBlock } : {}), ...logged });
  const history = createHistory({ memory, ...logged });
  const closing = new AbortController();
  let parts: Parts | null = null;
  let current: SubnetSnapshot | null = null;
  let stamp: Stamp = stampOf(0, clocks); // of the block of `current`
  let reason = 'the Bittensor nodes did not answer in time';
  let outage = false;
  let readSince = Number.NEGATIVE_INFINITY;
  let takenSince = Number.NEGATIVE_INFINITY;
  let savedSince = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;
  let loading: Promise<void> | null = null;
  let loop: Promise<void> | null = null;
  const past = createBackfill({
    archive: rpc.archive,
    memory,
    clock: rpc.clock,
    sleep,
    signal: closing.signal,
    ...logged,
  });
  const quotes = createQuotes({
    clock: rpc.clock,
    /** Most nodes keep the state of a block for an hour. */
    latest: () => (parts !== null && rpc.clock() - takenSince <= QUOTABLE_MS ? parts.reading : null),
  });

  /** What is known, as its age is by the present wall clock. */
  const shown = (): SubnetSnapshot | null => (current === null ? null : dated(current, stamp, clocks));

  async function load(): Promise<void> {
    const row = await memory.loadSnapshot().catch((error: unknown) => {
      log?.warn({ err: error }, 'last subnet snapshot could not be read');
      return null;
    });
    const saved = row === null ? null : parseSnapshot(row.json);
    if (current === null && saved !== null) [current, stamp] = [saved, stampOf(saved.blockAt, clocks)];
  }

  async function read(): Promise<void> {
    const { block = 0, blockHash: hash = '', blockAt = 0 } = current ?? {};
    const ageMs = now() - momentOf(stamp, clocks);
    const known = current === null ? null : { hash, block, blockAt, ageMs, confirmed: parts !== null };
    const netuids = parts === null ? FIRST_NETUIDS : [...parts.reading.prices.keys()];
    const result = await reader.read(known, netuids);
    if (result.kind === 'failed') {
      if (!outage) log?.warn({ reason: result.reason }, 'subnets cannot be read');
      outage = true;
      reason = result.reason;
      return;
    }
    if (outage) log?.info({}, 'subnets are read again');
    outage = false;
    if (result.kind === 'unchanged') return;
    if (result.forgotten) {
      [parts, current] = [null, null];
      turns.hurry();
    }
    await take(result.reading);
  }

  async function take(reading: MarketReading): Promise<void> {
    const before = parts;
    takenSince = rpc.clock();
    parts = withReading(before, reading, current, now());
    noteLayout(before?.layoutKnown ?? true, reading);
    noteIssuance(current, parts.jump);
    if (before !== null && marketChanged(before.reading, reading)) turns.hurry();
    await waitAtMost(keepHistory(parts, before === null), waitMs / 4, sleep); // the prices do not wait for a slow database
    [current, stamp] = [assemble(parts), stampOf(reading.blockAt, clocks)];
    await save();
    startBackfill(parts);
  }

  async function keepHistory(known: Parts, isFirst: boolean): Promise<void> {
    const recorded = await history.record(known.reading.blockAt, known.reading.block, historyRows(known));
    if (recorded || isFirst) await lookBack();
  }

  function noteLayout(known: boolean, { slow, block }: MarketReading): void {
    if (slow?.turn !== 'details') return;
    if ('unknown' in slow && known)
      log?.warn(
        { block, reason: slow.unknown },
        'subnet details have an unknown layout: prices only until it is known',
      );
    if ('details' in slow && !known) log?.info({ block }, 'subnet details are readable again');
  }

  function noteIssuance(last: SubnetSnapshot | null, jump: IssuanceJump | null): void {
    if (jump !== null && jump.toBlock !== last?.network.issuanceJump?.toBlock)
      log?.warn(
        { block: jump.toBlock, detail: `${jump.amountTao} TAO since block ${jump.fromBlock}` },
        'issuance moved faster than blocks can mint',
      );
  }

  async function save(): Promise<void> {
    if (current === null || rpc.clock() - savedSince < SAVE_EVERY_MS) return;
    savedSince = rpc.clock();
    await memory.saveSnapshot({ json: snapshotText(current), at: current.readAt }).catch((error: unknown) => {
      log?.warn({ err: error }, 'subnet snapshot could not be saved');
    });
  }

  /** Once registrations are known; only a process that stays reads the past. */
  function startBackfill(known: Parts): void {
    if (loop === null) return;
    const { hash, block, blockAt, prices } = known.reading;
    const registered = new Map<number, number>();
    for (const netuid of prices.keys()) {
      const since = registeredAt(known, netuid);
      if (since !== null) registered.set(netuid, since);
    }
    if (registered.size > 0) past.begin({ hash, block, blockAt, registered }, lookBack);
  }

  async function lookBack(): Promise<void> {
    const found = await history.past(parts?.reading.blockAt ?? 0);
    if (parts !== null) parts = { ...parts, past: found }; // of the newest parts: a reading may have come meanwhile
  }

  function refresh(): Promise<void> {
    if (running === null && rpc.clock() - readSince >= EVERY_MS && !closing.signal.aborted) {
      readSince = rpc.clock();
      running = read()
        .catch((error: unknown) => log?.warn({ err: error }, 'reading subnets broke on our side'))
        .finally(() => {
          running = null;
        });
    }
    return running ?? Promise.resolve();
  }

  async function readOnAndOn(): Promise<void> {
    await loaded();
    while (!closing.signal.aborted) {
      await refresh();
      await sleep(Math.max(1_000, EVERY_MS - (rpc.clock() - readSince)), closing.signal);
    }
  }

  function loaded(): Promise<void> {
    loading ??= load();
    return loading;
  }

  let patience: Promise<unknown> | null = null;
  /** A slow database keeps nobody waiting for longer than this, once: what it remembers comes in when it comes. */
  function remembering(): Promise<unknown> {
    return (patience ??= waitAtMost(loaded(), waitMs / 2, sleep));
  }

  return {
    start() {
      loop ??= readOnAndOn();
    },
    async snapshot() {
      await remembering();
      await waitAtMost(refresh(), waitMs, sleep);
      const snapshot = shown();
      return snapshot === null ? { snapshot, reason } : { snapshot };
    },
    find: (text) => findSubnets(current?.subnets ?? [], text),
    async history(netuid, range) {
      await remembering();
      const subnet = current?.subnets.find((one) => one.netuid === netuid);
      if (current === null || subnet === undefined) return { points: null, reason: 'there is no such subnet' };
      const { registeredAtBlock, priceTao } = subnet;
      if (registeredAtBlock === null) return { points: null, reason: 'it is not known when this subnet began' };
      const points = await history.series(netuid, registeredAtBlock, range, current.blockAt);
      const last = points.at(-1)?.[0] ?? 0;
      const newest = priceTao !== null && current.blockAt > last ? [[current.blockAt, priceTao] as const] : [];
      return { points: [...points, ...newest], registeredAtBlock };
    },
    async swapQuote(netuid, direction, amount) {
      await remembering();
      await waitAtMost(refresh(), waitMs, sleep);
      return quotes.swap(netuid, direction, amount);
    },
    async nextEpoch(netuid) {
      await remembering();
      await waitAtMost(refresh(), waitMs, sleep);
      return quotes.nextEpoch(netuid);
    },
    status: () => ({
      nodes: rpc.nodes.map((node) => {
        const pause = node.pause();
        return { name: node.name, state: pause === null ? 'ok' : 'paused', reason: null, until: null, ...pause };
      }),
      archive: past.state(),
      blockAt: shown()?.blockAt ?? null,
    }),
    async close() {
      closing.abort();
      await rpc.close(); // ends the calls under way, so that the loop can end
      await Promise.allSettled([running, loop, past.ended()]);
      savedSince = Number.NEGATIVE_INFINITY;
      if (parts !== null) await save();
    },
  };
}

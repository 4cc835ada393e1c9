// Block height and issuance of the Bittensor chain, out of the one set of calls that reads the subnets; the last good state survives a restart.
import { createHash } from 'node:crypto';
import { RAO_PER_TAO, TOTAL_SUPPLY_RAO } from '../base/tao.ts';
import type { Log } from '../base/log.ts';
import { momentOf, type Stamp, stampOf } from '../http/stamp.ts';
import { z } from 'zod';
import type { Chain, ChainState } from './chain.ts';
import type { MarketMemory } from '../base/memory.ts';
import { HOUR, MINUTE, realSleep, type Sleep, waitAtMost } from '../base/clock.ts';

/** What a finalized block says of itself; issuance in rao, null when the node has no such value. */
export type BlockFigures = { block: number; blockAt: number; issuance: bigint | null };

export type ChainOptions = {
  /** Where the state comes from: another endpoint may be another chain. */
  url: string;
  memory: MarketMemory;
  /** Epoch ms. */
  now: () => number;
  /** Steady clock in ms. */
  clock: () => number;
  /** Has the chain read unless that was done a moment ago, and waits for it in bounded time. Resolves to the reason when nothing is known. */
  read: () => Promise<string | null>;
  sleep?: Sleep;
  log?: Log;
};

/** Blocks come every 12 s; a reading once a minute is as fine as anybody looks. */
const FRESH_MS = MINUTE;
/** Who asks before anything was ever read waits for two readings' time: a one-shot question has no second chance. */
const FIRST_WAITS = 2;
/** A slow database keeps nobody waiting for longer than this, once: what it remembers comes in when it comes. */
const LOAD_MS = 600;
/** Readings that agree with each other for so long are right, whatever was believed before. */
const INSIST_MS = HOUR;

const Stored = z.object({ block: z.number(), issuanceRao: z.string().regex(/^\d{1,20}$/u), at: z.number() });

/** Whether `seen` can follow `last`: recycling may lower the issuance by under 1 %, a node may lag by under 1,000 blocks. */
function canFollow(seen: ChainState, last: ChainState): boolean {
  const advance = seen.block - last.block;
  const newest = 1_000 + Math.max(0, seen.at - last.at) / 1_000; // one block a second at the very most
  const slack = last.issuanceRao / 100n;
  const minted = BigInt(Math.max(0, advance)) * RAO_PER_TAO; // never more than 1 TAO a block
  return (
    advance >= -1_000 &&
    advance <= newest &&
    seen.issuanceRao >= last.issuanceRao - slack &&
    seen.issuanceRao <= last.issuanceRao + slack + minted
  );
}

/** `take` is to be called with every block that is believed. */
export function createChain(options: ChainOptions): Chain & { take(figures: BlockFigures): void } {
  const { url, memory, now, clock, read, log, sleep = realSleep } = options;
  const key = `chain:${createHash('sha256').update(url).digest('hex')}`; // an address may hold a key
  const clocks = { now, monotonic: clock };
  let last: ChainState | null = null;
  /** Of the block of `last`. */
  let stamp: Stamp = stampOf(0, clocks);
  let refused: { since: number; state: ChainState } | null = null;
  let reason: string | null = null;
  let takenSince = Number.NEGATIVE_INFINITY;
  let loading: Promise<unknown> | null = null;
  let taken = Promise.withResolvers<void>();

  function take({ block, blockAt, issuance }: BlockFigures): void {
    takenSince = clock();
    taken.resolve();
    taken = Promise.withResolvers();
    if (issuance === null) {
      reason = 'the Bittensor node does not tell the issuance';
      return;
    }
    const seen = { block, issuanceRao: issuance, at: blockAt };
    if (!believe(seen)) {
      if (reason === null) log?.warn({ block, detail: `issuance ${issuance} rao` }, 'chain reading refused');
      reason = 'the Bittensor node sends implausible numbers';
      return;
    }
    if (reason !== null) log?.info({ block }, 'chain readings are believed again');
    [last, stamp, refused, reason] = [seen, stampOf(blockAt, clocks), null, null];
    void save(seen);
  }

  function believe(seen: ChainState): boolean {
    if (seen.issuanceRao <= 0n || seen.issuanceRao > TOTAL_SUPPLY_RAO) return false;
    if (last === null || canFollow(seen, last)) return true;
    const since = refused !== null && canFollow(seen, refused.state) ? refused.since : clock();
    refused = { since, state: seen };
    return clock() - since >= INSIST_MS;
  }

  async function save(state: ChainState): Promise<void> {
    const json = JSON.stringify({ ...state, issuanceRao: String(state.issuanceRao) });
    await memory.saveQuotes([{ key, json, at: state.at }]).catch((error: unknown) => {
      log?.warn({ err: error }, 'chain state could not be saved');
    });
  }

  async function load(): Promise<void> {
    const rows = await memory.loadQuotes(key).catch((error: unknown) => {
      log?.warn({ err: error }, 'last chain state could not be read');
      return [];
    });
    const parsed = Stored.safeParse(parse(rows.find((row) => row.key === key)?.json));
    if (!parsed.success || last !== null) return;
    last = { ...parsed.data, issuanceRao: BigInt(parsed.data.issuanceRao) };
    stamp = stampOf(last.at, clocks);
  }

  /** Ends with the block, not with all that is read after it. */
  async function refresh(): Promise<string | null> {
    return Promise.race([read(), taken.promise.then(() => null)]);
  }

  return {
    take,
    async state() {
      loading ??= waitAtMost(load(), LOAD_MS, sleep);
      await loading;
      let silence: string | null = null;
      const waits = last === null ? FIRST_WAITS : 1;
      for (let wait = 0; wait < waits && clock() - takenSince >= FRESH_MS; wait++) silence = await refresh();
      if (last !== null) return { state: { ...last, at: momentOf(stamp, clocks) } };
      return { state: null, reason: reason ?? silence ?? 'the Bittensor nodes did not answer in time' };
    },
  };
}

function parse(json: string | undefined): unknown {
  try {
    return json === undefined ? null : (JSON.parse(json) as unknown);
  } catch {
    return null;
  }
}

// Chooses whom to believe: the first node that is fresh and on the chain that we know; one that is behind or elsewhere is passed over.

import { DAY, HOUR } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { BlockFigures } from '../chain-state.ts';
import type { Rpc } from '../rpc/rpc.ts';
import type { RpcNode, RpcOutcome } from '../rpc/node.ts';
import { ROOT } from '../runtime/calls.ts';
import { readBlock, readHashOf, readHead, readPrices, readSlow } from './read.ts';
import type { BlockReading, MarketReading } from './read.ts';
import type { Turns } from './turns.ts';

/**
 * The newest finalized block that we believe. `blockAt` is the chain's own time (epoch ms), `ageMs` how long ago that was, also when our clock was
 * set since. `confirmed`: read by this process, not only remembered.
 */
export type KnownBlock = { hash: string; block: number; blockAt: number; ageMs: number; confirmed: boolean };

/** `unchanged`: nothing newer is final; `forgotten`: what was remembered belongs to another chain and is of no use. */
export type ReadResult =
  | { kind: 'ok'; reading: MarketReading; forgotten: boolean }
  | { kind: 'unchanged' }
  | { kind: 'failed'; reason: string };

export type Reader = {
  /** One set of calls, at most one node's worth in the usual case. Never throws. */
  read(known: KnownBlock | null, netuids: readonly number[]): Promise<ReadResult>;
};

/** A block older than this is not believed while another node may have a newer one. Blocks come every 12 s. */
const STALE_MS = HOUR;
/** Finality stalls for minutes now and then; after this another node is asked too. */
const QUIET_MS = 300_000;
const REFUSAL_MS = 600_000;
/** Nodes that all insist on another chain for so long are right, whatever was believed before. */
const INSIST_MS = HOUR;
/** No block of the subnet market is older than the upgrade that began it (block 4,920,351). */
const FIRST_MARKET_AT = Date.parse('2025-02-13T00:00:00Z');

type Look =
  | { kind: 'fresh' | 'stale'; block: BlockReading; forgotten: boolean }
  | { kind: 'unchanged' }
  | { kind: 'failed'; reason: string };

/** `onBlock` hears of every block that is believed, before anything else of it is read. */
export function createReader(options: {
  rpc: Rpc;
  turns: Turns;
  now: () => number;
  onBlock?: (figures: BlockFigures) => void;
  log?: Log;
}): Reader {
  const { rpc, turns, now, onBlock, log } = options;
  let lastNode: RpcNode | null = null;
  let lastRegistration: number | null | undefined;
  let forkedSince: number | null = null;

  /** The newest final block of a node, judged against what is known. */
  async function look(node: RpcNode, known: KnownBlock | null, netuids: readonly number[]): Promise<Look> {
    const head = await readHead(node);
    if (head.kind !== 'ok') return failure(node, head);
    if (head.data === known?.hash) return { kind: 'unchanged' };
    const found = await readWhole(node, head.data, netuids);
    if (found.kind !== 'ok') return failure(node, found);
    const block = found.data;
    const present = Math.max(now(), rpc.clock()); // the clock may have been set back since the start
    if (block.blockAt < FIRST_MARKET_AT || block.blockAt > present + DAY)
      return elsewhere(node, 'has an impossible time');
    const isAhead = known !== null && known.blockAt > present + STALE_MS; // then it is what we know that may be wrong
    if (known !== null && !isAhead && block.block < known.block) {
      const behindMs = known.blockAt - block.blockAt;
      if (behindMs > STALE_MS) return elsewhere(node, `is ${Math.round(behindMs / HOUR)} hours behind`);
      return { kind: 'failed', reason: `${node.name} is a little behind` };
    }
    const same = known === null || (node === lastNode && known.confirmed && !isAhead) || (await onChain(node, known));
    if (same === null) return { kind: 'failed', reason: `${node.name} does not tell about earlier blocks` };
    const forgotten = !same && mayForget(known);
    if (!same && !forgotten) return elsewhere(node, 'is on another chain than the one that we know');
    forkedSince = null;
    return { kind: now() - block.blockAt > STALE_MS ? 'stale' : 'fresh', block, forgotten };
  }

  /**
   * The block, with the values of the subnets where they are due: also at once when a number may have changed hands since the last reading,
   * or the price of the new subnet would be told of the one before. Where the runtime does not tell the last registration, that is always.
   */
  async function readWhole(node: RpcNode, hash: string, netuids: readonly number[]): Promise<RpcOutcome<BlockReading>> {
    const found = await readBlock(node, hash, turns.valuesDue() || lastRegistration === null ? netuids : null);
    const registration = found.kind === 'ok' ? found.data.network.lastRegistration : null;
    const same = found.kind !== 'ok' || (registration !== null && registration === lastRegistration);
    return same || found.data.values !== null ? found : await readBlock(node, hash, netuids);
  }

  /** Whether the node knows the block that we know; null when it did not say. */
  async function onChain(node: RpcNode, known: KnownBlock): Promise<boolean | null> {
    const hash = await readHashOf(node, known.block);
    return hash.kind === 'ok' ? hash.data === known.hash : null;
  }

  function mayForget(known: KnownBlock | null): boolean {
    forkedSince ??= rpc.clock();
    const forget = known?.confirmed !== true || rpc.clock() - forkedSince >= INSIST_MS;
    if (forget) log?.warn({ block: known?.block, detail: known?.hash }, 'the known block is on no chain any more');
    return forget;
  }

  function elsewhere(node: RpcNode, what: string): Look {
    const reason = `${node.name} ${what}`;
    node.refuse(reason, REFUSAL_MS);
    return { kind: 'failed', reason };
  }

  async function complete(block: BlockReading, forgotten: boolean): Promise<ReadResult> {
    const { node, hash } = block;
    onBlock?.({ block: block.block, blockAt: block.blockAt, issuance: block.network.issuance });
    const prices = await readPrices(node, hash);
    if (prices.kind !== 'ok') return failure(node, prices);
    const turn = turns.next();
    const slow = turn === null ? null : await readSlow(node, block, turn);
    if (slow !== null && 'failed' in slow) turns.failed(slow.turn);
    if (slow !== null && !('failed' in slow)) turns.done(slow.turn);
    if (block.values !== null) turns.done('values');
    lastNode = node;
    lastRegistration = block.network.lastRegistration;
    node.trust();
    return { kind: 'ok', reading: { ...block, prices: prices.data, slow }, forgotten };
  }

  return {
    async read(known, netuids) {
      const wanted = netuids.filter((netuid) => netuid !== ROOT);
      const stale: Extract<Look, { block: BlockReading }>[] = [];
      let reason = 'no Bittensor node may be asked just now';
      let unchanged = false;
      for (const node of rpc.nodes) {
        const paused = node.pause();
        if (paused !== null) {
          reason = paused.reason;
          continue;
        }
        const seen = await look(node, known, wanted);
        if (seen.kind === 'failed') reason = seen.reason;
        if (seen.kind === 'stale') stale.push(seen);
        if (seen.kind === 'unchanged') {
          unchanged = true;
          if (known !== null && known.ageMs <= QUIET_MS) return { kind: 'unchanged' };
        }
        if (seen.kind !== 'fresh') continue;
        const result = await complete(seen.block, seen.forgotten);
        if (result.kind === 'failed') {
          reason = result.reason;
          continue;
        }
        for (const { block } of stale) elsewhere(block.node, `is ${hoursBetween(block, seen.block)} hours behind`);
        return result;
      }
      // Nobody is fresh: the chain itself may stand still, so the newest of the old blocks is the truth.
      const [newest] = stale.sort((left, right) => right.block.block - left.block.block);
      if (newest !== undefined) return complete(newest.block, newest.forgotten);
      return unchanged ? { kind: 'unchanged' } : { kind: 'failed', reason };
    },
  };
}

function failure(
  node: RpcNode,
  outcome: { kind: 'absent' } | { kind: 'failed'; reason: string },
): {
  kind: 'failed';
  reason: string;
} {
  return outcome.kind === 'failed' ? outcome : { kind: 'failed', reason: `${node.name} lacks a method that we need` };
}

function hoursBetween(older: BlockReading, newer: BlockReading): number {
  return Math.round((newer.blockAt - older.blockAt) / HOUR);
}

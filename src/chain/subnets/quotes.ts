// Questions about one subnet that the runtime answers itself, asked only when somebody wants to know and never often.
import { LRUCache } from 'lru-cache';
import { raoOf, taoOf } from '../../base/tao.ts';
import type { RpcNode } from '../rpc/node.ts';
import { CALLS, decodeNextEpoch, decodeSwap, MOST_RAO, netuidArgument, ROOT, swapArguments } from '../runtime/calls.ts';
import type { SimulatedSwap } from '../runtime/calls.ts';
import { hexBytes } from '../scale.ts';
import { createTokenBucket } from '../../base/token-bucket.ts';
import type { SwapDirection, SwapQuote, SwapQuoteResult } from './port.ts';
import { decoded, runtimeCall } from './read.ts';

/** The block that questions are about: the latest one read. */
export type QuoteBlock = {
  node: RpcNode;
  hash: string;
  block: number;
  blockAt: number;
  prices: ReadonlyMap<number, number>;
};

export type Quotes = {
  swap(netuid: number, direction: SwapDirection, amount: number): Promise<SwapQuoteResult>;
  nextEpoch(netuid: number): Promise<number | null>;
};

/** In all: six questions at once, then one in five seconds. The same question about the same block is asked once. */
const BURST = 6;
const REFILL_MS = 5_000;
const MOST_KEPT = 200;
const UNPRICED = 'the chain has no price for this subnet';

export function createQuotes(options: { latest: () => QuoteBlock | null; clock: () => number }): Quotes {
  const { latest, clock } = options;
  const bucket = createTokenBucket({ burst: BURST, refillMs: REFILL_MS, mostKeys: 1, monotonic: clock });
  const answers = new LRUCache<string, Promise<unknown>>({ max: MOST_KEPT });

  /** `ask` unless the same was asked about this block; failures are not kept. */
  function once<T>(key: string, at: QuoteBlock, ask: () => Promise<T | null>, busy: T | null): Promise<T | null> {
    const full = `${at.hash} ${key}`;
    const known = answers.get(full) as Promise<T | null> | undefined;
    if (known !== undefined) return known;
    if (bucket.take('all') > 0) return Promise.resolve(busy);
    const asked = ask().then((answer) => {
      if (answer === null) answers.delete(full);
      return answer;
    });
    answers.set(full, asked);
    return asked;
  }

  async function simulate(
    at: QuoteBlock,
    netuid: number,
    direction: SwapDirection,
    paid: bigint,
  ): Promise<SwapQuoteResult | null> {
    const hex = await runtimeCall(at.node, CALLS[direction], swapArguments(netuid, paid), at.hash);
    if (hex.kind !== 'ok') return null;
    const swap = decoded(at.node, CALLS[direction], () => decodeSwap(hexBytes(hex.data)));
    if (swap.kind !== 'ok') return null;
    if (swap.data === null) return { quote: null, reason: 'the pool cannot swap this amount' };
    const price = at.prices.get(netuid) ?? 0;
    return quoteOf({ ...at, netuid, direction, paid, swap: swap.data, spot: taoOf(price) });
  }

  return {
    async swap(netuid, direction, amount) {
      const at = latest();
      if (at === null) return { quote: null, reason: 'the Bittensor nodes do not answer just now' };
      const paid = amount > 0 && amount <= taoOf(MOST_RAO) ? raoOf(amount) : 0n;
      if (paid <= 0n || paid > MOST_RAO) return { quote: null, reason: 'this is no amount that can be swapped' };
      if (netuid === ROOT || (at.prices.get(netuid) ?? 0) === 0) return { quote: null, reason: UNPRICED };
      const busy: SwapQuoteResult = { quote: null, reason: 'too many quotes are asked for just now' };
      const answer = await once(
        `${direction} ${netuid} ${paid}`,
        at,
        () => simulate(at, netuid, direction, paid),
        busy,
      );
      return answer ?? { quote: null, reason: 'the Bittensor node did not give a quote' };
    },
    async nextEpoch(netuid) {
      const at = latest();
      if (at?.prices.has(netuid) !== true || netuid === ROOT) return null;
      const ask = async (): Promise<number | null> => {
        const hex = await runtimeCall(at.node, CALLS.nextEpoch, netuidArgument(netuid), at.hash);
        if (hex.kind !== 'ok') return null;
        const block = decoded(at.node, CALLS.nextEpoch, () => decodeNextEpoch(hexBytes(hex.data)));
        return block.kind === 'ok' ? block.data : null;
      };
      return once(`epoch ${netuid}`, at, ask, null);
    },
  };
}

/** Null when the answer contradicts the question. The runtime takes the fee from what is paid; what it took in is without the fee. */
function quoteOf(answer: {
  netuid: number;
  direction: SwapDirection;
  paid: bigint;
  spot: number;
  swap: SimulatedSwap;
  node: RpcNode;
  block: number;
  blockAt: number;
}): SwapQuoteResult | null {
  const { netuid, direction, paid, spot, swap, node, block, blockAt } = answer;
  const [taken, fee, received] =
    direction === 'buy' ? [swap.tao, swap.taoFee, swap.alpha] : [swap.alpha, swap.alphaFee, swap.tao];
  if (taken + fee > paid) return null;
  const worth = (amount: bigint): number => (direction === 'buy' ? taoOf(amount) / spot : taoOf(amount) * spot);
  const quote: SwapQuote = {
    netuid,
    direction,
    spotTao: spot,
    paid: taoOf(taken + fee),
    fee: taoOf(fee),
    received: taoOf(received),
    atSpot: worth(taken + fee),
    impact: Math.max(0, worth(taken) - taoOf(received)),
    partly: taken + fee < paid,
    block,
    blockAt,
    source: node.name,
  };
  return { quote };
}

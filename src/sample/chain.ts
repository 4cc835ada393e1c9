// The Bittensor chain as the sample has it, for demonstrations without internet.
import type { Chain } from '../chain/chain.ts';
import { sampleClock } from './clock.ts';
import sample from './data.json' with { type: 'json' };

export function createSampleChain(now: () => number): Chain {
  const clock = sampleClock(now);
  const issuanceRao = BigInt(sample.chain.issuanceTao) * 1_000_000_000n;
  return {
    state: () => Promise.resolve({ state: { block: sample.chain.block, issuanceRao, at: clock(), isSample: true } }),
  };
}

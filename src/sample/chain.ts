// The Bittensor chain at the time of the sample, for demonstrations without internet.
import type { Chain } from '../chain/chain.ts';
import sample from './data.json' with { type: 'json' };

const AT = Date.parse(sample.at);

export function createSampleChain(): Chain {
  const issuanceRao = BigInt(sample.chain.issuanceTao) * 1_000_000_000n;
  return {
    state: () => Promise.resolve({ state: { block: sample.chain.block, issuanceRao, at: AT } }),
  };
}

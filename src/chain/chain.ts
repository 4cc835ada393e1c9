// The port of the chain room: what the rest of the core may ask about the Bittensor chain.

/**
 * State of the Bittensor chain: block height, total issuance in rao (1 TAO = 10⁹ rao), and the time of that block (epoch ms). `isSample`: no node
 * said so, it is the demo's.
 */
export type ChainState = { block: number; issuanceRao: bigint; at: number; isSample?: true };

export interface Chain {
  /** Last reading, refreshed when old; null with a reason when none was ever received. Never throws, bounded wait. */
  state(): Promise<{ state: ChainState } | { state: null; reason: string }>;
}

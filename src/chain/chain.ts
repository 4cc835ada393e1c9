// The port of the chain room: what the rest of the core may ask about the Bittensor chain.

/** State of the Bittensor chain: block height, total issuance in rao (1 TAO = 10⁹ rao), and when it was read (epoch ms). */
export type ChainState = { block: number; issuanceRao: bigint; at: number };

export interface Chain {
  /** Reads the last good state back and takes a first reading. */
  start(): void;
  /** Last reading, refreshed when old; null with a reason when none was ever received. Never throws, bounded wait. */
  state(): Promise<{ state: ChainState } | { state: null; reason: string }>;
  close(): Promise<void>;
}

// Whether the issuance can have moved as it did: the runtime mints a known amount per block, and recycling takes little back.
import { emissionPerBlockRao, RAO_PER_TAO } from '../base/tao.ts';

/** A reading of the issuance in rao. */
export type IssuanceReading = { block: number; issuance: bigint };

/**
 * Fees and registrations are taken back from issuance (recycled): a registration costs about a thousand TAO, and there is one in two days
 * at most. A fall by more than this between two readings is something else.
 */
const MOST_RECYCLED = 5_000n * RAO_PER_TAO;
const RECYCLED_PER_BLOCK = RAO_PER_TAO; // twice what is minted
/** Rounding and the order of things within a block. */
const SLACK = RAO_PER_TAO;

/** Rao by which the issuance moved more than it can have: positive when it rose too far, negative when it fell too far, 0n when all is well. */
export function impossibleMove(before: IssuanceReading, after: IssuanceReading): bigint {
  const blocks = BigInt(Math.max(0, after.block - before.block));
  const moved = after.issuance - before.issuance;
  const most = blocks * emissionPerBlockRao(before.issuance) + SLACK;
  const least = -(MOST_RECYCLED + blocks * RECYCLED_PER_BLOCK);
  return moved > most ? moved - most : moved < least ? moved - least : 0n;
}

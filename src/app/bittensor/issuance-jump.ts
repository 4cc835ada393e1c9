// Issuance that moved in a way that blocks cannot explain: said beside whatever is computed from it, for a month.
import type { Block } from '../card.ts';
import { amount } from '../../format/numbers.ts';
import { BLOCKS_PER_DAY } from '../../base/tao.ts';
import type { IssuanceJump, SubnetSnapshot } from '../../chain/subnets/port.ts';

/** In the month after the upgrade of September 2026 (172,001 TAO) sources still gave issuance and halving dates of both sides of it. */
const SAID_BLOCKS = 30 * BLOCKS_PER_DAY;

/** The latest such move, or null when none is known of the past month. */
export function recentJump(snapshot: SubnetSnapshot | null): IssuanceJump | null {
  const jump = snapshot?.network.issuanceJump ?? null;
  return jump === null || snapshot === null || snapshot.block - jump.toBlock > SAID_BLOCKS ? null : jump;
}

/** The move as a note; `block` is that of the issuance which the estimate counts from. */
export function jumpNote(jump: IssuanceJump, block: number, locale: string): Block {
  const size = `${amount(Math.abs(jump.amountTao), locale, 0)} TAO`;
  const how = jump.amountTao > 0 ? `${size} more than blocks can mint` : `${size} less than recycling explains`;
  const counted = block >= jump.toBlock ? 'The estimate counts it.' : 'The estimate does not count it yet.';
  return {
    kind: 'note',
    spans: [
      { kind: 'bold', text: '⚠ Issuance moved' },
      ` by ${how} between blocks ${amount(jump.fromBlock, locale, 0)} and ${amount(jump.toBlock, locale, 0)}. ${counted}`,
    ],
  };
}

/** ", after a move of 60,000 TAO beside the blocks at block 9,240,428": for the sentence that gives an estimate. */
export function jumpWords(jump: IssuanceJump | null, locale: string): string {
  if (jump === null) return '';
  const size = amount(Math.abs(jump.amountTao), locale, 0);
  return `, after a move of ${size} TAO beside the blocks at block ${amount(jump.toBlock, locale, 0)}`;
}

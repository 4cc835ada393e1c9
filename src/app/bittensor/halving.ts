// Halvings: where the issuance stands between two, the next one, and an honest estimate of its date.
import { DAY } from '../../base/clock.ts';
import { BLOCKS_PER_DAY, emissionPerBlockRao, halvingsAt, taoOf, TOTAL_SUPPLY_RAO } from '../../base/tao.ts';

/** Issuance in rao at which halving number `count` (1, 2, …) happens: 10.5M, 15.75M, 18.375M … TAO. */
export function halvingThresholdRao(count: number): bigint {
  return TOTAL_SUPPLY_RAO - TOTAL_SUPPLY_RAO / 2n ** BigInt(count);
}

/** Part (0..1) of the way from the last halving to the next one, by issuance. */
export function halvingPart(issuanceRao: bigint): number {
  const passed = halvingsAt(issuanceRao);
  if (passed === Infinity) return 1;
  const [from, to] = [halvingThresholdRao(passed), halvingThresholdRao(passed + 1)];
  return taoOf(issuanceRao - from) / taoOf(to - from);
}

export type HalvingOutlook = {
  number: number;
  thresholdTao: number;
  leftTao: number;
  earliestAt: number;
  likelyAt: number;
};

/**
 * Recycled TAO is subtracted from issuance, so the date floats. `earliestAt` assumes no recycling at all; `likelyAt` assumes the net pace
 * of 7 August to 8 October 2026. Total issuance was 11,206,919.34 TAO at block 8,791,253 (registry snapshot, commit 30a4d61 of
 * JSONbored/metagraphed) and about 11,597,650 at block 9,240,400 (research brief of 8 October 2026, commit bfa925e of
 * NoBSRecruiter/tao-subnet-trader). 172,001.44 TAO of the difference are no emission: in September the chain counted root dividends that a
 * bug had left out (RaoFoundation/subtensor, issue 3157 and pull request 3162). The rest, 218,729 TAO, is 0.974 of 449,147 × 0.5.
 */
export const NET_SHARE = 0.97;

/** The next halving seen from an issuance at a moment; null once everything is issued. */
export function nextHalving(issuanceRao: bigint, at: number): HalvingOutlook | null {
  const passed = halvingsAt(issuanceRao);
  if (passed >= 30) return null; // below one rao per block nothing halves any more
  const threshold = halvingThresholdRao(passed + 1);
  const left = taoOf(threshold - issuanceRao);
  const days = left / (taoOf(emissionPerBlockRao(issuanceRao)) * BLOCKS_PER_DAY);
  return {
    number: passed + 1,
    thresholdTao: taoOf(threshold),
    leftTao: left,
    earliestAt: at + days * DAY,
    likelyAt: at + (days / NET_SHARE) * DAY,
  };
}

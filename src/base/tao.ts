// TAO and blocks in numbers: units, block time, and the runtime's rule of issuance in exact arithmetic.
import { DAY } from './clock.ts';

/** 1 TAO = 10⁹ rao, and so for alpha. */
export const RAO_PER_TAO = 1_000_000_000n;
/** Hard-coded in the runtime: 21,000,000 TAO. */
export const TOTAL_SUPPLY_RAO = 21_000_000n * RAO_PER_TAO;
/** Target block time of the runtime, ms. */
export const BLOCK_MS = 12_000;
export const BLOCKS_PER_DAY = DAY / BLOCK_MS;

/** rao as TAO: exact to 16 digits, which is what a number holds. Prices are counted in rao as plain numbers. */
export function taoOf(rao: bigint | number): number {
  if (typeof rao === 'number') return rao / Number(RAO_PER_TAO);
  return Number(rao / RAO_PER_TAO) + Number(rao % RAO_PER_TAO) / Number(RAO_PER_TAO);
}

/** TAO to whole rao; the nearest. */
export function raoOf(tao: number): bigint {
  return BigInt(Math.round(tao * Number(RAO_PER_TAO)));
}

/**
 * Number of halvings passed at `issuanceRao`: floor(log2(1 / (1 − issuance / supply))), the runtime's formula
 * (pallets/subtensor/src/coinbase/block_emission.rs), without floating point.
 * At full issuance the emission is zero and this is Infinity.
 */
export function halvingsAt(issuanceRao: bigint): number {
  if (issuanceRao >= TOTAL_SUPPLY_RAO) return Infinity;
  const left = TOTAL_SUPPLY_RAO - (issuanceRao < 0n ? 0n : issuanceRao);
  let halvings = 0;
  while (left * 2n ** BigInt(halvings + 1) <= TOTAL_SUPPLY_RAO) halvings++;
  return halvings;
}

/** Newly issued rao per block at this issuance; whole rao, as on chain. */
export function emissionPerBlockRao(issuanceRao: bigint): bigint {
  const halvings = halvingsAt(issuanceRao);
  return halvings === Infinity ? 0n : RAO_PER_TAO / 2n ** BigInt(halvings);
}

// The runtime functions of the chain that are asked through `state_call`: their names, their arguments and their small answers.
import { decodeScale, ScaleError } from '../scale.ts';
import type { ScaleReader } from '../scale.ts';

/** Names and layouts: pallets/swap/runtime-api and pallets/subtensor/runtime-api of https://github.com/RaoFoundation/subtensor. */
export const CALLS = {
  prices: 'SwapRuntimeApi_current_alpha_price_all',
  details: 'SubnetInfoRuntimeApi_get_all_dynamic_info',
  pruneTarget: 'SubnetInfoRuntimeApi_get_subnet_to_prune',
  blockEmission: 'SubnetInfoRuntimeApi_get_block_emission',
  nextEpoch: 'SubnetInfoRuntimeApi_get_next_epoch_start_block',
  registrationCost: 'SubnetRegistrationRuntimeApi_get_network_registration_cost',
  buy: 'SwapRuntimeApi_sim_swap_tao_for_alpha',
  sell: 'SwapRuntimeApi_sim_swap_alpha_for_tao',
} as const;

/** The node's own RPC for the prices: plain JSON, but not every node has it. */
export const PRICES_RPC = 'swap_currentAlphaPriceAll';

export const NO_ARGUMENTS = '0x';
export const ROOT = 0;
export const U16_MAX = 65_535;
export const BLOCK_MAX = 2 ** 32 - 1;
/** No amount of TAO or of one alpha exceeds 21,000,000 (the runtime's TotalSupply, the same for each alpha). */
export const MOST_RAO = 21_000_000n * 1_000_000_000n;

/** Netuid as an argument: a u16, little endian. */
export function netuidArgument(netuid: number): string {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(netuid);
  return `0x${bytes.toString('hex')}`;
}

/** Netuid and amount of a simulated swap: a u16 and a u64 of rao. */
export function swapArguments(netuid: number, amountRao: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(amountRao);
  return netuidArgument(netuid) + bytes.toString('hex');
}

/**
 * Prices in rao per alpha by netuid, root included. Zero means that the runtime has no price for the subnet.
 * @throws ScaleError for anything else than what the chain sends, also when no subnet has a price
 */
export function decodePrices(bytes: Uint8Array): Map<number, number> {
  const rows = decodeScale(bytes, (scale) => scale.vector(() => [scale.u16(), scale.u64()] as const));
  return priceTable(rows);
}

/** The same table from rows that came as JSON. */
export function priceTable(rows: readonly (readonly [number, bigint])[]): Map<number, number> {
  const prices = new Map<number, number>();
  for (const [netuid, price] of rows) {
    if (prices.has(netuid)) throw new ScaleError(`netuid ${netuid} twice`, 0);
    if (price > BigInt(Number.MAX_SAFE_INTEGER)) throw new ScaleError(`an impossible price of netuid ${netuid}`, 0);
    prices.set(netuid, Number(price));
  }
  const priced = [...prices].some(([netuid, price]) => netuid !== ROOT && price > 0);
  if (!priced) throw new ScaleError('no subnet has a price', 0);
  return prices;
}

/** The subnet that the next registration would remove; null when every subnet is protected. */
export function decodePruneTarget(bytes: Uint8Array): number | null {
  return decodeScale(bytes, (scale) => scale.option(() => scale.u16()));
}

/** Block at which the next epoch is expected; null when the subnet runs none (tempo 0). */
export function decodeNextEpoch(bytes: Uint8Array): number | null {
  return decodeScale(bytes, (scale) => scale.option(() => blockNumber(scale)));
}

/** A plain amount of rao: the registration cost, the emission of a block. */
export function decodeAmount(bytes: Uint8Array): bigint {
  const rao = decodeScale(bytes, (scale) => scale.u64());
  if (rao > MOST_RAO) throw new ScaleError('more TAO than can exist', 0);
  return rao;
}

/** A simulated swap, in rao. Fees and slippage are in what is paid (fee) and what is received (slippage); null: the runtime did not say. */
export type SimulatedSwap = {
  tao: bigint;
  alpha: bigint;
  taoFee: bigint;
  alphaFee: bigint;
  taoSlippage: bigint | null;
  alphaSlippage: bigint | null;
};

/**
 * Six u64, or four before spec 391. Null when the runtime could not swap: it answers zeros instead of an error.
 * @throws ScaleError
 */
export function decodeSwap(bytes: Uint8Array): SimulatedSwap | null {
  const whole = bytes.length !== 32;
  const swap = decodeScale(bytes, (scale) => ({
    tao: scale.u64(),
    alpha: scale.u64(),
    taoFee: scale.u64(),
    alphaFee: scale.u64(),
    taoSlippage: whole ? scale.u64() : null,
    alphaSlippage: whole ? scale.u64() : null,
  }));
  return swap.tao === 0n || swap.alpha === 0n ? null : swap;
}

function blockNumber(scale: ScaleReader): number {
  const at = scale.position;
  const block = scale.u64();
  if (block > BigInt(BLOCK_MAX)) throw new ScaleError('no block number', at);
  return Number(block);
}

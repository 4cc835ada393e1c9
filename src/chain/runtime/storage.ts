// The storage items that are read beside the runtime calls: values of the network, and a few of every subnet.
import { decodeScale, hexBytes, ScaleError } from '../scale.ts';
import type { ScaleReader } from '../scale.ts';
import { identityKey, storageKey } from '../storage-key.ts';

/** Raw answer: key → "0x…", null or missing when nothing is stored. */
export type StorageValues = ReadonlyMap<string, string | null>;

/** Null: not stored, so unknown. Blocks are counts or numbers of blocks, `at` epoch ms, `issuance` rao. */
export type NetworkValues = {
  block: number | null;
  at: number | null;
  issuance: bigint | null;
  immunityBlocks: number | null;
  subnetLimit: number | null;
  registrationPause: number | null;
  registrationStart: number | null;
  lastRegistration: number | null;
};

/** `emission` is the TAO (rao) that the block gave to the subnet: put into its pool, and spent on buying its alpha. */
export type SubnetValues = {
  registeredAt: number | null;
  movingPrice: number;
  emission: bigint;
  emissionOn: boolean;
  lastEpoch: number | null;
};

const subtensor = (item: string): string => storageKey('SubtensorModule', item);

/** Items: pallets/subtensor/src/lib.rs of https://github.com/RaoFoundation/subtensor. */
const NETWORK = {
  block: storageKey('System', 'Number'),
  at: storageKey('Timestamp', 'Now'),
  issuance: subtensor('TotalIssuance'),
  immunityBlocks: subtensor('NetworkImmunityPeriod'),
  subnetLimit: subtensor('SubnetLimit'),
  registrationPause: subtensor('NetworkRateLimit'),
  registrationStart: subtensor('NetworkRegistrationStartBlock'),
  /** Map entry RateLimitKey::NetworkLastRegistered, variant 2. */
  lastRegistration: identityKey(subtensor('LastRateLimitedBlock'), Uint8Array.of(2)),
} as const;
const SUBNET = {
  registeredAt: subtensor('NetworkRegisteredAt'),
  movingPrice: subtensor('SubnetMovingPrice'),
  taoIn: subtensor('SubnetTaoInEmission'),
  bought: subtensor('SubnetExcessTao'),
  emissionOn: subtensor('SubnetEmissionEnabled'),
  lastEpoch: subtensor('LastEpochBlock'),
} as const;

export const TIMESTAMP_KEY = NETWORK.at;
export const NETWORK_KEYS: readonly string[] = Object.values(NETWORK);

/** The keys of some subnets. */
export function subnetKeys(netuids: readonly number[]): string[] {
  return netuids.flatMap((netuid) => Object.values(SUBNET).map((prefix) => subnetKey(prefix, netuid)));
}

/** @throws ScaleError when a value does not have the form of its item */
export function readNetwork(values: StorageValues): NetworkValues {
  return {
    block: read(values, NETWORK.block, (scale) => scale.u32()),
    at: read(values, NETWORK.at, u64Number),
    issuance: read(values, NETWORK.issuance, (scale) => scale.u64()),
    immunityBlocks: read(values, NETWORK.immunityBlocks, u64Number),
    subnetLimit: read(values, NETWORK.subnetLimit, (scale) => scale.u16()),
    registrationPause: read(values, NETWORK.registrationPause, u64Number),
    registrationStart: read(values, NETWORK.registrationStart, u64Number),
    lastRegistration: read(values, NETWORK.lastRegistration, u64Number),
  };
}

/**
 * Values of one subnet, with the runtime's own defaults for what is not stored: zeros, and emission on.
 * @throws ScaleError when a value does not have the form of its item
 */
export function readSubnet(values: StorageValues, netuid: number): SubnetValues {
  const of = <T>(prefix: string, item: (scale: ScaleReader) => T): T | null =>
    read(values, subnetKey(prefix, netuid), item);
  const rao = (prefix: string): bigint => of(prefix, (scale) => scale.u64()) ?? 0n;
  return {
    registeredAt: of(SUBNET.registeredAt, u64Number),
    movingPrice: of(SUBNET.movingPrice, (scale) => scale.i96f32()) ?? 0,
    emission: rao(SUBNET.taoIn) + rao(SUBNET.bought),
    emissionOn: of(SUBNET.emissionOn, (scale) => scale.bool()) ?? true,
    lastEpoch: of(SUBNET.lastEpoch, u64Number),
  };
}

/** Block time of an answer to TIMESTAMP_KEY alone, epoch ms. */
export function decodeTimestamp(hex: string): number {
  return decodeScale(hexBytes(hex), u64Number);
}

function subnetKey(prefix: string, netuid: number): string {
  return identityKey(prefix, Uint8Array.of(netuid & 0xff, netuid >> 8));
}

function read<T>(values: StorageValues, key: string, item: (scale: ScaleReader) => T): T | null {
  const hex = values.get(key) ?? null;
  return hex === null ? null : decodeScale(hexBytes(hex), item);
}

/** A u64 that counts blocks or milliseconds. */
function u64Number(scale: ScaleReader): number {
  const at = scale.position;
  const value = scale.u64();
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ScaleError('neither blocks nor milliseconds', at);
  return Number(value);
}

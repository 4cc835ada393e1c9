// What the runtime tells about every subnet at once (its DynamicInfo), in the one layout that is known; any other is refused.
import { decodeScaleInTurns, ScaleError } from '../scale.ts';
import type { ScaleReader } from '../scale.ts';
import { BLOCK_MAX, MOST_RAO, ROOT, U16_MAX } from './calls.ts';

/** Texts exactly as their owner wrote them: hostile until cleaned. */
type RawIdentity = {
  name: string;
  github: string;
  url: string;
  discord: string;
  description: string;
};

/** Amounts in rao. `volume` is the TAO of all buys and sells since the start; emissions are those of one block. */
export type SubnetDetails = {
  netuid: number;
  name: string;
  symbol: string;
  tempo: number;
  lastStep: number;
  taoIn: bigint;
  alphaIn: bigint;
  alphaOut: bigint;
  volume: bigint;
  registeredAt: number;
  movingPrice: number;
  identity: RawIdentity | null;
};

const U128_MAX = 2n ** 128n - 1n;
const MOST_SUBNETS = 1_024;
/** A few milliseconds of work in a process that has just started, where the first reading is the slowest. */
const SLICE = 16;
/** The runtime caps the price that feeds the moving price at 1 TAO; a pool may have been above it before. */
const MOST_MOVING_PRICE = 1_000;

/**
 * All subnets as of `block`, root included: all of them or none, read in slices so that others get their turn.
 * @throws ScaleError when the layout is another one, or when numbers contradict each other: an upgrade may have added a field
 */
export async function decodeDetails(bytes: Uint8Array, block: number): Promise<SubnetDetails[]> {
  const rows = await decodeScaleInTurns(bytes, (scale) =>
    scale.vectorInTurns(() => scale.option(() => dynamicInfo(scale, block)), SLICE),
  );
  const found = rows.filter((row) => row !== null);
  if (found.length === 0 || found.length > MOST_SUBNETS) throw new ScaleError(`${found.length} subnets`, 0);
  if (new Set(found.map(({ netuid }) => netuid)).size < found.length) throw new ScaleError('a netuid twice', 0);
  return found;
}

/** Field order: pallets/subtensor/src/rpc_info/dynamic_info.rs of https://github.com/RaoFoundation/subtensor (commit 2e61e668). */
function dynamicInfo(scale: ScaleReader, block: number): SubnetDetails {
  const from = scale.position;
  const netuid = scale.compactNumber(U16_MAX);
  scale.fixed(64); // owner's hotkey and coldkey
  const name = scale.compactText();
  const symbol = scale.compactText();
  const tempo = scale.compactNumber(U16_MAX);
  const lastStep = scale.compactNumber(BLOCK_MAX);
  const sinceLastStep = scale.compactNumber(BLOCK_MAX);
  scale.compact(); // emission, always 0
  const [alphaIn, alphaOut, taoIn] = [scale.compact(), scale.compact(), scale.compact()];
  for (let skipped = 0; skipped < 5; skipped++) scale.compact(); // emissions of the block and what is pending
  const volume = scale.compact(U128_MAX);
  const registeredAt = scale.compactNumber(BLOCK_MAX);
  const identity = scale.option(() => subnetIdentity(scale));
  const movingPrice = scale.i96f32();

  // The runtime computes the one from the other, so this holds in every row that was read at the right place.
  // A node may run the call on top of the block, which counts as the next one.
  const asOf = lastStep + sinceLastStep;
  if (asOf !== block && asOf !== block + 1) throw new ScaleError(`netuid ${netuid} is not as of block ${block}`, from);
  if (registeredAt > block) throw new ScaleError(`netuid ${netuid} registered after block ${block}`, from);
  if (netuid !== ROOT && [alphaIn, alphaOut, taoIn].some((rao) => rao > MOST_RAO))
    throw new ScaleError(`more than can exist in netuid ${netuid}`, from);
  if (movingPrice < 0 || movingPrice > MOST_MOVING_PRICE)
    throw new ScaleError(`moving price of netuid ${netuid}`, from);
  return {
    netuid,
    name,
    symbol,
    tempo,
    lastStep,
    taoIn,
    alphaIn,
    alphaOut,
    volume,
    registeredAt,
    movingPrice,
    identity,
  };
}

/** SubnetIdentityV3: eight byte vectors. */
function subnetIdentity(scale: ScaleReader): RawIdentity {
  const [name, github] = [scale.text(), scale.text()];
  scale.skipText(); // contact of the owner: an e-mail address is nobody's business here
  const [url, discord, description] = [scale.text(), scale.text(), scale.text()];
  scale.skipText(); // logo
  scale.skipText(); // additional
  return { name, github, url, discord, description };
}

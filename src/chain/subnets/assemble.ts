// Puts the parts that were read at different times together to what people see; everything derived is computed here.
import { BLOCKS_PER_DAY, emissionPerBlockRao, taoOf } from '../../base/tao.ts';
import { HOUR } from '../../base/clock.ts';
import { ROOT } from '../runtime/calls.ts';
import { identityOf, unknownIdentity } from './identity.ts';
import { registeredAt, registrationKey } from './parts.ts';
import type { Parts, Past } from './parts.ts';
import type { RemovedSubnet, Subnet, SubnetNetwork, SubnetSnapshot } from './port.ts';

/** The answers of the runtime that are read every five minutes are forgotten when they stay away for so long. */
const OLDEST_ANSWER_MS = 1_800_000;
/** Pool figures older than this are not shown beside a fresh price. */
const OLDEST_FIGURES_MS = HOUR;
/** 7,200 blocks a day. */
const REMOVED_KEPT_BLOCKS = 7 * BLOCKS_PER_DAY;
/** The parts that subnets received must add up to the emission of the block, give or take what the pools held back. */
const EMISSION_TOLERANCE = 0.1;
const NO_PAST: Past = { h24: null, d7: null, d30: null, volume24hAgo: null };

export function assemble(parts: Parts): SubnetSnapshot {
  const { reading, details, layoutKnown } = parts;
  const netuids = [...reading.prices.keys()].filter((netuid) => netuid !== ROOT).sort((left, right) => left - right);
  const ranks = removalRanks(parts, netuids);
  const emissions = emissionShares(parts, netuids);
  const old = new Map(parts.previous?.subnets.map((subnet) => [subnet.netuid, subnet]));
  const subnets = netuids.map((netuid): Subnet => {
    const registered = registeredAt(parts, netuid);
    const known = { removalRank: ranks.get(netuid) ?? null, emissionShare: emissions?.get(netuid) ?? null };
    return { ...subnetOf(parts, netuid, registered, old.get(netuid)), ...known };
  });
  return {
    block: reading.block,
    blockHash: reading.hash,
    blockAt: reading.blockAt,
    readAt: parts.readAt,
    source: reading.node.name,
    completeness: layoutKnown && details !== null ? 'full' : 'prices',
    detailsAt: details?.at ?? parts.previous?.detailsAt ?? null,
    subnets,
    removed: removedSince(parts.previous, subnets, reading.block),
    network: networkOf(parts),
  };
}

/** What the reading before had and this one has not: a number that is gone, or that a later registration took. */
function removedSince(previous: SubnetSnapshot | null, subnets: readonly Subnet[], block: number): RemovedSubnet[] {
  if (previous === null) return [];
  const present = new Map(subnets.map(({ netuid, registeredAtBlock }) => [netuid, registeredAtBlock]));
  const isGone = ({ netuid, registeredAtBlock }: Pick<RemovedSubnet, 'netuid' | 'registeredAtBlock'>): boolean => {
    const now = present.get(netuid);
    return now === undefined || (now !== null && now > registeredAtBlock);
  };
  const before = previous.subnets.flatMap(({ netuid, name, registeredAtBlock }) =>
    registeredAtBlock === null ? [] : [{ netuid, name, registeredAtBlock, block }],
  );
  const known = new Set(previous.removed.map((one) => registrationKey(one.netuid, one.registeredAtBlock)));
  const fresh = before.filter((one) => isGone(one) && !known.has(registrationKey(one.netuid, one.registeredAtBlock)));
  return [...previous.removed, ...fresh].filter((one) => isGone(one) && block - one.block <= REMOVED_KEPT_BLOCKS);
}

function subnetOf(
  parts: Parts,
  netuid: number,
  registered: number | null,
  old: Subnet | undefined,
): Omit<Subnet, 'removalRank' | 'emissionShare'> {
  const { reading } = parts;
  const row = parts.details?.rows.get(netuid);
  const details = row?.registeredAt === registered ? row : undefined; // else of the subnet that had the number before
  const value = parts.values?.rows.get(netuid);
  const values = value?.registeredAt === registered ? value : undefined;
  const figures =
    details !== undefined && reading.blockAt - (parts.details?.at ?? 0) <= OLDEST_FIGURES_MS ? details : null;
  const price = reading.prices.get(netuid) ?? 0;
  const past = (registered === null ? null : parts.past.get(registrationKey(netuid, registered))) ?? NO_PAST;
  const supply = figures === null ? null : figures.alphaIn + figures.alphaOut;
  const remembered = old !== undefined && registered !== null && old.registeredAtBlock === registered ? old : undefined;
  const tempo = details?.tempo ?? remembered?.tempo ?? null;
  return {
    netuid,
    ...(details === undefined ? identityFrom(remembered, netuid) : identityOf(details)),
    priceTao: price > 0 ? taoOf(price) : null,
    change: { h24: change(price, past.h24), d7: change(price, past.d7), d30: change(price, past.d30) },
    marketCapTao: price > 0 && supply !== null ? taoOf(price) * taoOf(supply) : null,
    taoIn: figures === null ? null : taoOf(figures.taoIn),
    alphaIn: figures === null ? null : taoOf(figures.alphaIn),
    alphaOut: figures === null ? null : taoOf(figures.alphaOut),
    volume24hTao: figures === null ? null : grown(past.volume24hAgo, taoOf(figures.volume)),
    emissionOn: values?.emissionOn ?? null,
    registeredAtBlock: registered,
    protectedUntilBlock: protectedUntil(parts, registered),
    movingPriceTao: values?.movingPrice ?? details?.movingPrice ?? null,
    tempo,
    nextEpochBlock: nextEpoch(values?.lastEpoch ?? null, tempo, reading.block),
  };
}

function identityFrom(remembered: Subnet | undefined, netuid: number): ReturnType<typeof unknownIdentity> {
  if (remembered === undefined) return unknownIdentity(netuid);
  const { name, symbol, description, links } = remembered;
  return { name, symbol, description, links };
}

/**
 * Places by lowest moving price, then earliest registration, among those that are past their protection: the order in which
 * get_network_to_prune (pallets/subtensor/src/coinbase/root.rs) looks for the one to remove. What the runtime itself names comes first.
 */
function removalRanks(parts: Parts, netuids: readonly number[]): ReadonlyMap<number, number> {
  const { reading } = parts;
  const next = pruneTargetOf(parts);
  if (reading.network.immunityBlocks === null) return new Map();
  const open = netuids.flatMap((netuid) => {
    const registered = registeredAt(parts, netuid);
    const price = parts.values?.rows.get(netuid)?.movingPrice ?? parts.details?.rows.get(netuid)?.movingPrice;
    const known = registered !== null && price !== undefined && protectedUntil(parts, registered) === null;
    return known ? [{ netuid, registered, price: netuid === next ? -1 : price }] : [];
  });
  open.sort((left, right) => left.price - right.price || left.registered - right.registered);
  return new Map(open.map(({ netuid }, place) => [netuid, place + 1]));
}

/** Part of the block's TAO that each subnet received, pool and purchases together; null when the whole does not fit. */
function emissionShares(parts: Parts, netuids: readonly number[]): ReadonlyMap<number, number> | null {
  const { values, reading } = parts;
  const { issuance } = reading.network;
  const minted = parts.blockEmission ?? (issuance === null ? null : emissionPerBlockRao(issuance));
  if (values === null || minted === null || minted === 0n) return null;
  const received = new Map(netuids.map((netuid) => [netuid, Number(values.rows.get(netuid)?.emission ?? 0n)]));
  const whole = [...received.values()].reduce((sum, rao) => sum + rao, 0);
  if (Math.abs(whole / Number(minted) - 1) > EMISSION_TOLERANCE) return null;
  return new Map([...received].map(([netuid, rao]) => [netuid, rao / whole]));
}

function networkOf(parts: Parts): SubnetNetwork {
  const { reading, registrationCost, jump } = parts;
  const { issuance, immunityBlocks, subnetLimit, registrationPause, registrationStart, lastRegistration } =
    reading.network;
  const emission = parts.blockEmission ?? (issuance === null ? null : emissionPerBlockRao(issuance));
  const known = registrationPause !== null && lastRegistration !== null;
  const opensAt = known ? Math.max(lastRegistration + registrationPause, registrationStart ?? 0) : null;
  return {
    issuanceTao: issuance === null ? null : taoOf(issuance),
    issuanceJump: jump,
    blockEmissionTao: emission === null ? null : taoOf(emission),
    registrationCostTao: isRecent(registrationCost, reading.blockAt) ? taoOf(registrationCost.rao) : null,
    registrationOpen: opensAt === null ? null : reading.block >= opensAt,
    registrationOpensAtBlock: opensAt,
    subnetLimit,
    immunityBlocks,
    pruneTarget: pruneTargetOf(parts),
  };
}

/** What the runtime named may be gone since then, and its number taken by a subnet that is protected. */
function pruneTargetOf(parts: Parts): number | null {
  const { pruneTarget, reading } = parts;
  if (!isRecent(pruneTarget, reading.blockAt) || pruneTarget.netuid === null) return null;
  const isTaken = protectedUntil(parts, registeredAt(parts, pruneTarget.netuid)) !== null;
  return isTaken || !reading.prices.has(pruneTarget.netuid) ? null : pruneTarget.netuid;
}

function isRecent<T extends { at: number }>(part: T | null, now: number): part is T {
  return part !== null && now - part.at <= OLDEST_ANSWER_MS;
}

function protectedUntil({ reading }: Parts, registered: number | null): number | null {
  const { immunityBlocks } = reading.network;
  if (registered === null || immunityBlocks === null) return null;
  const until = registered + immunityBlocks;
  return until > reading.block ? until : null;
}

function nextEpoch(last: number | null, tempo: number | null, block: number): number | null {
  if (last === null || tempo === null || tempo === 0) return null;
  const missed = Math.max(0, Math.floor((block - last) / tempo)); // the last one known is up to ten minutes old
  return last + (missed + 1) * tempo;
}

function change(price: number, before: number | null): number | null {
  return price > 0 && before !== null && before > 0 ? (price / before - 1) * 100 : null;
}

function grown(before: number | null, after: number): number | null {
  return before !== null && after >= before ? after - before : null;
}

// Reads one finalized block from one node: what block it is, then the prices of all subnets and one thing that moves slowly.
import { z } from 'zod';
import type { RpcNode, RpcOutcome } from '../rpc/node.ts';
import {
  CALLS,
  decodeAmount,
  decodePrices,
  decodePruneTarget,
  NO_ARGUMENTS,
  PRICES_RPC,
  priceTable,
} from '../runtime/calls.ts';
import { decodeDetails } from '../runtime/details.ts';
import type { SubnetDetails } from '../runtime/details.ts';
import { NETWORK_KEYS, readNetwork, readSubnet, subnetKeys } from '../runtime/storage.ts';
import type { NetworkValues, SubnetValues } from '../runtime/storage.ts';
import { hexBytes, ScaleError } from '../scale.ts';
import type { Turn } from './turns.ts';

/** A finalized block and what its storage says. `values` is null when they were not asked for. */
export type BlockReading = {
  node: RpcNode;
  hash: string;
  block: number;
  blockAt: number;
  network: NetworkValues;
  values: ReadonlyMap<number, SubnetValues> | null;
};

/** An answer to the call whose turn it was; `unknown`: it came, but in a layout that we do not know. */
export type SlowReading =
  | { turn: 'details'; details: readonly SubnetDetails[] }
  | { turn: 'pruneTarget'; netuid: number | null }
  | { turn: 'registrationCost' | 'blockEmission'; rao: bigint }
  | { turn: Turn; unknown: string }
  | { turn: Turn; failed: string };

/** The whole of a reading. Prices in rao per alpha, root included, zero where the runtime has none. */
export type MarketReading = BlockReading & { prices: ReadonlyMap<number, number>; slow: SlowReading | null };

const HASH = /^0x[0-9a-f]{64}$/iu;
export const Hash = z
  .string()
  .regex(HASH)
  .transform((hash) => hash.toLowerCase());
const Hex = z.string().startsWith('0x');
const Storage = z
  .array(z.object({ block: Hash, changes: z.array(z.tuple([z.string(), z.string().nullable()])) }))
  .length(1)
  .transform(([answer]) => answer);
const PriceRows = z.array(
  z.object({ netuid: z.number().int().min(0).max(65_535), price: z.union([z.int(), z.string().regex(/^\d{1,20}$/u)]) }),
);
/** Details of 128 subnets are about 100 kB; owners can write a lot. */
export const CALL_BYTES = 1_000_000;
const DETAILS_DEADLINE_MS = 10_000;

export async function readHead(node: RpcNode): Promise<RpcOutcome<string>> {
  return node.call({ method: 'chain_getFinalizedHead', params: [], result: Hash });
}

/** The hash that the node has for a block number; null when it does not know the block. */
export async function readHashOf(node: RpcNode, block: number): Promise<RpcOutcome<string | null>> {
  return node.call({ method: 'chain_getBlockHash', params: [block], result: Hash.nullable() });
}

/** `netuids`: the subnets whose storage values are wanted too; null for none. */
export async function readBlock(
  node: RpcNode,
  hash: string,
  netuids: readonly number[] | null,
): Promise<RpcOutcome<BlockReading>> {
  const keys = [...NETWORK_KEYS, ...subnetKeys(netuids ?? [])];
  const answer = await node.call({ method: 'state_queryStorageAt', params: [keys, hash], result: Storage });
  if (answer.kind !== 'ok') return answer;
  if (answer.data?.block !== hash) return { kind: 'failed', reason: `${node.name} answered for another block` };
  const stored = new Map(answer.data.changes);
  return decoded(node, 'state_queryStorageAt', () => {
    const network = readNetwork(stored);
    const { block, at } = network;
    if (block === null || at === null) throw new ScaleError('a block without number or time', 0);
    const values = netuids === null ? null : new Map(netuids.map((netuid) => [netuid, readSubnet(stored, netuid)]));
    return { node, hash, block, blockAt: at, network, values };
  });
}

/** Prices as of a block: the node's own RPC first, the runtime call where there is none. */
export async function readPrices(node: RpcNode, hash: string): Promise<RpcOutcome<ReadonlyMap<number, number>>> {
  const rows = await node.call({ method: PRICES_RPC, params: [hash], result: PriceRows });
  if (rows.kind === 'ok') {
    const table = decoded(node, PRICES_RPC, () =>
      priceTable(rows.data.map(({ netuid, price }) => [netuid, BigInt(price)] as const)),
    );
    if (table.kind === 'ok') return table;
  }
  return readPricesByCall(node, hash);
}

/** The same without the node's own RPC. */
export async function readPricesByCall(node: RpcNode, hash: string): Promise<RpcOutcome<ReadonlyMap<number, number>>> {
  const answer = await runtimeCall(node, CALLS.prices, NO_ARGUMENTS, hash);
  return answer.kind === 'ok' ? decoded(node, CALLS.prices, () => decodePrices(hexBytes(answer.data))) : answer;
}

export async function runtimeCall(
  node: RpcNode,
  name: string,
  argumentsHex: string,
  hash: string,
): Promise<RpcOutcome<string>> {
  return node.call({
    method: 'state_call',
    params: [name, argumentsHex, hash],
    result: Hex,
    maxBytes: CALL_BYTES,
    deadlineMs: DETAILS_DEADLINE_MS,
  });
}

/** Never fails as a whole: a slow value that did not come is tried again later. */
export async function readSlow(node: RpcNode, { hash, block }: BlockReading, turn: Turn): Promise<SlowReading> {
  const answer = await runtimeCall(node, CALLS[turn], NO_ARGUMENTS, hash);
  if (answer.kind === 'absent') return { turn, failed: `${node.name} has no state_call` };
  if (answer.kind === 'failed') return { turn, failed: answer.reason };
  try {
    const bytes = hexBytes(answer.data);
    if (turn === 'details') return { turn, details: await decodeDetails(bytes, block) };
    return turn === 'pruneTarget' ? { turn, netuid: decodePruneTarget(bytes) } : { turn, rao: decodeAmount(bytes) };
  } catch (error) {
    if (error instanceof ScaleError) return { turn, unknown: error.message };
    throw error;
  }
}

/** A ScaleError as an outcome; anything else is our own bug and thrown on. */
export function decoded<T>(node: RpcNode, method: string, decode: () => T): RpcOutcome<T> {
  try {
    return { kind: 'ok', data: decode() };
  } catch (error) {
    if (!(error instanceof ScaleError)) throw error;
    return { kind: 'failed', reason: `${node.name} answered ${method} in an unknown form (${error.message})` };
  }
}

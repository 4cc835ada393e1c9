// What is known of the market at one moment: parts that were read at different times, and how a new reading changes them.
import { raoOf, taoOf } from '../../base/tao.ts';
import { impossibleMove } from '../issuance.ts';
import type { SubnetDetails } from '../runtime/details.ts';
import type { SubnetValues } from '../runtime/storage.ts';
import type { HistoryRow, IssuanceJump, SubnetSnapshot } from './port.ts';
import type { MarketReading } from './read.ts';

/** Earlier prices (rao) and running volume (TAO) of one registration; null where no reading is near enough. */
export type Past = { h24: number | null; d7: number | null; d30: number | null; volume24hAgo: number | null };

/** Everything known; `at` is the time of the block of that part. */
export type Parts = {
  reading: MarketReading;
  readAt: number;
  details: { at: number; rows: ReadonlyMap<number, SubnetDetails> } | null;
  values: { at: number; rows: ReadonlyMap<number, SubnetValues> } | null;
  layoutKnown: boolean;
  pruneTarget: { at: number; netuid: number | null } | null;
  registrationCost: { at: number; rao: bigint } | null;
  blockEmission: bigint | null;
  jump: IssuanceJump | null;
  past: ReadonlyMap<string, Past>;
  previous: SubnetSnapshot | null;
};

/** One registration of a netuid, for good. */
export function registrationKey(netuid: number, registeredAt: number): string {
  return `${netuid}:${registeredAt}`;
}

/** When a subnet was registered, from the newer of the two sources; null when neither knows. */
export function registeredAt({ details, values }: Pick<Parts, 'details' | 'values'>, netuid: number): number | null {
  const known = [details?.rows.get(netuid)?.registeredAt, values?.rows.get(netuid)?.registeredAt];
  const blocks = known.filter((block) => block !== undefined && block !== null);
  return blocks.length === 0 ? null : Math.max(...blocks); // a reused number was registered later
}

/** The parts with a new reading: what was not asked for this time stays as it was. */
export function withReading(
  before: Parts | null,
  reading: MarketReading,
  last: SubnetSnapshot | null,
  readAt: number,
): Parts {
  const { slow, block, blockAt } = reading;
  const issuance = reading.network.issuance;
  const lastTao = last?.network.issuanceTao ?? null;
  const earlier = before?.reading.network.issuance ?? (lastTao === null ? null : raoOf(lastTao));
  const base = { block: before?.reading.block ?? last?.block ?? 0, issuance: earlier ?? 0n };
  const excess = earlier === null || issuance === null ? 0n : impossibleMove(base, { block, issuance });
  const jump = { fromBlock: base.block, toBlock: block, amountTao: taoOf(excess) };
  const parts: Parts = {
    details: null,
    layoutKnown: true,
    pruneTarget: null,
    registrationCost: null,
    blockEmission: null,
    past: new Map(),
    ...before,
    reading,
    readAt,
    values: reading.values === null ? (before?.values ?? null) : { at: blockAt, rows: reading.values },
    jump: excess === 0n ? (before?.jump ?? last?.network.issuanceJump ?? null) : jump,
    previous: last,
  };
  if (slow === null || 'failed' in slow) return parts;
  if ('unknown' in slow) return slow.turn === 'details' ? { ...parts, layoutKnown: false } : parts;
  if (slow.turn === 'pruneTarget') return { ...parts, pruneTarget: { at: blockAt, netuid: slow.netuid } };
  if (slow.turn === 'details') {
    const rows = new Map(slow.details.map((row) => [row.netuid, row]));
    return { ...parts, layoutKnown: true, details: { at: blockAt, rows } };
  }
  if (slow.turn === 'blockEmission') return { ...parts, blockEmission: slow.rao };
  return { ...parts, registrationCost: { at: blockAt, rao: slow.rao } };
}

/** Whether a subnet came or went, or a registration was taken: names and registrations must be read again. */
export function marketChanged(before: MarketReading, after: MarketReading): boolean {
  return (
    before.network.lastRegistration !== after.network.lastRegistration ||
    isReused(before, after) ||
    [...after.prices.keys()].join() !== [...before.prices.keys()].join()
  );
}

/** Whether both readings tell registrations, and a number has another one now. */
function isReused(before: MarketReading, after: MarketReading): boolean {
  return [...(after.values ?? [])].some(([netuid, { registeredAt: since }]) => {
    const known = before.values?.get(netuid);
    return known !== undefined && known.registeredAt !== since;
  });
}

export function historyRows(parts: Parts): HistoryRow[] {
  return [...parts.reading.prices].flatMap(([netuid, priceRao]): HistoryRow[] => {
    const registered = registeredAt(parts, netuid);
    if (registered === null || registered === 0 || priceRao === 0) return [];
    const details = parts.details?.rows.get(netuid);
    const volume = details?.registeredAt === registered ? taoOf(details.volume) : null;
    return [{ netuid, registeredAt: registered, priceRao, volumeTao: volume }];
  });
}

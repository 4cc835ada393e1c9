// A subnet market from made-up samples, for demonstrations without internet: names are real, every figure is sample data and says so.
import { BLOCKS_PER_DAY } from '../base/tao.ts';
import { RANGE_LENGTHS } from '../base/ranges.ts';
import { findSubnets } from '../chain/subnets/find.ts';
import type { Subnet, Subnets, SubnetRange, SubnetSnapshot, SwapDirection } from '../chain/subnets/port.ts';
import { sampleClock } from './clock.ts';
import sample from './subnets.json' with { type: 'json' };

const SOURCE = 'sample data';
const FEE = 33 / 65_535;
const POINTS = 120;

type Row = (typeof sample.subnets)[number];

/** Always the same dozen subnets, as of now. */
export function createSampleSubnets(now: () => number): Subnets {
  const clock = sampleClock(now);
  let snapshot = sampleSnapshot(clock());
  const latest = (): SubnetSnapshot => {
    if (clock() !== snapshot.blockAt) snapshot = sampleSnapshot(clock());
    return snapshot;
  };
  const subnetOf = (netuid: number): Subnet | undefined => snapshot.subnets.find((subnet) => subnet.netuid === netuid);
  return {
    start: () => undefined,
    snapshot: () => Promise.resolve({ snapshot: latest() }),
    find: (text) => findSubnets(snapshot.subnets, text),
    history(netuid, range) {
      const subnet = subnetOf(netuid);
      if (subnet === undefined)
        return Promise.resolve({ points: null, reason: 'the sample data does not hold this subnet' });
      return Promise.resolve({
        points: line(subnet, range, clock()),
        registeredAtBlock: subnet.registeredAtBlock ?? 0,
      });
    },
    swapQuote(netuid, direction, amount) {
      const subnet = subnetOf(netuid);
      const known = subnet !== undefined && Number.isFinite(amount) && amount > 0;
      return Promise.resolve(
        known
          ? { quote: swap(subnet, direction, amount, clock()) }
          : { quote: null, reason: 'the sample data gives no quote for that' },
      );
    },
    nextEpoch: (netuid) => Promise.resolve(subnetOf(netuid)?.nextEpochBlock ?? null),
    status: () => ({ nodes: [], archive: 'off', blockAt: clock() }),
    close: () => Promise.resolve(),
  };
}

function sampleSnapshot(at: number): SubnetSnapshot {
  return {
    block: sample.block,
    blockHash: `0x${'0'.repeat(64)}`,
    blockAt: at,
    readAt: at,
    source: SOURCE,
    completeness: 'full',
    detailsAt: at,
    subnets: sample.subnets.map(toSubnet),
    removed: [],
    network: {
      issuanceTao: 11_347_000,
      issuanceJump: null,
      blockEmissionTao: 0.5,
      registrationCostTao: 960,
      registrationOpen: true,
      registrationOpensAtBlock: sample.block - 3_000,
      subnetLimit: 128,
      immunityBlocks: 864_000,
      pruneTarget: sample.subnets.find(({ removalRank }) => removalRank === 1)?.netuid ?? null,
    },
  };
}

function toSubnet(row: Row): Subnet {
  const registered = sample.block - row.ageDays * BLOCKS_PER_DAY;
  const until = registered + 864_000;
  return {
    netuid: row.netuid,
    name: row.name,
    symbol: row.symbol,
    description: row.description,
    links: {
      site: row.site === null ? null : { href: `https://${row.site}/`, domain: row.site },
      github: null,
      discord: null,
    },
    priceTao: row.price,
    change: { h24: row.h24, d7: row.d7, d30: row.d30 },
    marketCapTao: row.price * (row.alphaIn + row.alphaOut),
    taoIn: row.price * row.alphaIn,
    alphaIn: row.alphaIn,
    alphaOut: row.alphaOut,
    volume24hTao: row.volume,
    emissionShare: row.emissionShare,
    emissionOn: row.emissionOn,
    registeredAtBlock: registered,
    protectedUntilBlock: until > sample.block ? until : null,
    removalRank: row.removalRank,
    movingPriceTao: row.price * 0.97,
    tempo: 360,
    nextEpochBlock: sample.block + 20 + row.netuid,
  };
}

/** A made-up but always equal line that ends at the price and spans what the change says. */
function line({ netuid, priceTao, change }: Subnet, range: SubnetRange, at: number): (readonly [number, number])[] {
  const price = priceTao ?? 0;
  const percent = { '24h': change.h24, '7d': change.d7, '30d': change.d30, '90d': change.d30 }[range] ?? 0;
  const from = price / (1 + percent / 100);
  const stepMs = RANGE_LENGTHS[range].ms / POINTS;
  return Array.from({ length: POINTS + 1 }, (_, index) => {
    const part = index / POINTS;
    const wave = Math.sin(part * Math.PI * 4 + netuid) * Math.sin(part * Math.PI) * 0.03;
    return [Math.round(at - (POINTS - index) * stepMs), (from + (price - from) * part) * (1 + wave)] as const;
  });
}

/** Constant product with the network's usual fee: good enough to show what a quote looks like. */
function swap({ netuid, priceTao, taoIn, alphaIn }: Subnet, direction: SwapDirection, paid: number, at: number) {
  const spotTao = priceTao ?? 0;
  const [into, outOf] = direction === 'buy' ? [taoIn ?? 0, alphaIn ?? 0] : [alphaIn ?? 0, taoIn ?? 0];
  const rate = direction === 'buy' ? 1 / spotTao : spotTao;
  const fee = paid * FEE;
  const received = (outOf * (paid - fee)) / (into + paid - fee);
  const impact = (paid - fee) * rate - received;
  const of = { block: sample.block, blockAt: at, source: SOURCE, partly: false };
  return { netuid, direction, spotTao, paid, fee, received, atSpot: paid * rate, impact, ...of };
}

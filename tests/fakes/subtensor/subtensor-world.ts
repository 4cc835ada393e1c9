// A Bittensor chain in memory for fake nodes: blocks by the clock, subnets with moving prices, storage and runtime calls in the chain's encoding.
//
//   const world = createWorld({ now: () => clock.now });
//   world.subnet(64).name = 'Chutes'; world.price = (netuid, block) => 1_000_000; world.register(12);
import { createHash } from 'node:crypto';
import { storageKey } from '../../../src/chain/storage-key.ts';
import { compact, compactText, hex, i96f32, little, option, plainText, vector } from '../../chain/encode.ts';

export const BLOCK_MS = 12_000;
/** Block and time of the recorded figures: SN1 6,562,800 rao, SN92 1,348,210 rao and next to go, emission 500,000,000. */
export const FIRST_BLOCK = 9_240_388;
export const FIRST_AT = Date.parse('2026-10-08T12:00:00Z');
const RAO = 1_000_000_000n;

export type FakeSubnet = {
  netuid: number;
  name: string;
  symbol: string;
  registeredAt: number;
  tempo: number;
  taoIn: bigint;
  alphaIn: bigint;
  alphaOut: bigint;
  volume: bigint;
  movingPrice: number;
  taoInEmission: bigint;
  bought: bigint;
  emissionOn: boolean | null;
  lastEpoch: number;
  identity: Record<
    'name' | 'github' | 'contact' | 'url' | 'discord' | 'description' | 'logo' | 'additional',
    string
  > | null;
};

export type World = ReturnType<typeof createWorld>;

/** `fork` makes another chain with other hashes. */
export function createWorld({ now, fork = 'finney' }: { now: () => number; fork?: string }) {
  const blocks = new Map<string, number>();
  const world = {
    fork,
    subnets: Array.from({ length: 128 }, (_, index) => freshSubnet(index + 1)),
    /** Rao per alpha. */
    price: (netuid: number, block: number): number => {
      if (netuid === 0) return 1e9;
      const base = netuid === 1 ? 6_562_800 : netuid === 92 ? 1_348_210 : 2_000_000 + netuid * 100_000;
      return Math.round(base * (1 + (block - FIRST_BLOCK) / 1e6));
    },
    /** Rao; `extraIssuance` is what an upgrade minted beside the blocks. */
    extraIssuance: 0n,
    emission: 500_000_000n,
    registrationCost: 962_890_000_000n,
    pruneTarget: 92 as number | null,
    immunityBlocks: 864_000 as number | null,
    lastRegistration: 9_210_610 as number | null,
    /** Pools take no more than this of a swap, in the unit that is paid; null: all of it. */
    poolsTake: null as bigint | null,
    /** The chain stands still at this block. */
    stalledAt: null as number | null,
    /** The runtime has a field more than the layout that we know. */
    upgraded: false,
    timeAt: (block: number): number => FIRST_AT + (block - FIRST_BLOCK) * BLOCK_MS,
    final(): number {
      const due = FIRST_BLOCK + Math.floor((now() - FIRST_AT) / BLOCK_MS);
      return world.stalledAt === null ? due : Math.min(due, world.stalledAt);
    },
    hashOf(block: number): string {
      const hash = `0x${createHash('sha256').update(`${world.fork} ${block}`).digest('hex')}`;
      blocks.set(hash, block);
      return hash;
    },
    blockOf: (hash: string): number | undefined => blocks.get(hash),
    subnet(netuid: number): FakeSubnet {
      const found = world.subnets.find((subnet) => subnet.netuid === netuid);
      if (found === undefined) throw new Error(`no subnet ${netuid}`);
      return found;
    },
    /** Removes what has the number and registers a new subnet with it now. */
    register(netuid: number): void {
      const registeredAt = world.final();
      const subnet = { ...freshSubnet(netuid), name: `New ${netuid}`, registeredAt, movingPrice: 0, volume: 0n };
      world.subnets = [...world.subnets.filter((one) => one.netuid !== netuid), subnet];
      world.subnets.sort((left, right) => left.netuid - right.netuid);
      world.lastRegistration = registeredAt;
    },
    prices: (block: number): [number, number][] => [
      [0, 1e9],
      ...world.subnets.map(({ netuid }): [number, number] => [netuid, world.price(netuid, block)]),
    ],
    storage: (key: string, block: number): string | null => storageOf(world, key, block),
    call: (name: string, argument: string, block: number): string | null => runtimeCall(world, name, argument, block),
  };
  return world;
}

function freshSubnet(netuid: number): FakeSubnet {
  const identity = {
    name: `Subnet name ${netuid}`,
    github: `https://github.com/example/sn${netuid}`,
    contact: 'me@example.org',
  };
  return {
    netuid,
    name: `Subnet name ${netuid}`,
    symbol: String.fromCodePoint(0x3b0 + (netuid % 20) + 1),
    registeredAt: netuid === 92 ? 8_352_006 : 4_920_351 + netuid * 1_000,
    tempo: 360,
    taoIn: (1_000n + BigInt(netuid) * 100n) * RAO,
    alphaIn: 2_000_000n * RAO,
    alphaOut: 3_000_000n * RAO,
    volume: 500_000n * RAO,
    movingPrice: netuid === 92 ? 0.001_36 : 0.002 + netuid / 10_000,
    taoInEmission: 1_906_250n, // with `bought` a 128th of the block's half TAO
    bought: 2_000_000n,
    emissionOn: null,
    lastEpoch: FIRST_BLOCK - netuid,
    identity: {
      ...identity,
      url: `example-${netuid}.org`,
      discord: 'https://discord.gg/example',
      description: `What subnet ${netuid} does.`,
      logo: '',
      additional: '',
    },
  };
}

const ROOT: FakeSubnet = {
  ...freshSubnet(0),
  name: 'root',
  symbol: 'Τ',
  registeredAt: 0,
  tempo: 100,
  taoIn: 5_450_000n * RAO,
  alphaIn: 2n ** 60n,
  identity: null,
};

/** DynamicInfo in the field order of the runtime. */
export function dynamicInfo(subnet: FakeSubnet, block: number): Buffer {
  const lastStep = subnet.lastEpoch;
  return Buffer.concat([
    compact(subnet.netuid),
    Buffer.alloc(32, subnet.netuid),
    Buffer.alloc(32, 7),
    compactText(subnet.name),
    compactText(subnet.symbol),
    ...[subnet.tempo, lastStep, Math.max(0, block - lastStep), 0].map((value) => compact(value)),
    ...[subnet.alphaIn, subnet.alphaOut, subnet.taoIn, RAO, RAO / 2n, subnet.taoInEmission, 360n * RAO, 0n].map(
      compact,
    ),
    compact(subnet.volume),
    compact(subnet.registeredAt),
    option(subnet.identity === null ? null : identity(subnet.identity)),
    i96f32(subnet.movingPrice),
  ]);
}

function identity(fields: NonNullable<FakeSubnet['identity']>): Buffer {
  const { name, github, contact, url, discord, description, logo, additional } = fields;
  return Buffer.concat([name, github, contact, url, discord, description, logo, additional].map(plainText));
}

function runtimeCall(world: World, name: string, argument: string, block: number): string | null {
  const netuid = argument.length >= 6 ? Buffer.from(argument.slice(2, 6), 'hex').readUInt16LE() : 0;
  switch (name) {
    case 'SwapRuntimeApi_current_alpha_price_all':
      return hex(vector(world.prices(block).map(([id, price]) => Buffer.concat([little(id, 2), little(price, 8)]))));
    case 'SubnetInfoRuntimeApi_get_all_dynamic_info':
      return hex(vector([ROOT, ...world.subnets].map((row) => option(withExtra(world, dynamicInfo(row, block))))));
    case 'SubnetInfoRuntimeApi_get_subnet_to_prune':
      return hex(option(world.pruneTarget === null ? null : little(world.pruneTarget, 2)));
    case 'SubnetInfoRuntimeApi_get_block_emission':
      return hex(little(world.emission, 8));
    case 'SubnetInfoRuntimeApi_get_next_epoch_start_block': {
      const { lastEpoch, tempo } = world.subnet(netuid);
      return hex(option(little(lastEpoch + tempo, 8)));
    }
    case 'SubnetRegistrationRuntimeApi_get_network_registration_cost':
      return hex(little(world.registrationCost, 8));
    case 'SwapRuntimeApi_sim_swap_tao_for_alpha':
    case 'SwapRuntimeApi_sim_swap_alpha_for_tao':
      return hex(
        simulated(
          world,
          name.includes('tao_for_alpha'),
          netuid,
          Buffer.from(argument.slice(6), 'hex').readBigUInt64LE(),
          block,
        ),
      );
    default:
      return null;
  }
}

function withExtra(world: World, bytes: Buffer): Buffer {
  return world.upgraded ? Buffer.concat([bytes, compact(123_456)]) : bytes;
}

/** A constant product around the spot price, fee 33 of 65,535 from what is paid: six u64. */
function simulated(world: World, buy: boolean, netuid: number, given: bigint, block: number): Buffer {
  const paid = world.poolsTake !== null && world.poolsTake < given ? world.poolsTake : given;
  const subnet = world.subnet(netuid);
  const spot = BigInt(world.price(netuid, block));
  const [tao, alpha] = [(subnet.alphaIn * spot) / RAO, subnet.alphaIn];
  const fee = (paid * 33n) / 65_535n;
  const net = paid - fee;
  if (net > 1_000n * (buy ? tao : alpha)) return Buffer.alloc(48);
  const received = buy ? (alpha * net) / (tao + net) : (tao * net) / (alpha + net);
  const slippage = (buy ? (net * RAO) / spot : (net * spot) / RAO) - received;
  const amounts = buy ? [net, received, fee, 0n, 0n, slippage] : [received, net, 0n, fee, slippage, 0n];
  return Buffer.concat(amounts.map((amount) => little(amount, 8)));
}

const SUBNET_ITEMS: Readonly<Record<string, (subnet: FakeSubnet) => Buffer | null>> = {
  [storageKey('SubtensorModule', 'NetworkRegisteredAt')]: (subnet) => little(subnet.registeredAt, 8),
  [storageKey('SubtensorModule', 'SubnetMovingPrice')]: (subnet) => i96f32(subnet.movingPrice),
  [storageKey('SubtensorModule', 'SubnetTaoInEmission')]: (subnet) => little(subnet.taoInEmission, 8),
  [storageKey('SubtensorModule', 'SubnetExcessTao')]: (subnet) => little(subnet.bought, 8),
  [storageKey('SubtensorModule', 'SubnetEmissionEnabled')]: ({ emissionOn }) =>
    emissionOn === null ? null : Buffer.from([emissionOn ? 1 : 0]),
  [storageKey('SubtensorModule', 'LastEpochBlock')]: (subnet) => little(subnet.lastEpoch, 8),
};

const maybe = (value: number | null, size: number): Buffer | null => (value === null ? null : little(value, size));
const issuanceAt = (world: World, block: number): bigint =>
  11_597_600n * RAO + BigInt(block - FIRST_BLOCK) * world.emission + world.extraIssuance;
const NETWORK_ITEMS: Readonly<Record<string, (world: World, block: number) => Buffer | null>> = {
  [storageKey('System', 'Number')]: (_, block) => little(block, 4),
  [storageKey('Timestamp', 'Now')]: (world, block) => little(world.timeAt(block), 8),
  [storageKey('SubtensorModule', 'TotalIssuance')]: (world, block) => little(issuanceAt(world, block), 8),
  [storageKey('SubtensorModule', 'NetworkImmunityPeriod')]: (world) => maybe(world.immunityBlocks, 8),
  [storageKey('SubtensorModule', 'SubnetLimit')]: () => little(128, 2),
  [storageKey('SubtensorModule', 'NetworkRateLimit')]: () => little(14_400, 8),
  [`${storageKey('SubtensorModule', 'LastRateLimitedBlock')}02`]: (world) => maybe(world.lastRegistration, 8),
};

function storageOf(world: World, key: string, block: number): string | null {
  const netuid = key.length === 70 ? Buffer.from(key.slice(66), 'hex').readUInt16LE() : -1;
  const subnet = world.subnets.find((one) => one.netuid === netuid);
  const bytes = subnet === undefined ? NETWORK_ITEMS[key]?.(world, block) : SUBNET_ITEMS[key.slice(0, 66)]?.(subnet);
  return bytes === undefined || bytes === null ? null : hex(bytes);
}

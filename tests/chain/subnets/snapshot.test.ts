// One snapshot for everybody: what it says, how little it asks for, and what of it survives.
import { afterEach, describe, expect, it } from 'vitest';
import { FIRST_BLOCK } from '../../fakes/subtensor/subtensor-world.ts';
import { openScene, subnetOf, taken } from './scene.ts';
import type { Scene } from './scene.ts';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';

const DETAILS = 'SubnetInfoRuntimeApi_get_all_dynamic_info';
const STEADY = ['chain_getFinalizedHead', 'state_queryStorageAt', 'swap_currentAlphaPriceAll'];
let scene: Scene;
afterEach(() => scene.close());

it('prices, pools, names and places of 128 subnets at one final block, from four calls', async () => {
  scene = await openScene();
  scene.world.subnet(64).registeredAt = FIRST_BLOCK - 1_000;
  const snapshot = await taken(scene.subnets);
  expect(scene.node.asked).toEqual([...STEADY, DETAILS]);
  expect(snapshot).toMatchObject({
    block: FIRST_BLOCK,
    blockHash: scene.world.hashOf(FIRST_BLOCK),
    blockAt: scene.world.timeAt(FIRST_BLOCK),
    readAt: scene.clock.now,
    source: new URL(scene.node.url).host,
    completeness: 'full',
  });
  expect(snapshot.subnets).toHaveLength(128);
  expect(subnetOf(snapshot, 92)).toEqual({
    netuid: 92,
    name: 'Subnet name 92',
    symbol: 'ν',
    description: 'What subnet 92 does.',
    links: {
      site: { href: 'https://example-92.org/', domain: 'example-92.org' },
      github: { href: 'https://github.com/example/sn92', domain: 'github.com' },
      discord: { href: 'https://discord.gg/example', domain: 'discord.gg' },
    },
    priceTao: 0.001_348_21,
    change: { h24: null, d7: null, d30: null },
    marketCapTao: expect.closeTo(0.001_348_21 * 5_000_000, 6) as number,
    taoIn: 10_200,
    alphaIn: 2_000_000,
    alphaOut: 3_000_000,
    volume24hTao: null,
    emissionShare: 1 / 128,
    emissionOn: true,
    registeredAtBlock: 8_352_006,
    protectedUntilBlock: null,
    removalRank: 1,
    movingPriceTao: expect.closeTo(0.001_36, 9) as number,
    tempo: 360,
    nextEpochBlock: FIRST_BLOCK - 92 + 360,
  });
  expect(subnetOf(snapshot, 64)).toMatchObject({
    protectedUntilBlock: FIRST_BLOCK - 1_000 + 864_000,
    removalRank: null,
  });
  expect(
    snapshot.subnets
      .map(({ removalRank }) => removalRank)
      .filter((rank) => rank !== null)
      .sort((a, b) => a - b),
  ).toEqual(Array.from({ length: 127 }, (_, index) => index + 1));
});

it('the network: issuance, emission, the next to go and the price of a place, each from its turn', async () => {
  scene = await openScene();
  let { network } = await scene.after();
  expect(network).toMatchObject({
    issuanceTao: 11_597_600,
    blockEmissionTao: 0.5,
    registrationCostTao: null,
    pruneTarget: null,
    registrationOpen: true,
    registrationOpensAtBlock: 9_210_610 + 14_400,
    subnetLimit: 128,
    immunityBlocks: 864_000,
    issuanceJump: null,
  });
  for (let minute = 0; minute < 3; minute++) ({ network } = await scene.after(MINUTE));
  expect(network).toMatchObject({ registrationCostTao: 962.89, pruneTarget: 92, blockEmissionTao: 0.5 });
  scene.world.lastRegistration = FIRST_BLOCK + 5;
  ({ network } = await scene.after(MINUTE));
  expect(network).toMatchObject({ registrationOpen: false, registrationOpensAtBlock: FIRST_BLOCK + 5 + 14_400 });
});

it('fifty askers cost one set of calls, and nobody costs any for a minute', async () => {
  scene = await openScene();
  await Promise.all(Array.from({ length: 50 }, () => scene.subnets.snapshot()));
  expect(scene.node.count()).toBe(4);
  await scene.after(59_000);
  expect(scene.node.count()).toBe(4);
  expect((await scene.after(1_000)).block).toBe(FIRST_BLOCK + 5);
  expect(scene.node.count()).toBe(8);
});

it('two hours of every minute: at most four calls and 200 kB in any, no batches, one name of a node', async () => {
  scene = await openScene();
  const minutes: { calls: number; bytes: number }[] = [];
  for (let minute = 0; minute < 120; minute++) {
    const [calls, bytes] = [scene.node.asked.length, scene.node.sentBytes];
    await scene.after(MINUTE);
    minutes.push({ calls: scene.node.asked.length - calls, bytes: scene.node.sentBytes - bytes });
  }
  expect(Math.max(...minutes.map(({ calls }) => calls))).toBeLessThanOrEqual(4);
  expect(Math.max(...minutes.map(({ bytes }) => bytes))).toBeLessThanOrEqual(200_000);
  expect(minutes.reduce((sum, { bytes }) => sum + bytes, 0) / minutes.length).toBeLessThan(40_000);
  expect(scene.node.batches).toBe(0);
  expect(scene.node.asked.filter((method) => method === DETAILS).length).toBeLessThanOrEqual(12);
  expect(scene.node.asked.filter((method) => method === 'chain_getFinalizedHead')).toHaveLength(120);
});

it('no new final block: one call, the snapshot stays with its own time', async () => {
  scene = await openScene();
  const first = await scene.after();
  scene.world.stalledAt = first.block;
  expect(await scene.after(2 * MINUTE)).toEqual(first);
  expect(scene.node.count()).toBe(5);
});

describe('what survives', () => {
  it('a restart while no node answers: the last good snapshot with its age', async () => {
    scene = await openScene();
    const good = await scene.after(3 * MINUTE);
    await scene.subnets.close();
    scene.node.fault = { kind: 'status', status: 502 };
    scene.clock.advance(5 * HOUR);
    expect(await taken(scene.reopen())).toEqual(good);
  });

  it('a damaged memory is no memory', async () => {
    scene = await openScene();
    await scene.memory.saveSnapshot({ json: '{"block":1,"subnets":[{}]}', at: 1 });
    scene.node.fault = { kind: 'hang' };
    const asked = scene.subnets.snapshot();
    await scene.clock.until(() => scene.node.count() > 0);
    scene.clock.advance(2_000);
    expect(await asked).toEqual({ snapshot: null, reason: 'the Bittensor nodes did not answer in time' });
  });

  it('nothing known and nobody reachable: a reason instead of numbers', async () => {
    scene = await openScene();
    scene.node.fault = { kind: 'reset' };
    const host = new URL(scene.node.url).host;
    expect(await scene.subnets.snapshot()).toEqual({
      snapshot: null,
      reason: `the Bittensor node ${host} could not be reached`,
    });
  });

  it.each([-3 * HOUR, 3 * HOUR])(
    'a step of the wall clock by %i ms neither stops the readings nor hurries them',
    async (step) => {
      scene = await openScene();
      await scene.after();
      scene.clock.now += step;
      await scene.after(59_000);
      expect(scene.node.count()).toBe(4);
      const snapshot = await scene.after(1_000);
      expect(scene.node.count()).toBe(8);
      expect(snapshot.block).toBe(scene.world.final());
    },
  );
});

describe('emission', () => {
  it('a share counts what went into the pool and what was spent on buying, of the whole block', async () => {
    scene = await openScene();
    for (const subnet of scene.world.subnets) [subnet.taoInEmission, subnet.bought] = [0n, 0n];
    Object.assign(scene.world.subnet(64), { taoInEmission: 100_000_000n, bought: 25_000_000n });
    Object.assign(scene.world.subnet(4), { taoInEmission: 0n, bought: 375_000_000n, emissionOn: true });
    Object.assign(scene.world.subnet(5), { emissionOn: false });
    const snapshot = await scene.after();
    expect(subnetOf(snapshot, 64).emissionShare).toBe(0.25);
    expect(subnetOf(snapshot, 4).emissionShare).toBe(0.75);
    expect(subnetOf(snapshot, 5)).toMatchObject({ emissionShare: 0, emissionOn: false });
  });

  it('parts that do not add up to the emission are no shares', async () => {
    scene = await openScene();
    scene.world.subnet(64).bought = 200_000_000n;
    expect(subnetOf(await scene.after(), 64)).toMatchObject({ emissionShare: null, emissionOn: true });
  });
});

describe('issuance', () => {
  it('what blocks mint is nothing to tell', async () => {
    scene = await openScene();
    await scene.after();
    for (const step of [MINUTE, 10 * MINUTE, 6 * HOUR]) {
      scene.world.extraIssuance -= 900_000_000_000n; // a registration was recycled
      expect((await scene.after(step)).network.issuanceJump).toBeNull();
    }
    expect(scene.told('issuance moved faster than blocks can mint')).toEqual([]);
  });

  it('an upgrade that mints beside the blocks is flagged with block and amount, and stays known', async () => {
    scene = await openScene();
    await scene.after();
    scene.world.extraIssuance = 166_000n * 1_000_000_000n;
    const jump = { fromBlock: FIRST_BLOCK, toBlock: FIRST_BLOCK + 5, amountTao: 165_999 };
    expect((await scene.after(MINUTE)).network.issuanceJump).toEqual(jump);
    expect((await scene.after(MINUTE)).network.issuanceJump).toEqual(jump);
    await scene.subnets.close();
    expect((await scene.after(MINUTE, scene.reopen())).network.issuanceJump).toEqual(jump);
    expect(scene.told('issuance moved faster than blocks can mint')).toHaveLength(1);
  });

  it('also over a restart, and when it falls further than recycling explains', async () => {
    scene = await openScene();
    await scene.after();
    await scene.subnets.close();
    scene.world.extraIssuance = -50_000n * 1_000_000_000n;
    const { network } = await scene.after(MINUTE, scene.reopen());
    expect(network.issuanceJump).toMatchObject({ fromBlock: FIRST_BLOCK, toBlock: FIRST_BLOCK + 5 });
    expect(network.issuanceJump?.amountTao).toBeLessThan(-40_000);
  });
});

describe('a database that hangs keeps nobody waiting', () => {
  it.each<[keyof Scene['memory'], unknown]>([
    ['loadSnapshot', null],
    ['record', false],
    ['readings', []],
  ])('%s', async (method, otherwise) => {
    scene = await openScene();
    const late = Promise.withResolvers<unknown>();
    Object.assign(scene.memory, { [method]: () => late.promise });
    let answer: unknown = null;
    void scene.subnets.snapshot().then((found) => (answer = found));
    await scene.clock.until(() => answer !== null, 50, 100); // five seconds
    expect(answer).toMatchObject({ snapshot: { subnets: { length: 128 } } });
    late.resolve(otherwise);
  });
});

// Several nodes: their limits, gaps, lags and quarrels; who is believed, who is left alone, for how long, and how often it is told.
import { afterEach, describe, expect, it } from 'vitest';
import { FIRST_AT, FIRST_BLOCK } from '../../fakes/subtensor/subtensor-world.ts';
import { openScene, subnetOf, taken } from './scene.ts';
import type { Scene } from './scene.ts';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';

const PRICES_CALL = 'SwapRuntimeApi_current_alpha_price_all';
const PRICES_RPC = 'swap_currentAlphaPriceAll';
let scene: Scene;
afterEach(() => scene.close());
const host = (index: number): string => new URL(scene.nodes[index]?.url ?? '').host;
const countOf = (method: string): number => scene.node.asked.filter((asked) => asked === method).length;

describe('prices', () => {
  it('a node without the plain method answers the runtime call; the method is tried again after six hours', async () => {
    scene = await openScene();
    scene.node.lacks.add(PRICES_RPC);
    expect(subnetOf(await scene.after(), 92).priceTao).toBe(0.001_348_21);
    await scene.minutes(30);
    expect([countOf(PRICES_RPC), countOf(PRICES_CALL)]).toEqual([1, 31]);
    scene.node.lacks.clear();
    await scene.after(6 * HOUR);
    expect([countOf(PRICES_RPC), countOf(PRICES_CALL)]).toEqual([2, 31]);
  });

  it('a plain answer in another form is not guessed at', async () => {
    scene = await openScene();
    const rows = scene.world.prices;
    let calls = 0;
    scene.world.prices = (block) => (calls++ === 0 ? ([[1, -5]] as [number, number][]) : rows(block));
    expect(subnetOf(await scene.after(), 1).priceTao).toBe(0.006_562_8);
    expect(countOf(PRICES_CALL)).toBe(1);
  });

  it('zeros for all are a failure: the former prices stay', async () => {
    scene = await openScene();
    const good = await scene.after();
    scene.world.price = () => 0;
    expect(await scene.after(MINUTE)).toEqual(good);
  });

  it('zero for one is no price, the others are fresh', async () => {
    scene = await openScene();
    const price = scene.world.price;
    scene.world.price = (netuid, block) => (netuid === 7 ? 0 : price(netuid, block));
    const snapshot = await scene.after();
    expect(subnetOf(snapshot, 7)).toMatchObject({ priceTao: null, marketCapTao: null });
    expect(subnetOf(snapshot, 8).priceTao).toBeGreaterThan(0);
  });
});

describe('limits', () => {
  it('the 60-second policy: nothing is asked for a minute, the snapshot stays, it goes on by itself', async () => {
    scene = await openScene();
    const good = await scene.after();
    scene.node.perMinute = 0;
    expect(await scene.after(MINUTE)).toEqual(good);
    const calls = scene.node.count();
    expect(calls).toBe(5);
    scene.node.perMinute = Infinity;
    await scene.after(59_000);
    expect(scene.node.count()).toBe(calls);
    expect((await scene.after(1_000)).block).toBe(scene.world.final());
  });

  it.each([
    [
      'words with status 200',
      (): void => void Object.assign(scene.node, { perMinute: 0, politelyLimited: true }),
      30_000,
    ],
    ['error -32029', (): void => void (scene.node.perSecond = 0), MINUTE],
  ])('%s too', async (_name, limit, pauseMs) => {
    scene = await openScene();
    const good = await scene.after();
    limit();
    expect(await scene.after(MINUTE)).toEqual(good);
    const calls = scene.node.count();
    await scene.subnets.swapQuote(1, 'buy', 1);
    await scene.subnets.nextEpoch(1);
    scene.clock.advance(pauseMs - 1);
    await scene.subnets.nextEpoch(2);
    expect(scene.node.count()).toBe(calls);
  });

  it('while the first node pauses the second answers, and the first is used again afterwards', async () => {
    scene = await openScene({ nodes: 2 });
    await scene.after();
    scene.node.perSecond = 0;
    expect((await scene.after(MINUTE)).source).toBe(host(1));
    scene.node.perSecond = Infinity;
    expect((await scene.after(MINUTE)).source).toBe(host(0));
    expect(scene.told('Bittensor node is left alone')).toHaveLength(1);
    expect(scene.told('Bittensor node is used again')).toHaveLength(1);
  });

  it('status names the node that pauses, why, and until when', async () => {
    scene = await openScene({ nodes: 2 });
    scene.node.perSecond = 0;
    await scene.after();
    expect(scene.subnets.status()).toEqual({
      nodes: [
        {
          name: host(0),
          state: 'paused',
          reason: `${host(0)} is rate-limiting us`,
          until: scene.clock.now + MINUTE,
        },
        { name: host(1), state: 'ok', reason: null, until: null },
      ],
      blockAt: FIRST_AT,
      archive: 'off',
    });
  });
});

describe('faults', () => {
  it.each<[string, Parameters<typeof Object.assign>[1]]>([
    ['a reset connection', { kind: 'reset' }],
    ['HTML', { kind: 'html' }],
    ['half an answer', { kind: 'truncate' }],
    ['a gzip bomb', { kind: 'bomb' }],
    ['null', { kind: 'body', body: 'null' }],
    ['a number', { kind: 'body', body: '{"jsonrpc":"2.0","id":1,"result":12}' }],
    ['status 503', { kind: 'status', status: 503 }],
    ['a redirect', { kind: 'redirect' }],
    ['404', { kind: 'status', status: 404 }],
  ])('%s: the next node answers in the same minute', async (_name, fault) => {
    scene = await openScene({ nodes: 2 });
    Object.assign(scene.node, { fault });
    expect((await scene.after()).source).toBe(host(1));
  });

  it.each(['questions', 'blocks'] as const)('answers about other %s are not taken', async (mixesUp) => {
    scene = await openScene({ nodes: 2 });
    scene.node.mixesUp = mixesUp;
    expect((await scene.after()).source).toBe(host(1));
  });

  it('no node answers for two hours: the last good snapshot, told once; then it goes on, told once', async () => {
    scene = await openScene({ nodes: 2 });
    const good = await scene.after();
    for (const node of scene.nodes) node.fault = { kind: 'status', status: 500 };
    for (let minute = 0; minute < 120; minute++) expect(await scene.after(MINUTE)).toEqual(good);
    expect(scene.node.count()).toBeLessThan(30);
    for (const node of scene.nodes) node.fault = null;
    await scene.minutes(11);
    expect((await scene.after()).block).toBe(scene.world.final());
    expect(scene.told('subnets cannot be read')).toHaveLength(1);
    expect(scene.told('subnets are read again')).toHaveLength(1);
  });
});

describe('blocks that are not final', () => {
  it('a reorganisation of the newest blocks changes nothing: they are never read', async () => {
    scene = await openScene();
    const first = await scene.after();
    const { hashOf } = scene.world;
    scene.world.hashOf = (block) => hashOf(block > scene.world.final() ? -block : block);
    const second = await scene.after(MINUTE);
    expect([first.block, second.block]).toEqual([FIRST_BLOCK, FIRST_BLOCK + 5]);
    expect(second.block).toBe(scene.world.final());
    expect(second.blockHash).toBe(hashOf(second.block));
    expect(scene.node.asked).not.toContain('chain_getHeader');
  });

  it('a machine behind the same address that does not have the block yet: nothing half-read, better luck next minute', async () => {
    scene = await openScene();
    const good = await scene.after();
    scene.node.halfBehind = true;
    expect(await scene.after(MINUTE)).toEqual(good);
    scene.node.halfBehind = false;
    expect((await scene.after(MINUTE)).block).toBe(scene.world.final());
    expect(scene.told('Bittensor node is left alone')).toEqual([]);
  });
});

describe('nodes that trail', () => {
  it('hours behind: passed over for ten minutes at a time, used again when it has caught up', async () => {
    scene = await openScene({ nodes: 2 });
    scene.node.lag = 1_500; // five hours
    expect(await scene.after()).toMatchObject({ block: FIRST_BLOCK, source: host(1) });
    const calls = scene.node.count();
    for (let minute = 0; minute < 9; minute++) expect((await scene.after(MINUTE)).source).toBe(host(1));
    expect(scene.node.count()).toBe(calls);
    await scene.minutes(9);
    scene.node.lag = 0;
    await scene.minutes(3);
    expect((await scene.after()).source).toBe(host(0));
    expect(scene.told('Bittensor node is left alone').map(({ fields }) => fields['reason'])).toEqual([
      `${host(0)} is 5 hours behind`,
    ]);
    expect(scene.told('Bittensor node is used again')).toHaveLength(1);
  });

  it('a little behind: not taken, not blamed', async () => {
    scene = await openScene({ nodes: 2 });
    await scene.after();
    scene.node.lag = 20;
    const snapshot = await scene.after(MINUTE);
    expect(snapshot).toMatchObject({ block: FIRST_BLOCK + 5, source: host(1) });
    expect(scene.told('Bittensor node is left alone')).toEqual([]);
  });

  it('the block never goes back', async () => {
    scene = await openScene();
    const good = await scene.after(5 * MINUTE);
    scene.node.lag = 200;
    expect(await scene.after(MINUTE)).toEqual(good);
  });

  it('the whole chain stands still for hours: its last block is believed, with its own time', async () => {
    scene = await openScene({ nodes: 2 });
    scene.world.stalledAt = FIRST_BLOCK;
    expect(await scene.after(3 * HOUR)).toMatchObject({ block: FIRST_BLOCK, blockAt: scene.world.timeAt(FIRST_BLOCK) });
    expect(scene.told('Bittensor node is left alone')).toEqual([]);
  });

  it('a node that stands still alone is left for one that goes on', async () => {
    scene = await openScene({ nodes: 2 });
    await scene.after();
    const rest = scene.otherWorld('finney');
    rest.stalledAt = FIRST_BLOCK;
    scene.node.world = rest;
    await scene.after(6 * MINUTE);
    expect((await scene.after(MINUTE)).source).toBe(host(1));
  });
});

it('a node without the storage method is of no use, and says so', async () => {
  scene = await openScene();
  scene.node.lacks.add('state_queryStorageAt');
  await expect(taken(scene.subnets)).rejects.toThrow(`${host(0)} lacks a method that we need`);
});

// The clock of this machine is set by hours or days while the chain is read: ages stay true, and the reading goes on.
import { afterEach, describe, expect, it } from 'vitest';
import { createChain } from '../../../src/chain/chain-state.ts';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { createMemory } from '../../fakes/market/memory.ts';
import { openScene, taken, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

describe('a node that falls silent after the clock was set back', () => {
  it.each([
    ['hours', 5 * HOUR],
    ['days', 50 * HOUR],
  ])('by %s: the block is as old as it is, for people and in figures', async (_name, backMs) => {
    scene = await openScene();
    await scene.after(6 * MINUTE);
    scene.clock.now -= backMs;
    scene.node.fault = { kind: 'status', status: 500 };
    const { blockAt, detailsAt } = await scene.after(20 * MINUTE);
    const ages = [blockAt, scene.subnets.status().blockAt, detailsAt].map((at) => scene.clock.now - (at ?? 0));
    for (const age of ages) expect(age).toBeGreaterThanOrEqual(20 * MINUTE);
    for (const age of ages) expect(age).toBeLessThan(21 * MINUTE);
  });

  it('and the snapshot that an earlier process left ages from the start on', async () => {
    scene = await openScene();
    await scene.after(6 * MINUTE);
    scene.clock.now -= 5 * HOUR;
    scene.node.fault = { kind: 'status', status: 500 };
    const again = scene.reopen();
    await taken(again);
    scene.clock.advance(20 * MINUTE);
    expect(scene.clock.now - (await taken(again)).blockAt).toBe(20 * MINUTE);
  });

  it('the state of the chain, too', async () => {
    scene = await openScene();
    const { clock } = scene;
    const options = { url: 'x', memory: createMemory(), now: () => clock.now, clock: () => clock.up };
    const chain = createChain({ ...options, read: () => Promise.resolve('silent') });
    chain.take({ block: 1, blockAt: clock.now, issuance: 1_000_000_000n });
    clock.now -= 5 * HOUR;
    clock.advance(20 * MINUTE);
    expect(clock.now - ((await chain.state()).state?.at ?? 0)).toBe(20 * MINUTE);
  });
});

it('set back by days, blocks are still believed', async () => {
  scene = await openScene();
  const first = await scene.after();
  scene.clock.now -= 50 * HOUR;
  expect((await scene.after(2 * MINUTE)).block).toBe(first.block + 10);
});

it('set back by hours, a node that stands still is noticed after minutes', async () => {
  scene = await openScene({ nodes: 2 });
  const first = await scene.after();
  scene.clock.now -= 5 * HOUR;
  scene.node.world = { ...scene.world, final: () => first.block };
  expect((await scene.minutes(7)).block).toBeGreaterThan(first.block);
});

// Nodes of the chain that answer differently: whom the bot believes.
import { afterEach, describe, expect, it } from 'vitest';
import { openScene, subnetOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { DAY, MINUTE } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());
const host = (index: number): string => new URL(scene.nodes[index]?.url ?? '').host;

describe('nodes that disagree', () => {
  it('one on another chain is not believed, however fresh, while the known one may come back', async () => {
    scene = await openScene({ nodes: 2 });
    const good = await scene.after();
    const second = scene.nodes[1];
    if (second !== undefined) second.world = scene.otherWorld('testnet');
    scene.node.fault = { kind: 'status', status: 500 };
    for (let minute = 0; minute < 20; minute++) expect(await scene.after(MINUTE)).toEqual(good);
    scene.node.fault = null;
    await scene.minutes(11);
    expect((await scene.after()).source).toBe(host(0));
    expect(scene.told('Bittensor node is left alone').map(({ fields }) => fields['reason'])).toEqual([
      `${host(1)} is on another chain than the one that we know`,
    ]);
  });

  it('when every node insists for an hour, what was known is given up', async () => {
    scene = await openScene({ nodes: 2 });
    await scene.after();
    const second = scene.nodes[1];
    if (second !== undefined) second.world = scene.otherWorld('another');
    scene.node.fault = { kind: 'status', status: 500 };
    await scene.minutes(75);
    expect(await scene.after()).toMatchObject({
      source: host(1),
      blockHash: second?.world.hashOf(second.world.final()),
    });
    expect(await scene.minutes(2)).toMatchObject({ completeness: 'full', network: { issuanceJump: null } });
    expect(scene.told('the known block is on no chain any more')).toHaveLength(1);
  });

  it('a memory of another chain is given up at once', async () => {
    scene = await openScene();
    await scene.after();
    await scene.subnets.close();
    scene.node.world = scene.otherWorld('testnet');
    scene.node.world.subnet(1).name = 'Test';
    scene.node.world.extraIssuance = -5_000_000n * 1_000_000_000n; // no jump: another chain has another issuance
    const snapshot = await scene.after(MINUTE, scene.reopen());
    expect(snapshot.blockHash).toBe(scene.node.world.hashOf(scene.node.world.final()));
    expect(subnetOf(snapshot, 1).name).toBe('Test');
    expect(snapshot.network).toMatchObject({ issuanceTao: 6_597_602.5, issuanceJump: null });
  });

  it('a time that cannot be is not believed', async () => {
    scene = await openScene({ nodes: 2 });
    scene.node.world = scene.otherWorld('finney');
    scene.node.world.timeAt = () => scene.clock.now + 3 * DAY;
    expect((await scene.after()).source).toBe(host(1));
  });
});

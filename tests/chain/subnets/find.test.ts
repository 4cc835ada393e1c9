// Finding a subnet by number, name or symbol.
import { afterEach, describe, expect, it } from 'vitest';
import { findSubnets } from '../../../src/chain/subnets/find.ts';
import { openScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { HOUR } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());

describe('finding', () => {
  it.each<[string, number[], number[]]>([
    ['64', [64], []],
    ['sn64', [64], []],
    [' SN 64 ', [64], []],
    ['τ64', [64], []],
    ['#64', [64], []],
    ['subnet 64', [64], []],
    ['chutes', [64], []],
    ['ＣＨＵＴＥＳ', [64], []],
    ['same', [7, 8], []],
    ['chu', [], [64]],
    ['Σ', [3], [18, 38, 58, 78, 98, 118]],
    ['name 12', [], [12, 120, 121, 122, 123, 124, 125, 126, 127, 128]],
    ['sn12', [12], []],
    ['sn-64', [64], []],
    ['-1', [], []],
    ['subnet -1', [], []],
    ['999', [], []],
    ['xyz', [], []],
    ['', [], []],
    ['x'.repeat(10_000), [], []],
  ])('"%s"', async (text, exact, near) => {
    scene = await openScene();
    scene.world.subnet(64).name = 'Chutes';
    scene.world.subnet(3).symbol = 'Σ';
    for (const netuid of [7, 8]) scene.world.subnet(netuid).name = 'Same';
    expect(scene.subnets.find(text)).toEqual({ exact: [], near: [] });
    await scene.after();
    const found = scene.subnets.find(text);
    expect(found.exact.map(({ netuid }) => netuid)).toEqual(exact);
    expect(found.near.map(({ netuid }) => netuid)).toEqual(near);
  });

  it('many matches are cut', async () => {
    scene = await openScene();
    const snapshot = await scene.after(HOUR);
    expect(findSubnets(snapshot.subnets, 'subnet').near).toHaveLength(25);
  });
});

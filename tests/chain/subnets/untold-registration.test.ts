// A runtime whose storage does not tell the last registration, as old ones.
import { afterEach, expect, it } from 'vitest';
import { MINUTE } from '../../../src/base/clock.ts';
import { openScene, type Scene, subnetOf } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

it('a number that changes hands on a runtime that does not tell the last registration: seen in the next minute', async () => {
  scene = await openScene();
  scene.world.lastRegistration = null;
  scene.clock.advance(3 * MINUTE);
  expect(subnetOf(await scene.minutes(36), 92)).toMatchObject({ registeredAtBlock: 8_352_006, removalRank: 1 });
  scene.world.register(92);
  scene.world.lastRegistration = null;
  const registeredAtBlock = scene.world.final();
  scene.world.price = (netuid) => (netuid === 92 ? 900_000_000 : 5_000_000);
  const told = { registeredAtBlock, priceTao: 0.9, removalRank: null, change: { h24: null } };
  expect(subnetOf(await scene.after(MINUTE), 92)).toMatchObject(told);
  await scene.after(MINUTE);
  expect(subnetOf(await scene.after(MINUTE), 92)).toMatchObject({ ...told, name: 'New 92' });
});

// A node whose time is hours ahead was believed first: when the others have insisted for an hour, nothing of it stands in the way.
import { afterEach, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { BLOCK_MS } from '../../fakes/subtensor/subtensor-world.ts';
import { openScene, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());
const AHEAD = 20 * HOUR;

it.each([
  ['with the numbers of today', 0],
  ['with the numbers of then', AHEAD / BLOCK_MS],
])('%s: the price, and a history from then on', async (_name, blocks) => {
  scene = await openScene();
  const { final, timeAt } = scene.world;
  const ahead = scene.otherWorld('ahead');
  ahead.final = () => final() + blocks;
  ahead.timeAt = (block) => timeAt(block - blocks) + AHEAD;
  scene.node.world = ahead;
  await scene.after();
  await scene.minutes(15);
  expect((await scene.memory.readings()).length).toBeGreaterThanOrEqual(2);
  scene.node.world = scene.world;
  const last = await scene.minutes(90);
  expect(last.blockHash).toBe(scene.world.hashOf(scene.world.final()));
  await scene.minutes(20);
  const readings = await scene.memory.readings();
  expect(readings.filter(({ at }) => at > scene.clock.now + MINUTE)).toEqual([]);
  expect(readings.length).toBeGreaterThanOrEqual(3);
});

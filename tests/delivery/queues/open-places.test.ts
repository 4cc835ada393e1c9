// How many tenants are worked on at once, by what the event loop has to spare.
import { expect, it } from 'vitest';
import { createOpenPlaces, MOST_PLACES } from '../../../src/delivery/queues/open-places.ts';
import { createLoopUse } from '../../../src/wiring/health/loop-use.ts';

function after(times: number, use: number | null) {
  const places = createOpenPlaces(() => use);
  for (let time = 0; time < times; time++) places.through();
  return places;
}

it('begins with few, has one more for each that is through, and no more than the most', () => {
  expect(after(0, 0).count()).toBe(16);
  expect(after(10, 0.5).count()).toBe(26);
  expect(after(10, null).count()).toBe(26); // nothing new is known
  expect(after(1000, 0).count()).toBe(MOST_PLACES);
});

it('halves while the loop is busy, never below a few, and grows again afterwards', () => {
  let use = 0;
  const places = createOpenPlaces(() => use);
  for (let time = 0; time < 100; time++) places.through();
  use = 0.95;
  places.through();
  expect(places.count()).toBe(32);
  for (let time = 0; time < 100; time++) places.through();
  expect(places.count()).toBe(16);
  use = 0.3;
  for (let time = 0; time < 100; time++) places.through();
  expect(places.count()).toBe(MOST_PLACES);
});

it('begins with few again after a rest: connections are cold', () => {
  const places = after(1000, 0);
  places.rest();
  expect(places.count()).toBe(16);
});

it('tells how busy the loop is, a tenth of a second at a time', async () => {
  const use = createLoopUse();
  expect(use()).toBeNull();
  const end = performance.now() + 150; // busy for so long
  while (performance.now() < end);
  await new Promise((resolve) => setImmediate(resolve));
  const busy = use();
  expect(busy).toBeGreaterThan(0.5);
  expect(busy).toBeLessThanOrEqual(1);
  expect(use()).toBeNull();
});

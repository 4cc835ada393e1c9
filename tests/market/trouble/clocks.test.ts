// Clocks that are wrong or set, and months that turn: prices go on, and no number is younger than it says.
import { afterEach, expect, it } from 'vitest';
import { MINUTE, openScene, reasonOf, START, tao } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { askFor } from './ask.ts';
import { HOUR } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());

/** True age of what the fake sends. */
const LAG_MS = 20_000;
const ages = (answers: readonly { ageMs: number }[]) => answers.map(({ ageMs }) => ageMs);

it.each([2 * HOUR, -2 * HOUR, 3 * MINUTE, -3 * MINUTE])(
  'a clock that is %d ms wrong from the start: fresh prices with their true age',
  async (skewMs) => {
    scene = await openScene();
    scene.clock.skewMs = skewMs;
    const answers = await askFor(scene, 30 * MINUTE);
    // The Date header counts seconds, so up to two more may be said; never less.
    expect(Math.min(...ages(answers))).toBeGreaterThanOrEqual(LAG_MS);
    expect(Math.max(...ages(answers))).toBeLessThanOrEqual(LAG_MS + 2_000);
    expect(scene.log.count('our clock and that of the source differ')).toBe(1);
    scene.clock.skewMs = 0;
    expect(Math.max(...ages(await askFor(scene, 5 * MINUTE)))).toBeLessThanOrEqual(LAG_MS + 2_000);
    expect(scene.log.count('our clock and that of the source agree again')).toBe(1);
  },
);

it.each([2 * HOUR, -2 * HOUR, 3 * 24 * HOUR])(
  'a clock that is set by %d ms and back while everything is down: no age is ever too young, and calls go on',
  async (stepMs) => {
    scene = await openScene();
    await tao(scene.market);
    scene.gecko.fault = { kind: 'status', status: 500 };
    for (const skewMs of [stepMs, 0, stepMs, 0]) {
      scene.clock.skewMs = skewMs;
      const asked = scene.clock.now;
      for (const [index, { ageMs }] of (await askFor(scene, 20 * MINUTE)).entries())
        expect(ageMs).toBeGreaterThanOrEqual(asked + (index + 1) * MINUTE - START + LAG_MS);
    }
    const { at } = await tao(scene.market);
    expect(scene.clock.now - at).toBe(80 * MINUTE + LAG_MS);
    scene.gecko.fault = null;
    expect((await askFor(scene, 11 * MINUTE)).at(-1)?.ageMs).toBe(LAG_MS);
  },
);

it('two hours ahead when the price came, corrected, and then the source dies: the age is the true one', async () => {
  scene = await openScene();
  scene.clock.skewMs = 2 * HOUR;
  await tao(scene.market);
  scene.gecko.fault = { kind: 'status', status: 500 };
  scene.clock.skewMs = 0;
  const answers = await askFor(scene, HOUR);
  for (const [index, { ageMs }] of answers.entries()) {
    expect(ageMs).toBeGreaterThanOrEqual((index + 1) * MINUTE + LAG_MS);
    expect(ageMs).toBeLessThanOrEqual((index + 1) * MINUTE + LAG_MS + 2_000);
  }
});

it('a restart with a clock that is behind the memory: no number rather than one of unknown age', async () => {
  scene = await openScene();
  await tao(scene.market);
  await scene.gecko.down();
  scene.clock.skewMs = -2 * HOUR;
  const again = scene.reopen();
  expect(await reasonOf(again)).toBe('CoinGecko could not be reached');
  await scene.gecko.up();
  scene.clock.now += MINUTE;
  expect((await tao(again)).price).toBe(250.28);
});

it('two hours ahead and corrected: the calls that were due are made', async () => {
  scene = await openScene();
  scene.clock.skewMs = 2 * HOUR;
  await tao(scene.market);
  scene.clock.skewMs = 0;
  const before = scene.gecko.count('/coins/markets');
  await askFor(scene, 10 * MINUTE);
  expect(scene.gecko.count('/coins/markets') - before).toBe(10);
});

it('rows from the future are refused, with one line at the beginning and one at the end', async () => {
  scene = await openScene();
  await tao(scene.market);
  scene.gecko.lagMs = -24 * HOUR;
  expect((await askFor(scene, 10 * MINUTE)).at(-1)?.ageMs).toBe(10 * MINUTE + LAG_MS);
  scene.gecko.lagMs = LAG_MS;
  await askFor(scene, 10 * MINUTE);
  expect(scene.log.count('prices from the future are refused')).toBe(1);
  expect(scene.log.count('no more prices from the future')).toBe(1);
});

it('a month that turns with 9,650 calls used: fresh within a few minutes after midnight', async () => {
  scene = await openScene({ plan: 'demo' });
  scene.clock.now = Date.parse('2026-11-30T23:00:00Z');
  await scene.memory.spend('coingecko', '2026-11-20', 9_650);
  await tao(scene.market);
  await askFor(scene, HOUR); // slow: it is nearly spent
  const after = await askFor(scene, 2 * HOUR);
  expect(after[1]?.ageMs).toBeLessThanOrEqual(2 * MINUTE);
  expect(Math.max(...ages(after.slice(1)))).toBeLessThanOrEqual(10 * MINUTE);
  expect(scene.market.status().credits.used).toBeLessThan(150);
});

it('a month that is used up, and the next one: one call after midnight is enough', async () => {
  scene = await openScene({ plan: 'demo' });
  scene.clock.now = Date.parse('2026-11-30T22:00:00Z');
  await tao(scene.market);
  await scene.memory.spend('coingecko', '2026-11-20', 9_900);
  scene.clock.now += 30 * MINUTE;
  await askFor(scene, 90 * MINUTE);
  expect((await askFor(scene, 2 * MINUTE)).at(-1)?.ageMs).toBeLessThanOrEqual(3 * MINUTE);
});

it('a clock set back over midnight of the first does not forget what the month has cost', async () => {
  scene = await openScene({ plan: 'demo' });
  scene.clock.now = Date.parse('2026-12-01T00:30:00Z');
  await scene.memory.spend('coingecko', '2026-11-20', 9_500);
  await askFor(scene, 20 * MINUTE);
  const december = scene.market.status().credits.used;
  scene.clock.skewMs = -2 * HOUR;
  await askFor(scene, 20 * MINUTE);
  expect(scene.market.status().credits.used).toBeGreaterThanOrEqual(9_500);
  scene.clock.skewMs = 0;
  expect(scene.market.status().credits.used).toBeGreaterThanOrEqual(december);
});

it('a price dated tomorrow, taken while our clock was further ahead still, does not refuse all that come after it', async () => {
  scene = await openScene();
  await tao(scene.market);
  scene.clock.skewMs = 26 * HOUR;
  scene.gecko.lagMs = -24 * HOUR;
  await askFor(scene, 5 * MINUTE);
  scene.gecko.lagMs = LAG_MS;
  scene.clock.skewMs = 0;
  scene.gecko.set('bittensor', { price: 251 });
  expect((await askFor(scene, 2 * MINUTE)).at(-1)).toMatchObject({ price: 251, ageMs: LAG_MS, checking: false });
  scene.gecko.set('bittensor', { price: 251 * 1.3 }); // the gate is no wider for it
  expect((await askFor(scene, MINUTE)).at(-1)).toMatchObject({ price: 251, checking: true });
});

it('the same over a restart', async () => {
  scene = await openScene();
  scene.clock.skewMs = 26 * HOUR;
  scene.gecko.lagMs = -24 * HOUR;
  await tao(scene.market);
  await scene.market.close();
  const market = scene.reopen();
  await market.rate('usd', 'eur'); // the memory is read
  scene.gecko.lagMs = LAG_MS;
  scene.clock.skewMs = 0;
  scene.clock.now += MINUTE;
  scene.gecko.set('bittensor', { price: 251 });
  expect(await tao(market)).toMatchObject({ price: 251, checking: false });
});

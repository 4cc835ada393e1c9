// A price that one second source contradicted, once: shown as unconfirmed after half an hour, accepted after six hours.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MINUTE, openScene, tao } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { askFor, minutesUntil } from './ask.ts';
import { HOUR } from '../../../src/base/clock.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ fallbacks: ['kraken'] });
  await tao(scene.market);
  scene.gecko.set('bittensor', { price: 300 });
  scene.clock.now += MINUTE;
  await tao(scene.market); // Kraken says 250.28
});
afterEach(() => scene.close());

it('at first the old price is shown, and that a newer one is checked', async () => {
  expect(await tao(scene.market)).toMatchObject({ price: 250.28, checking: true });
});

it('the objector dies: the newest value after half an hour, marked, and after six hours without the mark', async () => {
  await scene.others.kraken.down();
  const first = await askFor(scene, HOUR);
  const shown = minutesUntil(first, ({ price }) => price === 300);
  expect(shown).toBeGreaterThan(20);
  expect(shown).toBeLessThanOrEqual(31);
  expect(first.at(-1)).toMatchObject({ unconfirmed: true, checking: false, source: { id: 'coingecko' } });
  expect(first.at(-1)?.ageMs).toBeLessThanOrEqual(2 * MINUTE); // and it goes on being renewed
  expect(scene.market.status().doubts.prices).toMatchObject({ open: 1, oldestMs: HOUR });
  const later = await askFor(scene, 6 * HOUR);
  const accepted = minutesUntil(later, ({ unconfirmed }) => unconfirmed === undefined);
  expect(accepted).toBeGreaterThan(4.9 * 60);
  expect(accepted).toBeLessThanOrEqual(5.1 * 60);
  expect(later.every(({ price }) => price === 300)).toBe(true);
  expect(scene.log.count('price held back until confirmed')).toBe(1);
  expect(scene.log.count('price accepted though never confirmed: it has lasted')).toBe(1);
  expect(scene.market.status().doubts.prices).toEqual({ open: 0, oldestMs: 0 });
});

it('as long as it objects, its own price is shown under its own name', async () => {
  const answers = await askFor(scene, 8 * HOUR);
  expect(new Set(answers.map(({ price }) => price))).toEqual(new Set([250.28]));
  expect(answers.at(-1)).toMatchObject({ source: { id: 'kraken' } });
  expect(answers.at(-1)?.ageMs).toBeLessThanOrEqual(2 * MINUTE);
});

it('an objection while the value is shown as unconfirmed hides it again', async () => {
  await scene.others.kraken.down();
  expect((await askFor(scene, 40 * MINUTE)).at(-1)).toMatchObject({ unconfirmed: true });
  await scene.others.kraken.up();
  const answers = await askFor(scene, 20 * MINUTE);
  expect(answers.at(-1)).toMatchObject({ price: 250.28, source: { id: 'kraken' } });
});

it('what was never confirmed is not what a restart remembers', async () => {
  await scene.others.kraken.down();
  await askFor(scene, 40 * MINUTE);
  scene.gecko.fault = { kind: 'status', status: 500 };
  expect((await tao(scene.reopen())).price).toBe(250.28);
});

it('the doubt ends by itself when the price comes back', async () => {
  scene.gecko.set('bittensor', { price: 252 });
  scene.clock.now += MINUTE;
  expect(await tao(scene.market)).toMatchObject({ price: 252, checking: false });
  expect(scene.log.count('price no longer in doubt')).toBe(1);
});

it('stablecoins that lose their peg for good do not silence everybody else for ever', async () => {
  await scene.others.kraken.down();
  scene.gecko.set('bittensor', { price: 250.28 });
  scene.gecko.set('usd-coin', { price: 0.6 });
  scene.gecko.set('tether', { price: 0.6 });
  const answers = await askFor(scene, 7 * HOUR, { everyMs: 5 * MINUTE });
  expect(answers[0]?.ageMs).toBeGreaterThan(5 * MINUTE);
  expect(answers.at(-1)?.ageMs).toBeLessThanOrEqual(6 * MINUTE);
  expect(scene.log.count('batch of prices refused: sentinels out of range')).toBe(1);
  expect(scene.log.count('sentinels out of range for hours: each coin is judged by itself')).toBe(1);
});

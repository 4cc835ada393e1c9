// When the next attempt is due, whatever became of the last one.
import { beforeEach, expect, it } from 'vitest';
import { attempted, type Attempts, createAttempts } from '../../src/market/attempts.ts';
import { MINUTE } from './scene.ts';

let now = 0;
let attempts: Attempts;
beforeEach(() => {
  now = 0;
  attempts = createAttempts(() => now);
});
const wait = (ms: number) => (now += ms);

it('the first is due at once, the next in the rhythm of the budget', () => {
  expect([attempts.due(MINUTE), attempts.healthy()]).toEqual([true, false]);
  attempts.made(null);
  expect([attempts.due(MINUTE), attempts.healthy()]).toEqual([false, true]);
  wait(MINUTE);
  expect(attempts.due(MINUTE)).toBe(true);
});

it('after failures in a minute, doubling to ten', () => {
  const waits: number[] = [];
  for (let failure = 0; failure < 6; failure++) {
    attempts.made('no');
    const from = now;
    while (!attempts.due(0)) wait(1_000);
    waits.push((now - from) / MINUTE);
  }
  expect(waits).toEqual([1, 2, 4, 8, 10, 10]);
});

it('a refusal of the budget makes no attempt due that was not', () => {
  attempts.made(null);
  attempts.forbidden('budget', true);
  wait(6_000);
  expect([attempts.due(MINUTE), attempts.healthy(), attempts.failure()]).toEqual([false, true, 'budget']);
  wait(MINUTE);
  attempts.forbidden('budget');
  expect([attempts.due(MINUTE), attempts.healthy()]).toEqual([false, false]);
  wait(5_000);
  expect(attempts.due(MINUTE)).toBe(true);
  attempts.made(null);
  expect(attempts.failure()).toBeNull();
});

it('an answer that our own check fails over counts as a failed attempt', async () => {
  const broken = () => Promise.reject(new Error('bug'));
  await expect(attempted(attempts, { kind: 'ok', data: 1 }, broken)).rejects.toThrow('bug');
  expect([attempts.due(0), attempts.healthy()]).toEqual([false, false]);
  wait(MINUTE);
  expect(await attempted(attempts, { kind: 'ok', data: 1 }, () => null)).toBe(true);
  expect(attempts.healthy()).toBe(true);
});

// Waiting ends with the work or with the time, and takes its timer along.
import { expect, it } from 'vitest';
import { realSleep, type Sleep, waitAtMost } from '../../src/base/clock.ts';

/** A sleep that ends when told, and what became of it. */
function handSleep(): { sleep: Sleep; end: () => void; signals: AbortSignal[] } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const signals: AbortSignal[] = [];
  return { sleep: (_ms, signal) => (signal && signals.push(signal), promise), end: resolve, signals };
}

it('ends with the work, well or badly, and stops the timer', async () => {
  for (const work of [Promise.resolve(1), Promise.reject(new Error('broken'))]) {
    const hand = handSleep();
    expect(await waitAtMost(work, 1000, hand.sleep)).toBe(true);
    expect(hand.signals[0]?.aborted).toBe(true);
  }
});

it('ends with the time when the work is late', async () => {
  const hand = handSleep();
  const waiting = waitAtMost(new Promise(() => undefined), 1000, hand.sleep);
  hand.end();
  expect(await waiting).toBe(false);
});

it('the real sleep ends early, without an error, when its signal fires', async () => {
  const stop = new AbortController();
  const sleeping = realSleep(600_000, stop.signal);
  stop.abort();
  await expect(sleeping).resolves.toBeUndefined();
  await expect(realSleep(600_000, AbortSignal.abort())).resolves.toBeUndefined();
});

// The work that a start puts off: in its order, after the platforms, and never once the bot stops.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { afterStart } from '../../src/wiring/after-start.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function scene(connected: Promise<unknown>) {
  const done: string[] = [];
  const stopping = new AbortController();
  const ended = afterStart({
    connected,
    warm: () => void done.push('warm'),
    collect: () => void done.push('collect'),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    stop: stopping.signal,
  });
  return { done, stopping, ended };
}

it('does nothing while the platforms connect, then warms and collects in this order', async () => {
  const connected = Promise.withResolvers<void>();
  const { done, ended } = scene(connected.promise);
  await vi.advanceTimersByTimeAsync(8000);
  expect(done).toEqual([]);
  connected.resolve();
  await vi.advanceTimersByTimeAsync(1000);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(done).toEqual(['warm']);
  await vi.advanceTimersByTimeAsync(3000);
  expect(done).toEqual(['warm', 'collect']);
  await ended;
});

it('waits ten seconds at most for a platform that does not connect', async () => {
  const { done } = scene(new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(15_000);
  expect(done).toEqual(['warm', 'collect']);
});

it('leaves it once the bot stops', async () => {
  const { done, stopping, ended } = scene(Promise.resolve());
  stopping.abort();
  await vi.advanceTimersByTimeAsync(15_000);
  await ended;
  expect(done).toEqual([]);
});

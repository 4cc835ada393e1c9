// When a source that failed may be asked again.
import { beforeEach, expect, it } from 'vitest';
import { type CircuitBreaker, createCircuitBreaker, utcTime } from '../../src/http/circuit-breaker.ts';

const START = Date.parse('2026-11-22T10:00:00Z');
let now = START;
let breaker: CircuitBreaker;
beforeEach(() => {
  now = START;
  breaker = createCircuitBreaker({ name: 'Far', now: () => now });
});

it('a success that was already under way when a 429 came does not lift the pause', () => {
  now = START + 1_000;
  breaker.limited(300_000, START + 500);
  breaker.succeeded(START + 400);
  expect(breaker.pausing()).toMatchObject({ kind: 'limited', until: now + 300_000 });
});

it('calls that were under way together count as one failure', () => {
  for (const startedAt of [START, START, START]) breaker.failed('Far answered with error 500', startedAt);
  now = START + 29_999;
  expect(breaker.pausing()).toEqual({ kind: 'failed', reason: 'Far answered with error 500' });
  now = START + 30_000;
  expect(breaker.pausing()).toBeNull();
  breaker.failed('Far answered with error 500', now);
  now += 59_999;
  expect(breaker.pausing()).not.toBeNull();
  now += 1;
  expect(breaker.pausing()).toBeNull();
});

it('tells its state, its last success and its last error', () => {
  expect(breaker.state()).toEqual({ state: 'ok', lastSuccessAt: null, lastError: null });
  breaker.failed('Far could not be reached', START);
  expect(breaker.state()).toEqual({ state: 'cooling', lastSuccessAt: null, lastError: 'Far could not be reached' });
  now = START + 30_000;
  expect(breaker.state().state).toBe('failing');
  breaker.succeeded(now);
  expect(breaker.state()).toEqual({ state: 'ok', lastSuccessAt: now, lastError: 'Far could not be reached' });
});

it('a clock time is rounded up to the minute', () => {
  expect([utcTime(START), utcTime(START + 1), utcTime(START + 60_000)]).toEqual(['10:00', '10:01', '10:01']);
});

it('tells how long a source has failed in a row, from its first failure on', () => {
  expect(breaker.failingMs()).toBe(0);
  breaker.failed('Far could not be reached', START);
  now = START + 30_000;
  breaker.failed('Far could not be reached', now);
  now += 5_000;
  expect(breaker.failingMs()).toBe(35_000);
  breaker.succeeded(now);
  expect(breaker.failingMs()).toBe(0);
});

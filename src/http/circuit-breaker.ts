// Decides when a source that failed may be asked again: 30 s, doubling to 10 min, or as long as the source itself asked for.
import { MINUTE } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Outcome } from './outcome.ts';
import { LONGEST_PAUSE_MS } from './retry-after.ts';

export type SourceState = {
  state: 'ok' | 'failing' | 'cooling';
  lastSuccessAt: number | null;
  lastError: string | null;
};

export type CircuitBreaker = {
  pausing: () => Outcome<never> | null;
  /** A success that was already under way when another call failed does not lift the pause. */
  succeeded(startedAt: number): void;
  failed(reason: string, startedAt: number): Outcome<never>;
  /** `pauseMs` is what the source asked for, null when it did not say. */
  limited(pauseMs: number | null, startedAt: number): Outcome<never>;
  state: () => SourceState;
};

const FIRST_PAUSE_MS = 30_000;
const LAST_PAUSE_MS = 10 * MINUTE;
/** Pause after a 429 without a readable Retry-After: CoinGecko's limits run per minute. */
const LIMITED_PAUSE_MS = MINUTE;

export function createCircuitBreaker(options: { name: string; now: () => number; log?: Log }): CircuitBreaker {
  const { name, now, log } = options;
  let failures = 0;
  let lastFailureAt = Number.NEGATIVE_INFINITY;
  let until = 0;
  let last: Outcome<never> | null = null;
  let lastSuccessAt: number | null = null;
  let lastError: string | null = null;

  function pause(reason: string, startedAt: number, atLeastMs: number): void {
    const at = now();
    // Calls that were already under way when the first of them failed say nothing new: count the outage once.
    if (startedAt > lastFailureAt || failures === 0) failures += 1;
    lastFailureAt = at;
    const own = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LAST_PAUSE_MS);
    until = Math.max(until, at + Math.min(Math.max(own, atLeastMs), LONGEST_PAUSE_MS));
    lastError = reason;
    log?.[failures === 1 ? 'warn' : 'debug']({ source: name, reason, failures, until }, 'source failed');
  }

  return {
    pausing: () => (last !== null && now() < until ? last : null),
    succeeded(startedAt) {
      lastSuccessAt = now();
      if (startedAt < lastFailureAt) return;
      if (failures > 0) log?.info({ source: name, failures }, 'source is back');
      failures = 0;
      until = 0;
      last = null;
    },
    failed(reason, startedAt) {
      pause(reason, startedAt, 0);
      last = { kind: 'failed', reason };
      return last;
    },
    limited(pauseMs, startedAt) {
      pause(`${name} is rate-limiting us`, startedAt, pauseMs ?? LIMITED_PAUSE_MS);
      last = { kind: 'limited', until, reason: `${name} is rate-limiting us until ${utcTime(until)} UTC` };
      return last;
    },
    state: () => ({ state: failures === 0 ? 'ok' : now() < until ? 'cooling' : 'failing', lastSuccessAt, lastError }),
  };
}

/** "10:05", rounded up to the next full minute so that nobody is told to come back too early. */
export function utcTime(at: number): string {
  return new Date(Math.ceil(at / MINUTE) * MINUTE).toISOString().slice(11, 16);
}

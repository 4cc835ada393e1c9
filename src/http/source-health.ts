// Health of one source by endpoint: what fails is left alone by itself; a refused key and a rate limit concern the whole source.
import { LRUCache } from 'lru-cache';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { BreakerOptions, CircuitBreaker, SourceState } from './circuit-breaker.ts';
import type { Outcome } from './outcome.ts';

/** A pause under way: of one endpoint, or of all when `endpoint` is null. `failingMs`: since the first failure of those in a row. */
export type OpenPause = { endpoint: string | null; leftMs: number; failingMs: number; reason: string };

/** Endpoints are named by the caller; `startedAt` is a moment of the monotonic clock. */
export type SourceHealth = {
  /** The answer to give without calling; null when calls are allowed. */
  pausing(endpoint: string): Outcome<never> | null;
  succeeded(endpoint: string, startedAt: number): void;
  failed(endpoint: string, reason: string, startedAt: number): Outcome<never>;
  /** The source refuses us as such (key, address), whatever is asked. */
  refused(reason: string, startedAt: number): Outcome<never>;
  limited(pauseMs: number | null, startedAt: number): Outcome<never>;
  /** State of an endpoint under the whole source's; last success and last error of any endpoint. */
  state(endpoint: string): SourceState;
  pauses(): readonly OpenPause[];
};

/** Callers name a handful of endpoints; more would be a fault of ours. */
const MOST_ENDPOINTS = 50;

export function createSourceHealth(options: Omit<BreakerOptions, 'endpoint'>): SourceHealth {
  const isTold = (reason: string): boolean =>
    all().some(([, breaker]) => breaker.state().state !== 'ok' && breaker.state().lastError === reason);
  const whole = createCircuitBreaker({ ...options, isTold });
  const parts = new LRUCache<string, CircuitBreaker>({ max: MOST_ENDPOINTS });
  let lastError: string | null = null;

  function part(endpoint: string): CircuitBreaker {
    const known = parts.get(endpoint);
    if (known) return known;
    const made = createCircuitBreaker({ ...options, isTold, ...(endpoint === '' ? {} : { endpoint }) });
    parts.set(endpoint, made);
    return made;
  }

  const all = (): (readonly [string | null, CircuitBreaker])[] => [[null, whole], ...parts.entries()];

  return {
    pausing: (endpoint) => whole.pausing() ?? part(endpoint).pausing(),
    succeeded(endpoint, startedAt) {
      whole.succeeded(startedAt);
      part(endpoint).succeeded(startedAt);
    },
    failed(endpoint, reason, startedAt) {
      lastError = reason;
      return part(endpoint).failed(reason, startedAt);
    },
    refused(reason, startedAt) {
      lastError = reason;
      return whole.failed(reason, startedAt);
    },
    limited(pauseMs, startedAt) {
      const outcome = whole.limited(pauseMs, startedAt);
      lastError = whole.state().lastError;
      return outcome;
    },
    state(endpoint) {
      const states = [whole.state(), part(endpoint).state()];
      const worst = (['cooling', 'failing'] as const).find((state) => states.some((one) => one.state === state));
      const successes = all().flatMap(([, breaker]) => breaker.state().lastSuccessAt ?? []);
      return {
        state: worst ?? 'ok',
        lastSuccessAt: successes.length === 0 ? null : Math.max(...successes),
        lastError,
      };
    },
    pauses: () =>
      all().flatMap(([endpoint, breaker]) => {
        const [leftMs, { lastError: reason }] = [breaker.leftMs(), breaker.state()];
        return leftMs > 0 ? [{ endpoint, leftMs, failingMs: breaker.failingMs(), reason: reason ?? 'unknown' }] : [];
      }),
  };
}

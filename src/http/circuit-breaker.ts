// Decides when a source that failed may be asked again: 30 s, doubling to 10 min, or as long as the source itself asked for.
import { MINUTE } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Outcome } from './outcome.ts';
import { LONGEST_PAUSE_MS } from './retry-after.ts';

export type SourceState = {
  state: 'ok' | 'failing' | 'cooling';
  /** Epoch ms by the present wall clock, however often that was set since. */
  lastSuccessAt: number | null;
  lastError: string | null;
};

/** `startedAt` of a call is a moment of the monotonic clock. */
export type CircuitBreaker = {
  pausing: () => Outcome<never> | null;
  /** A success that was already under way when another call failed does not lift the pause. */
  succeeded(startedAt: number): void;
  failed(reason: string, startedAt: number): Outcome<never>;
  /** `pauseMs` is what the source asked for, null when it did not say. */
  limited(pauseMs: number | null, startedAt: number): Outcome<never>;
  state: () => SourceState;
  /** Ms until calls are allowed again; 0 when they are. */
  leftMs: () => number;
  /** Ms since the first failure of those in a row; 0 without any. */
  failingMs: () => number;
};

export type BreakerOptions = {
  name: string;
  /** What part of the source it guards, for the log. */
  endpoint?: string;
  /** Epoch ms, for what people and operators read. */
  now: () => number;
  /** Ms on a clock that never steps, for the pauses; `now` unless given. */
  monotonic?: () => number;
  log?: Log;
  /** Whether another part of the source has failed for this reason, so that the log says it already. */
  isTold?: (reason: string) => boolean;
};

const FIRST_PAUSE_MS = 30_000;
const LAST_PAUSE_MS = 10 * MINUTE;
/** Pause after a 429 without a readable Retry-After: CoinGecko's limits run per minute. */
const LIMITED_PAUSE_MS = MINUTE;

export function createCircuitBreaker(options: BreakerOptions): CircuitBreaker {
  const { name, endpoint, now, log } = options;
  const monotonic = options.monotonic ?? now;
  let failures = 0;
  let failingSince = 0;
  let lastFailureAt = Number.NEGATIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  let cause: { kind: 'failed' | 'limited'; reason: string } | null = null;
  let succeededAt: number | null = null;
  let lastError: string | null = null;

  const leftMs = (): number => Math.max(0, until - monotonic());

  function pause(reason: string, startedAt: number, atLeastMs: number): void {
    const at = monotonic();
    const isNews = failures === 0 && options.isTold?.(reason) !== true;
    // Calls that were already under way when the first of them failed say nothing new: count the outage once.
    if (failures === 0) failingSince = at;
    if (startedAt > lastFailureAt || failures === 0) failures += 1;
    lastFailureAt = at;
    const own = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LAST_PAUSE_MS);
    until = Math.max(until, at + Math.min(Math.max(own, atLeastMs), LONGEST_PAUSE_MS));
    lastError = reason;
    log?.[isNews ? 'warn' : 'debug'](
      { source: name, endpoint, reason, failures, pauseMs: Math.ceil(leftMs()) },
      'source failed',
    );
  }

  function refusal(): Outcome<never> | null {
    if (cause === null) return null;
    if (cause.kind === 'failed') return { kind: 'failed', reason: cause.reason };
    const ends = now() + leftMs();
    return { kind: 'limited', until: ends, reason: `${cause.reason} until ${utcTime(ends)} UTC` };
  }

  function stop(kind: 'failed' | 'limited', reason: string): Outcome<never> {
    cause = { kind, reason };
    return refusal() ?? { kind: 'failed', reason };
  }

  return {
    pausing: () => (leftMs() > 0 ? refusal() : null),
    succeeded(startedAt) {
      succeededAt = monotonic();
      if (startedAt < lastFailureAt) return;
      if (failures > 0) log?.info({ source: name, endpoint, failures }, 'source is back');
      failures = 0;
      until = Number.NEGATIVE_INFINITY;
      cause = null;
    },
    failed(reason, startedAt) {
      pause(reason, startedAt, 0);
      return stop('failed', reason);
    },
    limited(pauseMs, startedAt) {
      const reason = `${name} is rate-limiting us`;
      pause(reason, startedAt, pauseMs ?? LIMITED_PAUSE_MS);
      return stop('limited', reason);
    },
    state: () => ({
      state: failures === 0 ? 'ok' : leftMs() > 0 ? 'cooling' : 'failing',
      lastSuccessAt: succeededAt === null ? null : Math.floor(now() - (monotonic() - succeededAt)),
      lastError,
    }),
    leftMs,
    failingMs: () => (failures === 0 ? 0 : monotonic() - failingSince),
  };
}

/** "10:05", rounded up to the next full minute so that nobody is told to come back too early. */
export function utcTime(at: number): string {
  return new Date(Math.ceil(at / MINUTE) * MINUTE).toISOString().slice(11, 16);
}

// Paces attempts, whatever became of them: after a success in the rhythm of the budget, after a failure in a minute, doubling to ten.
import { MINUTE } from '../base/clock.ts';
import type { Outcome } from '../http/outcome.ts';

export type Attempts = {
  /** An attempt was made: null when it went well, else the reason for people. */
  made(failure: string | null): void;
  /**
   * A budget or a pause of the source forbade the attempt, which changes nothing about when one is due: whoever forbade it knows until when.
   * The reason is for people; `side`: it was a call beside the regular ones, so nothing is wrong with these.
   */
  forbidden(reason: string, side?: boolean): void;
  /** The next one may be made: `intervalMs` after a success, sooner or later after a failure. */
  due(intervalMs: number): boolean;
  /** The last attempt went well, and there was one. */
  healthy(): boolean;
  /** Why there is nothing newer; null when the last attempt went well. */
  failure(): string | null;
};

const FIRST_RETRY_MS = MINUTE;
const LAST_RETRY_MS = 10 * MINUTE;
/** The reason for people when nothing was asked, or the source told us itself when to come back; else null. */
export function forbiddenBy(answer: Outcome<unknown>): string | null {
  const forbidden = answer.kind === 'limited' || (answer.kind === 'failed' && answer.unasked === true);
  return forbidden ? answer.reason : null;
}

/**
 * Counts the attempt that `answer` came of; `judge` says what is wrong with the data, null when it is believed
 * (`aheadMs`: how far our clock is ahead of the source's). Resolves to whether it is. What `judge` throws is thrown on, after it has been counted as a failure.
 */
export async function attempted<T>(
  attempts: Attempts,
  answer: Outcome<T>,
  judge: (data: T, aheadMs: number) => string | null | Promise<string | null>,
): Promise<boolean> {
  const forbidden = forbiddenBy(answer);
  if (forbidden !== null) attempts.forbidden(forbidden);
  if (answer.kind !== 'ok') {
    if (forbidden === null) attempts.made(answer.kind === 'missing' ? 'it is not there' : answer.reason);
    return false;
  }
  let fault: string | null = 'our own check failed';
  try {
    fault = await judge(answer.data, answer.aheadMs ?? 0);
  } finally {
    attempts.made(fault);
  }
  return fault === null;
}

/** What forbids costs nothing, but is not asked on every question. */
const FORBIDDEN_MS = 5_000;

export function createAttempts(monotonic: () => number): Attempts {
  let last: { at: number; retryMs: number | null } | null = null;
  let failures = 0;
  let reason: string | null = null;
  let refusal: { at: number; reason: string; side: boolean } | null = null;

  return {
    made(failure) {
      failures = failure === null ? 0 : failures + 1;
      reason = failure;
      refusal = null;
      const retryMs = failure === null ? null : Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS);
      last = { at: monotonic(), retryMs };
    },
    forbidden(why, side = false) {
      refusal = { at: monotonic(), reason: why, side };
    },
    due(intervalMs) {
      if (refusal !== null && monotonic() - refusal.at < FORBIDDEN_MS) return false;
      return last === null || monotonic() - last.at >= (last.retryMs ?? intervalMs);
    },
    healthy: () => last !== null && reason === null && (refusal === null || refusal.side),
    failure: () => refusal?.reason ?? reason,
  };
}

// The numbers of sending that hold on every platform: leases, patience, retries. What differs by platform stands in each bot's `sendRules`.
import { MINUTE, SECOND } from '../../base/clock.ts';

export type EngineRules = {
  /** A row's lease, and what must be left of it when a post is marked: more than the time to leave and the bots' HTTP timeout of 10 s together. */
  rowLeaseMs: number;
  rowMarginMs: number;
  /** How long after its mark a post may leave, less than what is left of the platform's lease then; and in another form after a refusal. */
  leaveWithinMs: number;
  leaveAgainWithinMs: number;
  /** The lease of a platform's token, and how often it is renewed. */
  senderLeaseMs: number;
  senderRenewMs: number;
  /** From this delay on, a post says that it is late; an untried body older than this is rendered again. */
  lateMs: number;
  /** Waits after a post that certainly was not sent; the last one repeats. */
  backOffMs: readonly number[];
  /** Longest wait for a bot's answer before the outcome counts as unclear. */
  postTimeoutMs: number;
};

export const ENGINE_RULES: EngineRules = {
  rowLeaseMs: MINUTE,
  rowMarginMs: 20 * SECOND,
  leaveWithinMs: 5 * SECOND,
  leaveAgainWithinMs: 20 * SECOND,
  senderLeaseMs: 15 * SECOND,
  senderRenewMs: 5 * SECOND,
  lateMs: 10 * MINUTE,
  backOffMs: [1, 4, 15, 60, 300, 900].map((s) => s * SECOND),
  postTimeoutMs: 30 * SECOND,
};

/** Until a row is looked at again that a pause or a passing fault kept from being tried. */
export const PUT_BACK_MS = MINUTE;

/** Back-off before try number `attempt` + 1, spread by ± 20 % so that many rows do not come back together; `seed` is any number of the row. */
export function backOff({ backOffMs }: Pick<EngineRules, 'backOffMs'>, attempt: number, seed: number): number {
  const base = backOffMs[Math.min(attempt, backOffMs.length - 1)] ?? MINUTE;
  return Math.round(base * (0.8 + 0.4 * (Math.abs(seed % 1000) / 1000)));
}

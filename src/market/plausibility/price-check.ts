// The price gate: decides whether a new price is believed, doubted or refused. Pure, so that every glitch on record can be replayed.
import { HOUR, MINUTE } from '../../base/clock.ts';

/** A price and the source's own time for it (epoch ms). */
export type Point = { price: number; at: number };

/** A doubted price and what has been seen of it since. */
export type Suspicion = {
  price: number;
  firstSeenAt: number;
  lastPollAt: number;
  polls: number;
  /** A second source answered and did not agree. */
  contradicted: boolean;
};

export type Verdict =
  | { kind: 'accept' }
  | { kind: 'refuse'; why: 'from the future' | 'older than the last' | 'not a price' }
  | { kind: 'suspect'; suspicion: Suspicion };

export type Evidence = {
  seen: Point;
  /** Last accepted value; null for a coin seen for the first time. */
  last: Point | null;
  suspicion: Suspicion | null;
  /** What an independent source says, in the same currency; null when none could be had. */
  second: number | null;
  /**
   * First sight only. `yes`: sentinels hold, or the row's own range and sparkline bear the price out; `unproven`: neither;
   * `no`: the row contradicts itself.
   */
  credible: 'yes' | 'unproven' | 'no';
  now: number;
};

/** Clock difference that we allow a source. */
export const FUTURE_MS = MINUTE;
const AGREEMENT = Math.log(1.02);
/** From this step on (×4 or ÷4) polls of one source alone are only believed after hours: a split or redenomination lasts, a glitch does not. */
const HUGE_STEP = Math.log(4);
const POLLS_NEEDED = 3;
const HUGE_STEP_MS = 6 * HOUR;

/** Largest believable |ln(new/old)| after `elapsedMs`: 10 %, growing with the square root of time for at most one day. */
export function allowedStep(elapsedMs: number, floor = 0.1): number {
  const minutes = Math.min(Math.max(0, elapsedMs) / MINUTE, 1440);
  return Math.max(floor, 0.04 * Math.sqrt(minutes));
}

export function agree(left: number, right: number): boolean {
  return Math.abs(Math.log(left / right)) <= AGREEMENT;
}

/** Judges one coin of a batch whose sentinels hold. */
export function judge(evidence: Evidence): Verdict {
  const { seen, last, second, now } = evidence;
  if (!Number.isFinite(seen.price) || seen.price <= 0 || !Number.isFinite(seen.at)) {
    return { kind: 'refuse', why: 'not a price' };
  }
  if (seen.at > now + FUTURE_MS) return { kind: 'refuse', why: 'from the future' };
  if (last !== null && seen.at < last.at) return { kind: 'refuse', why: 'older than the last' };
  if (last === null && evidence.credible === 'yes') return { kind: 'accept' };
  const step = last === null ? firstStep(evidence) : Math.abs(Math.log(seen.price / last.price));
  if (last !== null && step <= allowedStep(trustedSpan(evidence, last))) return { kind: 'accept' };
  if (second !== null && agree(seen.price, second)) return { kind: 'accept' };
  const suspicion = doubt(evidence);
  return lasted(suspicion, step, now) ? { kind: 'accept' } : { kind: 'suspect', suspicion };
}

/**
 * Time over which the price may have moved. A doubted value must not become believable by being repeated until the allowance has grown
 * up to it, so for as long as the price stays out there the span ends where the doubt began.
 */
function trustedSpan({ seen, suspicion }: Evidence, last: Point): number {
  if (suspicion === null) return seen.at - last.at;
  const [step, doubted] = [Math.log(seen.price / last.price), Math.log(suspicion.price / last.price)];
  const stays = Math.sign(step) === Math.sign(doubted) && Math.abs(step) >= Math.abs(doubted) - allowedStep(0);
  return (stays ? Math.min(seen.at, suspicion.firstSeenAt) : seen.at) - last.at;
}

function firstStep({ credible }: Evidence): number {
  return credible === 'no' ? Number.POSITIVE_INFINITY : 0;
}

/** The doubt carried on: polls closer than a minute count once, a value that moved away starts a new doubt. */
function doubt({ seen, suspicion, second, now }: Evidence): Suspicion {
  const contradicted = second !== null;
  if (suspicion === null || Math.abs(Math.log(seen.price / suspicion.price)) > allowedStep(0)) {
    return { price: seen.price, firstSeenAt: now, lastPollAt: now, polls: 1, contradicted };
  }
  const counts = now - suspicion.lastPollAt >= MINUTE;
  return {
    price: seen.price,
    firstSeenAt: suspicion.firstSeenAt,
    lastPollAt: counts ? now : suspicion.lastPollAt,
    polls: suspicion.polls + (counts ? 1 : 0),
    // Silence of the second source does not take its objection back.
    contradicted: contradicted || suspicion.contradicted,
  };
}

function lasted(suspicion: Suspicion, step: number, now: number): boolean {
  if (suspicion.contradicted || suspicion.polls < POLLS_NEEDED) return false;
  return step <= HUGE_STEP || now - suspicion.firstSeenAt >= HUGE_STEP_MS;
}

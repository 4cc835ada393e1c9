// The price gate: decides whether a new price is believed, doubted or refused. Pure, so that every glitch on record can be replayed.
import { HOUR, MINUTE } from '../../base/clock.ts';

/** A price and the source's own time for it (epoch ms). */
export type Point = { price: number; at: number };

/** A doubted price and what has been seen of it since. `at` is the source's time of the first sight, the other moments are monotonic ms. */
export type Suspicion = {
  price: number;
  at: number;
  firstSeenAt: number;
  lastPollAt: number;
  /** How often about this price was seen. */
  polls: number;
  /** How often the source was looked at since `firstSeenAt`, whatever it said. */
  looks: number;
  /** When a second source last answered and did not agree; null when none did. */
  contradictedAt: number | null;
};

/** `overdue`: believed for no other reason than that it lasted, in spite of a doubt that was never settled. */
export type Verdict =
  | { kind: 'accept'; overdue: boolean }
  | { kind: 'refuse'; why: 'older than the last' | 'not a price' }
  | { kind: 'suspect' | 'unconfirmed'; suspicion: Suspicion };

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
  /** Monotonic ms. */
  now: number;
};

/** Clock difference that we allow a source. */
export const FUTURE_MS = MINUTE;
const AGREEMENT = Math.log(1.02);
/** From this step on (×4 or ÷4) polls of one source alone are only believed after hours: a split or redenomination lasts, a glitch does not. */
export const HUGE_STEP = Math.log(4);
export const POLLS_NEEDED = 3;
/** Nothing is doubted longer, unless somebody still contradicts it. */
export const LONGEST_DOUBT_MS = 6 * HOUR;
/** An objection that was not raised again for so long no longer hides the price; it marks it as unconfirmed. */
const OBJECTION_MS = 30 * MINUTE;

/** Largest believable |ln(new/old)| after `elapsedMs`: 10 %, growing with the square root of time for at most one day. */
export function allowedStep(elapsedMs: number, floor = 0.1): number {
  const minutes = Math.min(Math.max(0, elapsedMs) / MINUTE, 1440);
  return Math.max(floor, 0.04 * Math.sqrt(minutes));
}

export function agree(left: number, right: number): boolean {
  return Math.abs(Math.log(left / right)) <= AGREEMENT;
}

const ACCEPT: Verdict = { kind: 'accept', overdue: false };

/** Judges one coin of a batch whose sentinels hold. */
export function judge(evidence: Evidence): Verdict {
  const { seen, last, second, now } = evidence;
  if (!Number.isFinite(seen.price) || seen.price <= 0 || !Number.isFinite(seen.at)) {
    return { kind: 'refuse', why: 'not a price' };
  }
  if (last !== null && seen.at < last.at) return { kind: 'refuse', why: 'older than the last' };
  if (last === null && evidence.credible === 'yes') return ACCEPT;
  const step = last === null ? firstStep(evidence) : Math.abs(Math.log(seen.price / last.price));
  if (last !== null && step <= allowedStep(trustedSpan(evidence, last))) return ACCEPT;
  if (second !== null && agree(seen.price, second)) return ACCEPT;
  return ripen(doubt(evidence), step, now);
}

/**
 * Time over which the price may have moved. A doubted value must not become believable by being repeated until the allowance has grown
 * up to it, so for as long as the price stays out there the span ends where the doubt began.
 */
function trustedSpan({ seen, suspicion }: Evidence, last: Point): number {
  if (suspicion === null) return seen.at - last.at;
  const [step, doubted] = [Math.log(seen.price / last.price), Math.log(suspicion.price / last.price)];
  const stays = Math.sign(step) === Math.sign(doubted) && Math.abs(step) >= Math.abs(doubted) - allowedStep(0);
  return (stays ? Math.min(seen.at, suspicion.at) : seen.at) - last.at;
}

function firstStep({ credible }: Evidence): number {
  return credible === 'no' ? Number.POSITIVE_INFINITY : 0;
}

/**
 * The doubt carried on: polls closer than a minute count once. A value that moved away has to be seen again from the beginning, but while it
 * stays on the same side of the last accepted one it is doubted no longer for that.
 */
function doubt({ seen, last, suspicion, second, now }: Evidence): Suspicion {
  // Silence of the second source does not take its objection back at once.
  const contradictedAt = second === null ? (suspicion?.contradictedAt ?? null) : now;
  const begun = { firstSeenAt: now, lastPollAt: now, polls: 1, looks: 1, contradictedAt };
  if (suspicion === null) return { price: seen.price, at: seen.at, ...begun };
  const counts = now - suspicion.lastPollAt >= MINUTE;
  const looks = suspicion.looks + 1;
  if (Math.abs(Math.log(seen.price / suspicion.price)) > allowedStep(0)) {
    const goesOn = last === null || seen.price > last.price === suspicion.price > last.price;
    return {
      price: seen.price,
      at: seen.at,
      ...begun,
      ...(goesOn ? { firstSeenAt: suspicion.firstSeenAt, looks } : {}),
    };
  }
  return {
    ...suspicion,
    lastPollAt: counts ? now : suspicion.lastPollAt,
    polls: suspicion.polls + (counts ? 1 : 0),
    looks,
    contradictedAt,
  };
}

/** What has become of a doubt that nobody settled. */
function ripen(suspicion: Suspicion, step: number, now: number): Verdict {
  const { polls, looks, contradictedAt, firstSeenAt } = suspicion;
  const contradicted = contradictedAt !== null && now - contradictedAt < OBJECTION_MS;
  const seenAgain = polls >= POLLS_NEEDED;
  if (contradicted) return { kind: 'suspect', suspicion };
  if (seenAgain && contradictedAt === null && step <= HUGE_STEP) return ACCEPT;
  if (looks >= POLLS_NEEDED && now - firstSeenAt >= LONGEST_DOUBT_MS) return { kind: 'accept', overdue: true };
  if (!seenAgain) return { kind: 'suspect', suspicion };
  return { kind: step <= HUGE_STEP ? 'unconfirmed' : 'suspect', suspicion };
}

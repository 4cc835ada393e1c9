// Which observations may move an alert: a jump, or another source, must be seen twice before anybody is told of it.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../base/cache/at-most.ts';
import { HOUR, MINUTE } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { WINDOWS } from './condition.ts';
import type { Observation } from './observations.ts';

export type Confirmation = {
  /** What was believed before: by an earlier process, or when an alert was made. Older than what is known it changes nothing. */
  begin(key: string, observation: Believed): void;
  /** The observation when it may be acted on, else null: it is too old, a repetition, or waits for a second one that agrees. */
  take(key: string, observation: Observation): Observation | null;
  /** What was taken last could not be acted on: it is new once more. */
  takeBack(): void;
  /** Since when these targets are in doubt, those that are: the source's own time (epoch ms). */
  doubtsBegun(keys: Iterable<string>): number[];
};

/** A larger move between two readings must be confirmed. */
const JUMP = Math.log(1.15);
/** So do its moves, in points: they are the source's own figures, which a wrong one may be among. */
const LEAP = 15;
/** Two readings this close say the same. */
const AGREEMENT = Math.log(1.02);
/** While the price moves on at every reading no two say the same; all of them together say that it went. */
const DOUBT_MS = 10 * MINUTE;
const READINGS_NEEDED = 3;
/** Where they contradict each other nothing is known, but what was believed so long ago does not hold either. */
const CONTRADICTED_MS = 6 * HOUR;
/** Times of sources are by our own clock, so what is further ahead was read before that was set back, and hides nothing newer. */
const AHEAD_MS = MINUTE;
const MOST_KEYS = 20_000;

/** The part of an observation that later ones are compared with. */
export type Believed = Pick<Observation, 'at' | 'price' | 'source'> & Partial<Pick<Observation, 'changes'>>;

/** `since`: the source's time of the first reading. `contradicted`: some lie above what was believed, others below. */
type Doubt = { newest: Believed; since: number; readings: number; contradicted: boolean };

type Seen = { accepted: Believed | null; doubt: Doubt | null };

export function createConfirmation({ now, log }: { now: () => number; log: Pick<Log, 'warn'> }): Confirmation {
  const seen = new LRUCache<string, Seen>(atMost(MOST_KEYS));
  let takenLast: { key: string; before: Seen | undefined } | null = null;

  function isOver(key: string, { newest, since, readings, contradicted }: Doubt): boolean {
    const lastedMs = newest.at - since;
    const over = readings >= READINGS_NEEDED && lastedMs >= (contradicted ? CONTRADICTED_MS : DOUBT_MS);
    if (over)
      log.warn({ detail: key, lastedMs }, 'alerts believe a reading that no other confirmed: the doubt has lasted');
    return over;
  }

  /** After a step of the clock the reading in doubt comes again with another time: it must not confirm itself. */
  function known(key: string, { at }: Observation): Seen {
    const found = seen.get(key) ?? { accepted: null, doubt: null };
    const last = Math.max(found.accepted?.at ?? 0, found.doubt?.newest.at ?? 0);
    if (at >= last || last <= now() + AHEAD_MS) return found;
    return { accepted: found.accepted && { ...found.accepted, at: 0 }, doubt: null };
  }

  return {
    begin(key, observation) {
      if (!seen.has(key)) seen.set(key, { accepted: observation, doubt: null });
    },
    take(key, observation) {
      const { accepted, doubt: before } = known(key, observation);
      if (observation.at <= Math.max(accepted?.at ?? 0, before?.newest.at ?? 0)) return null; // nothing new
      const doubt = doubtOf(observation, accepted, before);
      const holds = doubt !== null && !isOver(key, doubt);
      takenLast = { key, before: seen.get(key) };
      seen.set(key, holds ? { accepted, doubt } : { accepted: observation, doubt: null });
      return holds ? null : observation;
    },
    takeBack() {
      if (takenLast?.before !== undefined) seen.set(takenLast.key, takenLast.before);
      else if (takenLast !== null) seen.delete(takenLast.key);
    },
    doubtsBegun: (keys) => [...keys].flatMap((key) => seen.peek(key)?.doubt?.since ?? []),
  };
}

/** Null when the reading may be believed: it is near the last one, or says the same as the one before it. */
function doubtOf(newest: Observation, accepted: Believed | null, before: Doubt | null): Doubt | null {
  if (accepted === null || isPlain(newest, accepted)) return null;
  if (before === null) return { newest, since: newest.at, readings: 1, contradicted: false };
  if (agrees(newest, before.newest)) return null;
  const opposite = side(newest, accepted) * side(before.newest, accepted) < 0;
  return { ...before, newest, readings: before.readings + 1, contradicted: before.contradicted || opposite };
}

/** Where a reading lies: a jump above (1) or below (-1) what was believed, or near it (0). */
function side({ price }: Believed, accepted: Believed): number {
  const step = price === null || accepted.price === null ? 0 : Math.log(price / accepted.price);
  return Math.abs(step) > JUMP ? Math.sign(step) : 0;
}

function isPlain(observation: Observation, last: Believed): boolean {
  return observation.source === last.source && side(observation, last) === 0 && !leaps(observation, last);
}

function agrees(observation: Observation, waiting: Believed): boolean {
  if (leaps(observation, waiting)) return false;
  if (observation.price === null || waiting.price === null) return observation.source === waiting.source;
  return Math.abs(Math.log(observation.price / waiting.price)) <= AGREEMENT;
}

/** Whether a move over some window differs by more than it can between two readings. */
function leaps({ changes }: Observation, last: Believed): boolean {
  return WINDOWS.some((window) => {
    const [now, before] = [changes[window], last.changes?.[window] ?? null];
    return now !== null && before !== null && Math.abs(now - before) > LEAP;
  });
}

// Which observations may move an alert: a jump, or another source, must be seen twice before anybody is told of it.
import { LRUCache } from 'lru-cache';
import type { Observation } from './observations.ts';

export type Confirmation = {
  /** What was believed before: by an earlier process, or when an alert was made. Older than what is known it changes nothing. */
  begin(key: string, observation: Believed): void;
  /** The observation when it may be acted on, else null: it is too old, a repetition, or waits for a second one that agrees. */
  take(key: string, observation: Observation): Observation | null;
};

/** A larger move between two readings must be confirmed. */
const JUMP = Math.log(1.15);
/** Two readings this close say the same. */
const AGREEMENT = Math.log(1.02);
const MOST_KEYS = 20_000;

/** The part of an observation that later ones are compared with. */
export type Believed = Pick<Observation, 'at' | 'price' | 'source'>;

type Seen = { accepted: Believed | null; waiting: Believed | null };

export function createConfirmation(): Confirmation {
  const seen = new LRUCache<string, Seen>({ max: MOST_KEYS });
  return {
    begin(key, observation) {
      const known = seen.get(key);
      if (known === undefined) seen.set(key, { accepted: observation, waiting: null });
    },
    take(key, observation) {
      const { accepted, waiting } = seen.get(key) ?? { accepted: null, waiting: null };
      if (observation.at <= Math.max(accepted?.at ?? 0, waiting?.at ?? 0)) return null; // nothing new
      if (accepted === null || isPlain(observation, accepted) || (waiting !== null && agrees(observation, waiting))) {
        seen.set(key, { accepted: observation, waiting: null });
        return observation;
      }
      seen.set(key, { accepted, waiting: observation });
      return null;
    },
  };
}

function isPlain(observation: Observation, last: Believed): boolean {
  if (observation.source !== last.source) return false;
  if (observation.price === null || last.price === null) return true;
  return Math.abs(Math.log(observation.price / last.price)) <= JUMP;
}

function agrees(observation: Observation, waiting: Believed): boolean {
  if (observation.price === null || waiting.price === null) return observation.source === waiting.source;
  return Math.abs(Math.log(observation.price / waiting.price)) <= AGREEMENT;
}

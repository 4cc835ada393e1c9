// Whoever sends far more than a person can is not heard any more, before any work is done for it: not even a refusal is worth the others' time.
import { createTokenBucket } from '../base/token-bucket.ts';

export type FloodGate = {
  /** False when this event of a person must be dropped unanswered. `person` is unique within the platform; events of nobody pass. */
  passes(person: string | undefined): boolean;
};

/** Four times what `app/dispatch.ts` lets a person ask at once: whoever is told "One moment" may be told so for a while. Presses count in full here. */
const BURST = 60;
const REFILL_MS = 500;
const MOST_PEOPLE = 100_000;

/** `monotonic`: ms. `dropped` is called for each event that does not pass. */
export function createFloodGate({ monotonic, dropped }: { monotonic: () => number; dropped: () => void }): FloodGate {
  const buckets = createTokenBucket({ burst: BURST, refillMs: REFILL_MS, mostKeys: MOST_PEOPLE, monotonic });
  return {
    passes(person) {
      if (person === undefined || person === '' || buckets.take(person) === 0) return true;
      dropped();
      return false;
    },
  };
}

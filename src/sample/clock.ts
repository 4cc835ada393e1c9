// The clock of the samples: their figures are shown as of now, so that charts end today and nothing looks old.
import { MINUTE } from '../base/clock.ts';

/** Figures move to a new moment so often; ages stay below the marks for late data. */
const STEP_MS = 5 * MINUTE;

/** Epoch ms of the last full five minutes. */
export function sampleClock(now: () => number): () => number {
  return () => Math.floor(now() / STEP_MS) * STEP_MS;
}

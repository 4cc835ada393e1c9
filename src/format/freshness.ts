// How a picture says that its data is late.
import { age, freshness } from './numbers.ts';

/** "45 min old", or null while the data is fresh enough (under 15 min, the product's rule for the delayed mark). */
export function staleWords(at: number, now: number): string | null {
  const passed = now - at;
  const state = freshness(passed);
  return state === 'delayed' || state === 'old' ? age(passed).replace(' ago', ' old') : null;
}

/** Beyond 24 h no change is stated: it would be read as today's. */
export function tooOldForChange(at: number, now: number): boolean {
  return freshness(now - at) === 'old';
}

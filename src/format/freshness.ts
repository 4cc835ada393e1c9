// How old a number is: its mark, its age in words, and what an old number must not say any more.
import { DAY, HOUR, MINUTE } from '../base/clock.ts';

export type Freshness = 'live' | 'recent' | 'delayed' | 'old';

/** The mark of an age: live to 90 s, delayed from 15 min, old beyond 24 h (product rules). */
export function freshness(ageMs: number): Freshness {
  if (ageMs <= 1.5 * MINUTE) return 'live';
  if (ageMs < 15 * MINUTE) return 'recent';
  return ageMs <= DAY ? 'delayed' : 'old';
}

/** "42 s", "12 min", "31 h", "3 d"; rounded up, so a number never looks younger than it is. */
export function ageText(ageMs: number): string {
  const passed = Math.max(0, ageMs);
  if (passed <= 2 * MINUTE) return `${Math.ceil(passed / 1000)} s`;
  if (passed <= 2 * HOUR) return `${Math.ceil(passed / MINUTE)} min`;
  if (passed <= 2 * DAY) return `${Math.ceil(passed / HOUR)} h`;
  return `${Math.ceil(passed / DAY)} d`;
}

/** "42 s ago". */
export function age(ageMs: number): string {
  return `${ageText(ageMs)} ago`;
}

/** "45 min old", or null while data of the moment `at` needs no mark. */
export function staleText(at: number, now: number): string | null {
  const passed = now - at;
  const state = freshness(passed);
  return state === 'delayed' || state === 'old' ? `${ageText(passed)} old` : null;
}

/** False beyond 24 h: a change would be read as today's. */
export function statesChange(at: number, now: number): boolean {
  return freshness(now - at) !== 'old';
}

// Reads the Retry-After header, including the junk that turns up in it.
import { HOUR } from '../base/clock.ts';

/** Longest pause that we take from a header: a broken value must not silence a source for years. */
export const LONGEST_PAUSE_MS = HOUR;

/**
 * Pause in ms asked for by a Retry-After value (seconds or HTTP date), at most one hour.
 * Null when the value is missing, negative, in the past or not readable: the caller then uses its own pause.
 */
export function retryAfterMs(value: string | null, now: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,15}$/u.test(text)) return Math.min(Number(text) * 1000, LONGEST_PAUSE_MS);
  // Only the HTTP date form counts; Date.parse alone would take "-5" for a year.
  if (!/^[A-Za-z]{3,9},? .*\d{4}.* GMT$|^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4}/u.test(text)) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at) || at <= now) return null;
  return Math.min(at - now, LONGEST_PAUSE_MS);
}

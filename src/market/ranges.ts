// Span of each chart range, and how long its series stays good.
import type { Range } from './market.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A series is kept for about the time in which its newest point would move the line by a pixel. */
export const RANGE_TERMS: Readonly<Record<Range, { spanMs: number; keepMs: number }>> = {
  '24h': { spanMs: DAY_MS, keepMs: 300_000 },
  '7d': { spanMs: 7 * DAY_MS, keepMs: 1_800_000 },
  '30d': { spanMs: 30 * DAY_MS, keepMs: HOUR_MS },
  '90d': { spanMs: 90 * DAY_MS, keepMs: 6 * HOUR_MS },
  '1y': { spanMs: 365 * DAY_MS, keepMs: 12 * HOUR_MS },
};

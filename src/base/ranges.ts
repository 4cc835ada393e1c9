// The time ranges of charts and histories: how people type them, how long they are, how they are said.
import { DAY } from './clock.ts';

/** In the order in which they are offered. */
export const RANGES = ['24h', '7d', '30d', '90d', '1y'] as const;

export type Range = (typeof RANGES)[number];

/** Length of each range in ms and in words; "past" goes in front of the words. */
export const RANGE_LENGTHS: Readonly<Record<Range, { ms: number; words: string }>> = {
  '24h': { ms: DAY, words: '24 hours' },
  '7d': { ms: 7 * DAY, words: '7 days' },
  '30d': { ms: 30 * DAY, words: '30 days' },
  '90d': { ms: 90 * DAY, words: '90 days' },
  '1y': { ms: 365 * DAY, words: '12 months' },
};

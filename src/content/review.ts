// Which texts somebody should look at again, because their evidence or their last review has grown old.
import { DAY } from '../base/clock.ts';
import type { Content } from './schema.ts';

/** A text past its review: `due` is the day on which its interval ended (YYYY-MM-DD), `days` how long ago that was. */
export type DueReview = { readonly at: string; readonly due: string; readonly days: number };

/**
 * Days between reviews when a text does not name its own. Answers are about rules that change every few weeks,
 * profiles are about founders and dates.
 */
const DEFAULT_DAYS = { faq: 180, coins: 365 } as const;

/** Texts whose review is due on `today` (YYYY-MM-DD), the longest overdue first. A file is due on the day its interval ends. */
export function dueForReview({ coins, faq }: Content, today: string): DueReview[] {
  const texts = [
    ...Array.from(coins.values(), (coin) => ({
      at: `coins/${coin.id}.md`,
      from: coin.reviewed,
      interval: coin.reviewDays ?? DEFAULT_DAYS.coins,
    })),
    ...Array.from(faq.values(), (entry) => ({
      at: `faq/${entry.id}.md`,
      from: entry.reviewed ?? entry.asOf,
      interval: entry.reviewDays ?? DEFAULT_DAYS.faq,
    })),
  ];
  const now = Date.parse(today);
  return texts
    .map(({ at, from, interval }) => ({ at, due: Date.parse(from) + interval * DAY }))
    .filter(({ due }) => due <= now)
    .toSorted((a, b) => a.due - b.due || (a.at < b.at ? -1 : 1))
    .map(({ at, due }) => ({
      at,
      due: new Date(due).toISOString().slice(0, 10),
      days: Math.round((now - due) / DAY),
    }));
}

// What market and chain keep over restarts.
import { DAY } from './clock.ts';

/** How keys of quotes begin; other keys hold lists and tables that are replaced as a whole. */
export const QUOTE_KEYS = 'quote:';
/** A quote that no batch has renewed for so long is no last good value any more. */
export const QUOTE_KEPT_MS = 30 * DAY;
/** Quotes kept, the youngest: every profiled coin in every currency, and some thousand others. */
export const MOST_QUOTES = 5_000;

/** The store room implements it. JSON texts are opaque to the store. */
export interface MarketMemory {
  /** The rows whose key begins with `prefix`; all of them unless given. */
  loadQuotes(prefix?: string): Promise<readonly { key: string; json: string; at: number }[]>;
  saveQuotes(rows: readonly { key: string; json: string; at: number }[]): Promise<void>;
  /** Calls spent on `source` in the UTC month `YYYY-MM`, all days together. */
  creditsOf(source: string, month: string): Promise<number>;
  /** Adds `calls` to what `source` has used on the UTC day `YYYY-MM-DD`. */
  spend(source: string, day: string, calls: number): Promise<void>;
}

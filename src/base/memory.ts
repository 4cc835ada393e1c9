// What market and chain keep over restarts.

/** The store room implements it. JSON texts are opaque to the store. */
export interface MarketMemory {
  loadQuotes(): Promise<readonly { key: string; json: string; at: number }[]>;
  saveQuotes(rows: readonly { key: string; json: string; at: number }[]): Promise<void>;
  /** Calls spent on `source` in the UTC month `YYYY-MM`, all days together. */
  creditsOf(source: string, month: string): Promise<number>;
  /** Adds `calls` to what `source` has used on the UTC day `YYYY-MM-DD`. */
  spend(source: string, day: string, calls: number): Promise<void>;
}

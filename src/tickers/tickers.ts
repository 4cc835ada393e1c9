// The port of tickers: a price that stands as the status of a voice channel; the rest of the room stays behind this.

/** The server or workspace that is asked about. */
export type TickerPlace = { platform: string; tenant: string };

/** `channel`: a voice channel; `coin`: CoinGecko's id. */
export type Ticker = { channel: string; coin: string };

export interface Tickers {
  /**
   * Shows a coin's price under a voice channel from now on, in the place of what stood there.
   * @returns the words, and whether they stand there already (else within some minutes)
   * @throws UserError with the remedy where it cannot be shown
   */
  set(place: TickerPlace, ticker: Ticker): Promise<{ words: string; shown: boolean }>;
  /** Takes it away; false when there was none. @throws UserError where it cannot be taken away just now: then it stays */
  clear(place: TickerPlace, channel: string): Promise<boolean>;
  /** All of a server or workspace. */
  list(place: TickerPlace): Promise<readonly Ticker[]>;
}

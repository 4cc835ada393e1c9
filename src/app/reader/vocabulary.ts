// What the reader must know of the world: coins, currencies, zones, times and days. Questions only, no I/O.
import type { CoinRef } from '../../market/market.ts';
import type { Services } from '../services.ts';

/** A coin that a text names. `others`: coins of the same name, likeliest first. */
export type NamedCoin = { coin: CoinRef; others: readonly CoinRef[] };

export type Vocabulary = {
  currencies: ReadonlySet<string>;
  /** What prices are in where nobody says another one: a code. */
  home: string;
  /** The coin that is called exactly so: id, ticker, name or alias; null when there is none. */
  coin(text: string): NamedCoin | null;
  /** Profiled coins are what people mean by a bare word. */
  profiled(id: string): boolean;
  /** HH:MM, or null when the text is no clock time. */
  time(text: string): string | null;
  /** A canonical zone; `ambiguous` for abbreviations that name several places; null for anything else. */
  zone(text: string): { zone: string } | { ambiguous: readonly string[] } | null;
  /** True for a weekday, a span of days, "weekdays", "daily" … */
  days(text: string): boolean;
};

const LONGEST_NAME = 100;

export function vocabularyOf(services: Services): Vocabulary {
  const { market, content, digests, defaults } = services;
  return {
    currencies: new Set(market.currencies()),
    home: defaults.currency,
    coin(text) {
      if (text.length > LONGEST_NAME) return null;
      const [coin, ...others] = content.index().named(text);
      return coin === undefined ? null : { coin, others };
    },
    profiled: (id) => content.coins.has(id),
    time: (text) => digests.reads.time(text),
    zone: (text) => digests.reads.zone(text),
    days: (text) => digests.reads.days(text),
  };
}

// One figure of a coin as an answer: market cap, volume, supply, all-time high and low, range of the day, rank.
import { date } from '../../format/dates.ts';
import { statesChange } from '../../format/freshness.ts';
import { compactMoney, money, percent } from '../../format/numbers.ts';
import type { Quote } from '../../market/market.ts';
import { supplyText, type View } from './quote.ts';

export const FIGURES = ['cap', 'volume', 'supply', 'high', 'low', 'day', 'rank'] as const;
export type Figure = (typeof FIGURES)[number];

/** What a figure is called, after the name of a coin or at the head of a list. */
export const FIGURE_NAMES: Readonly<Record<Figure, string>> = {
  cap: 'market cap',
  volume: 'trading volume',
  supply: 'supply',
  high: 'all-time high',
  low: 'all-time low',
  day: '24 h range',
  rank: 'rank',
};

/** "$2.84B, rank #34"; null when the source does not say it, or said it so long ago that it is not so any more. `maxSupply`: in whole coins, null for none. */
export function figureText(figure: Figure, quote: Quote, maxSupply: number | null, view: View): string | null {
  const { marketCap, volume24h, ath, athAt, atl, atlAt, high24h, low24h, rank, currency, price } = quote;
  const { locale } = view;
  const standing = rank === null ? null : `#${rank} by market cap`;
  const texts: Readonly<Record<Figure, () => string | null>> = {
    cap: () =>
      marketCap === null ? null : compactMoney(marketCap, currency, locale) + (rank === null ? '' : `, rank #${rank}`),
    volume: () => (volume24h === null ? null : `${compactMoney(volume24h, currency, locale)} in 24 h`),
    supply: () => inCirculation(supplyText(quote, maxSupply, view), maxSupply),
    high: () => record(ath, athAt),
    low: () => record(atl, atlAt),
    day: () =>
      high24h === null || low24h === null || !statesChange(quote.at, view.now)
        ? null
        : `${money(low24h, currency, locale)} to ${money(high24h, currency, locale)} in 24 h`,
    rank: () => standing,
  };
  return texts[figure]();

  function record(extreme: number | null, at: number | null): string | null {
    if (extreme === null || extreme <= 0) return null;
    const when = at === null ? '' : ` on ${date(at, locale)}`;
    return `${money(extreme, currency, locale)}${when}; now ${percent((price / extreme - 1) * 100, locale, 1)} from it`;
  }
}

function inCirculation(text: string | null, maxSupply: number | null): string | null {
  return text === null ? null : `${text} in circulation${maxSupply === null ? ', no maximum known' : ''}`;
}

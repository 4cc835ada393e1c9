// A quote as a row of CoinGecko's own `/coins/markets`, for those who read our API in its shape.
import type { MarketRow } from './coingecko/schema.ts';
import type { Quote } from './market.ts';

/** What `/coins/markets` says beyond a quote; kept only to answer in the same shape. */
export type RowExtra = Pick<
  MarketRow,
  | 'image'
  | 'fully_diluted_valuation'
  | 'price_change_24h'
  | 'market_cap_change_24h'
  | 'market_cap_change_percentage_24h'
  | 'atl_change_percentage'
>;

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** A row as CoinGecko's `/coins/markets` gives it (with sparkline and all change periods); unknown is null. */
export function toPublicRow(quote: Quote, extra: RowExtra | null): Record<string, unknown> {
  return {
    id: quote.coinId,
    symbol: quote.symbol.toLowerCase(),
    name: quote.name,
    image: extra?.image ?? null,
    current_price: quote.price,
    market_cap: quote.marketCap,
    market_cap_rank: quote.rank,
    fully_diluted_valuation: extra?.fully_diluted_valuation ?? null,
    total_volume: quote.volume24h,
    high_24h: quote.high24h,
    low_24h: quote.low24h,
    price_change_24h: extra?.price_change_24h ?? null,
    price_change_percentage_24h: quote.change24h,
    market_cap_change_24h: extra?.market_cap_change_24h ?? null,
    market_cap_change_percentage_24h: extra?.market_cap_change_percentage_24h ?? null,
    circulating_supply: quote.circulatingSupply,
    total_supply: quote.totalSupply,
    max_supply: quote.maxSupply,
    ath: quote.ath,
    ath_change_percentage: quote.athChange,
    ath_date: instant(quote.athAt),
    atl: quote.atl,
    atl_change_percentage: extra?.atl_change_percentage ?? null,
    atl_date: instant(quote.atlAt),
    roi: null,
    last_updated: instant(quote.at),
    sparkline_in_7d: quote.sparkline === null ? null : { price: quote.sparkline },
    price_change_percentage_1h_in_currency: quote.change1h,
    price_change_percentage_24h_in_currency: quote.change24h,
    price_change_percentage_7d_in_currency: quote.change7d,
    price_change_percentage_30d_in_currency: quote.change30d,
    price_change_percentage_1y_in_currency: quote.change1y,
  };
}

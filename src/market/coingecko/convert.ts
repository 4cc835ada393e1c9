// Turns a CoinGecko row into a quote; figures that contradict the price are left out.
import { COINGECKO } from './client.ts';
import type { MarketRow } from './schema.ts';
import type { Quote } from '../market.ts';
import type { RowExtra } from '../public-row.ts';
import { visibleLine } from '../../base/visible-text.ts';

export const NAME_LENGTH = 100;
export const SYMBOL_LENGTH = 20;
/** A figure further than this from what the price implies is a fault of the source, not a view. */
const FACTOR = Math.log(3);
const CAP_FACTOR = Math.log(5);
const SPARKLINE_POINTS = 500;

function near(left: number, right: number, factor: number): boolean {
  return Math.abs(Math.log(left / right)) <= factor;
}

/** `at` is the moment of the row by our clock (epoch ms). */
export function toQuote(row: MarketRow, currency: string, at: number): Quote {
  const price = row.current_price;
  return {
    coinId: row.id,
    symbol: (visibleLine(row.symbol, SYMBOL_LENGTH) || visibleLine(row.id, SYMBOL_LENGTH)).toUpperCase(),
    name: visibleLine(row.name, NAME_LENGTH) || visibleLine(row.id, NAME_LENGTH),
    currency,
    price,
    change1h: row.price_change_percentage_1h_in_currency,
    change24h: row.price_change_percentage_24h_in_currency ?? row.price_change_percentage_24h,
    change7d: row.price_change_percentage_7d_in_currency,
    change30d: row.price_change_percentage_30d_in_currency,
    change1y: row.price_change_percentage_1y_in_currency,
    marketCap: soundCap(row),
    volume24h: row.total_volume,
    ...soundRange(row),
    ath: row.ath,
    athChange: row.ath_change_percentage,
    athAt: row.ath_date,
    atl: row.atl,
    atlAt: row.atl_date,
    rank: row.market_cap_rank,
    circulatingSupply: row.circulating_supply,
    totalSupply: row.total_supply,
    maxSupply: soundMaxSupply(row),
    sparkline: soundSparkline(row),
    at,
    source: COINGECKO,
  };
}

/** A little rounding aside, there is never more in circulation than there can be; CoinGecko says 0 for "not known". */
function soundMaxSupply({ max_supply: max, circulating_supply: circulating }: MarketRow): number | null {
  return max === null || max <= 0 || max < (circulating ?? 0) * 0.99 ? null : max;
}

function soundCap(row: MarketRow): number | null {
  const { market_cap: cap, circulating_supply: supply, current_price: price } = row;
  if (cap === null || cap < price) return null; // CoinGecko says 0 for "not known"
  return supply === null || supply === 0 || near(cap, supply * price, CAP_FACTOR) ? cap : null;
}

function soundRange(row: MarketRow): { high24h: number | null; low24h: number | null } {
  const { high_24h: high, low_24h: low, current_price: price } = row;
  if (high !== null && low !== null && high < low) return { high24h: null, low24h: null };
  return {
    high24h: high !== null && high >= price * 0.9 ? high : null,
    low24h: low !== null && low <= price * 1.1 ? low : null,
  };
}

/** Hour by hour, null where there is no sound number; null when too little is left or its end contradicts the price. */
function soundSparkline(row: MarketRow): (number | null)[] | null {
  const raw = row.sparkline_in_7d?.price ?? [];
  if (raw.length < 2 || raw.length > SPARKLINE_POINTS) return null;
  const known = raw.filter(isPrice);
  let at = -1;
  const line = raw.map((value) => {
    if (!isPrice(value)) return null;
    at += 1;
    return standsAlone(known, at) ? null : value;
  });
  const [end, count] = [line.findLast((value) => value !== null), line.filter((value) => value !== null).length];
  if (end === undefined || end === null || count < 2 || count < raw.length * 0.9) return null;
  return near(end, row.current_price, FACTOR) ? line : null;
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

/** The price at this place is more than three times or less than a third of both of its neighbours. */
export function standsAlone(prices: readonly number[], at: number): boolean {
  const [price, before, after] = [prices[at], prices[at - 1], prices[at + 1]];
  if (price === undefined || before === undefined || after === undefined) return false;
  return !near(price, before, FACTOR) && !near(price, after, FACTOR);
}

/** True when nothing in the row speaks against its price: the day's range and the end of the sparkline are within a factor of three. */
export function credibleRow(row: MarketRow): boolean {
  const end = row.sparkline_in_7d?.price.at(-1);
  const witnesses = [row.high_24h, row.low_24h, typeof end === 'number' && end > 0 ? end : null];
  return witnesses.every((witness) => witness === null || near(row.current_price, witness, FACTOR));
}

/** True when the row brings any figure that `credibleRow` could compare the price with. */
export function hasWitness(row: MarketRow): boolean {
  return row.high_24h !== null || row.low_24h !== null || (row.sparkline_in_7d?.price.length ?? 0) > 1;
}

export function toExtra(row: MarketRow): RowExtra {
  return {
    image: soundImage(row.image),
    fully_diluted_valuation: row.fully_diluted_valuation,
    price_change_24h: row.price_change_24h,
    market_cap_change_24h: row.market_cap_change_24h,
    market_cap_change_percentage_24h: row.market_cap_change_percentage_24h,
    atl_change_percentage: row.atl_change_percentage,
  };
}

/** Only pictures on CoinGecko's own hosts: an address from outside must not make a reader's browser call anybody else. */
function soundImage(text: string | null): string | null {
  if (text === null || text.length > 300 || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' && /(?:^|\.)coingecko\.com$/u.test(url.hostname) ? url.href : null;
}

// The price chart of a card: series, alt text and a picture drawn on demand; or a sentence why there is none.
import { HOUR } from '../../base/clock.ts';
import { priceAlt } from './chart-alt-text.ts';
import type { Block } from '../card.ts';
import { type CommandContext, laneOf } from '../command.ts';
import type { Canvas, PriceSpec, Theme } from '../../charts/spec.ts';
import type { CoinRef, Quote, QuoteResult, Series } from '../../market/market.ts';
import type { Range } from '../../base/ranges.ts';
import { IN_TAO, isSubnetId, subnetSeries } from '../subnets/as-coin.ts';

/** Fewer points than this are told in words (design rule: a line through a handful of points pretends to know more). */
export const FEWEST_POINTS = 12;

export type ChartWish = { coin: CoinRef; currency: string; range: Range };

const TAO: CoinRef = { id: 'bittensor', symbol: 'TAO', name: 'Bittensor', rank: null };

/** A chart block, a note with the reason, or null when there is nothing to say. Never throws. */
export async function priceChart(
  context: CommandContext,
  wish: ChartWish,
): Promise<Extract<Block, { kind: 'chart' | 'note' }> | null> {
  const found = await priceSeries(context, wish);
  if (typeof found === 'string') return { kind: 'note', spans: [`No chart: ${found}`] };
  if (found.points.length < FEWEST_POINTS)
    return { kind: 'note', spans: ['No chart: there are too few prices in this range.'] };
  return { kind: 'chart', chart: chartOf(found, wish, context) };
}

/**
 * The week comes with every quote and costs no call; other ranges are asked for, and end with the quote when that is newer. Subnets are priced by
 * way of TAO. A string is the reason for having none.
 */
export async function priceSeries(
  context: CommandContext,
  { coin, currency, range }: ChartWish,
): Promise<Series | string> {
  const { services } = context;
  if (isSubnetId(coin.id)) {
    const tao = currency === IN_TAO ? null : await priceSeries(context, { coin: TAO, currency, range });
    const result = await subnetSeries(services, coin.id, range, tao);
    return result.series ?? result.reason;
  }
  if (range === '7d') {
    const result = (await services.market.quotes([coin.id], currency)).get(coin.id);
    if (result.quote === null) return result.reason; // whoever has no price has no history either: no second wait
    const week = weekOf(result.quote);
    if (week !== null) return weekSeries(result.quote, week);
  }
  const [result, quotes] = await Promise.all([
    services.market.history(coin.id, currency, range),
    services.market.quotes([coin.id], currency),
  ]);
  return result.series === null ? result.reason : upToQuote(result.series, quotes.get(coin.id));
}

/**
 * The past week from a quote: its hourly line, dated so that the last hour is the moment of the quote, which has the quoted price itself.
 * Null with too few points for a line.
 */
export function weekOf({ sparkline, at, price }: Quote): [number, number][] | null {
  const last = (sparkline?.length ?? 0) - 1;
  const week = (sparkline ?? []).flatMap((known, index): [number, number][] => {
    const value = index === last ? price : known;
    return value === null ? [] : [[at - (last - index) * HOUR, value]]; // an hour without a price stays a gap
  });
  return week.length < FEWEST_POINTS ? null : week;
}

/** The line up to the price that stands above it: a quote of the same source that is newer is its last point. */
function upToQuote(series: Series, result: QuoteResult | undefined): Series {
  const quote = result?.quote;
  const end = series.points.at(-1)?.[0] ?? 0;
  if (quote == null || quote.source.id !== series.source.id || quote.at <= end) return series;
  return { ...series, points: [...series.points, [quote.at, quote.price]], at: quote.at };
}

function weekSeries(quote: Quote, points: Series['points']): Series {
  const { coinId, currency, at, source } = quote;
  return { coinId, currency, range: '7d', points, at, source };
}

function chartOf(series: Series, wish: ChartWish, { services, request, now }: CommandContext) {
  const base = {
    kind: 'price',
    locale: request.locale,
    currency: series.currency,
    at: series.at,
    now,
    sourceName: series.source.name,
    name: wish.coin.name,
    symbol: wish.coin.symbol.toUpperCase(),
    range: series.range,
    points: series.points,
  } as const satisfies Omit<PriceSpec, 'theme'>;
  const query = new URLSearchParams({ range: series.range, currency: series.currency });
  return {
    title: `${base.name} (${base.symbol}) in ${series.currency.toUpperCase()}, ${series.range}`,
    alt: priceAlt(base),
    fileName: `${wish.coin.id}-${series.range}.png`,
    path: `/charts/${wish.coin.id}.png?${query.toString()}`,
    unit: { currency: series.currency },
    series: [{ label: `${base.symbol}/${series.currency.toUpperCase()}`, points: series.points }],
    png: (theme: Theme, canvas?: Canvas) => services.charts.png({ ...base, theme, canvas }, laneOf(request)),
  };
}

// The price chart of a card: series, alt text and a picture drawn on demand; or a sentence why there is none.
import { HOUR } from '../../base/clock.ts';
import { priceAlt } from './chart-alt-text.ts';
import type { Block } from '../card.ts';
import { askerKey, type CommandContext, laneOf } from '../command.ts';
import type { Canvas, PriceSpec, Theme } from '../../charts/spec.ts';
import type { CoinRef, Market, Quote, QuoteResult, Series } from '../../market/market.ts';
import { changeOver } from './quote.ts';
import { type Range, RANGE_LENGTHS } from '../../base/ranges.ts';
import { IN_TAO, isSubnetId, subnetSeries } from '../subnets/as-coin.ts';

/** Fewer points than this are told in words (design rule: a line through a handful of points pretends to know more). */
export const FEWEST_POINTS = 12;

/** `change`: percent over the whole range in the words of the quote that ends the line; absent when the line says it itself. `lastBy`: who said the last price, when another source than the line's. */
export type Line = Series & { change?: number; lastBy?: string };

type Quotes = Awaited<ReturnType<Market['quotes']>>;

export type ChartWish = { coin: CoinRef; currency: string; range: Range };

const TAO: CoinRef = { id: 'bittensor', symbol: 'TAO', name: 'Bittensor', rank: null };

/** A chart block, a note with the reason, or null when there is nothing to say. Never throws. `quoted`: quotes of the coin in that currency, where somebody has asked for them already. */
export async function priceChart(
  context: CommandContext,
  wish: ChartWish,
  quoted?: Promise<Quotes>,
): Promise<Extract<Block, { kind: 'chart' | 'note' }> | null> {
  const found = await priceSeries(context, wish, quoted);
  if (typeof found === 'string') return { kind: 'note', spans: [`No chart: ${found}`] };
  if (found.points.length < FEWEST_POINTS)
    return { kind: 'note', spans: ['No chart: there are too few prices in this range.'] };
  return {
    kind: 'chart',
    chart: chartOf(found, wish, context),
  };
}

/**
 * The week comes with every quote and costs no call; other ranges are asked for, and end with the quote. Subnets are priced by way of TAO. A string is the reason for having none.
 */
export async function priceSeries(
  context: CommandContext,
  { coin, currency, range }: ChartWish,
  quoted?: Promise<Quotes>,
): Promise<Line | string> {
  const { services } = context;
  if (isSubnetId(coin.id)) {
    const tao = currency === IN_TAO ? null : await priceSeries(context, { coin: TAO, currency, range });
    const result = await subnetSeries(services, coin.id, range, tao);
    return result.series ?? result.reason;
  }
  const asked = quoted ?? services.market.quotes([coin.id], currency);
  if (range === '7d') {
    const result = (await asked).get(coin.id);
    if (result.quote === null) return result.reason; // whoever has no price has no history either: no second wait
    const week = weekOf(result.quote);
    if (week !== null) return weekSeries(result.quote, week, context.now);
  }
  const [result, quotes] = await Promise.all([
    services.market.history(coin.id, currency, range, askerKey(context.request)),
    asked,
  ]);
  return result.series === null ? result.reason : upToQuote(result.series, quotes.get(coin.id), context.now);
}

/**
 * The past week from a quote: its hourly line, dated so that the last hour is the moment of the quote, which has the quoted price itself.
 * Null with too few points for a line.
 */
export function weekOf({ sparkline, at, price }: Quote): [number, number][] | null {
  const last = (sparkline?.length ?? 0) - 1;
  const week: [number, number][] = [];
  for (let index = 0; index <= last; index++) {
    const value = index === last ? price : (sparkline?.[index] ?? null);
    if (value !== null) week.push([at - (last - index) * HOUR, value]); // an hour without a price stays a gap
  }
  return week.length < FEWEST_POINTS ? null : week;
}

/**
 * The line up to the price that stands above it: the quote is its last point, and what is newer is left out, for it may be in doubt. When too
 * little would remain, because prices have failed for long, the line stays as it is and tells its own end.
 */
function upToQuote(series: Series, result: QuoteResult, now: number): Line {
  const { quote } = result;
  if (quote === null) return series;
  const before = series.points.filter(([at]) => at < quote.at);
  if (before.length < Math.min(FEWEST_POINTS, series.points.length)) return series;
  const line = { ...series, points: [...before, [quote.at, quote.price] as const], at: quote.at };
  const sameSource = quote.source.id === series.source.id;
  return { ...line, ...changeOf(quote, line, now), ...(sameSource ? {} : { lastBy: quote.source.name }) };
}

function weekSeries(quote: Quote, points: Series['points'], now: number): Line {
  const { coinId, currency, at, source } = quote;
  const line = { coinId, currency, range: '7d' as const, points, at, source };
  return { ...line, ...changeOf(quote, line, now) };
}

/** The change that the card says elsewhere, for a line that covers its range. */
function changeOf(quote: Quote, { points, range }: Pick<Series, 'points' | 'range'>, now: number): { change?: number } {
  const [first, change] = [points[0]?.[0] ?? quote.at, changeOver(quote, range, now)];
  return change === null || quote.at - first < 0.9 * RANGE_LENGTHS[range].ms ? {} : { change };
}

/** "CoinGecko", with who said the last price where that is another source. */
export function lineSource(lines: readonly Line[]): string {
  const others = [...new Set(lines.flatMap(({ lastBy }) => lastBy ?? []))];
  const name = lines[0]?.source.name ?? '';
  return others.length === 0 ? name : `${name}, last price by ${others.join(' and ')}`;
}

function chartOf(series: Line, wish: ChartWish, { services, request, now }: CommandContext) {
  const base = {
    kind: 'price',
    locale: request.locale,
    currency: series.currency,
    at: series.at,
    now,
    sourceName: lineSource([series]),
    ...(series.change === undefined ? {} : { change: series.change }),
    name: wish.coin.name,
    symbol: wish.coin.symbol.toUpperCase(),
    range: series.range,
    points: series.points,
  } as const satisfies Omit<PriceSpec, 'theme'>;
  return {
    title: `${base.name} (${base.symbol}) in ${series.currency.toUpperCase()}, ${series.range}`,
    alt: priceAlt(base),
    fileName: `${wish.coin.id}-${series.range}.png`,
    path: `/charts/${wish.coin.id}.png?range=${series.range}&currency=${encodeURIComponent(series.currency)}`,
    unit: { currency: series.currency },
    series: [{ label: `${base.symbol}/${series.currency.toUpperCase()}`, points: series.points }],
    png: (theme: Theme, canvas?: Canvas) => services.charts.png({ ...base, theme, canvas }, laneOf(request)),
  };
}

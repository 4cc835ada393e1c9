// The comparison chart: several coins in percent of the start that they share.
import { HOUR } from '../../base/clock.ts';
import { compareAlt } from './chart-alt-text.ts';
import type { CardChart } from '../card.ts';
import { type CommandContext, laneOf } from '../command.ts';
import { FEWEST_POINTS, type Line, lineSource, priceSeries } from './price-chart.ts';
import { IN_TAO, isSubnetId } from '../subnets/as-coin.ts';
import type { Range } from '../../base/ranges.ts';
import type { Canvas, CompareSpec, Theme } from '../../charts/spec.ts';
import type { CoinRef, Series } from '../../market/market.ts';

/** Subnets alone are compared in TAO, anything else in the usual currency. */
export function compareCurrency(coins: readonly CoinRef[], { services }: CommandContext): string {
  return coins.every(({ id }) => isSubnetId(id)) ? IN_TAO : services.defaults.currency;
}

/** History of the coins, cut to the window that they share; coins without enough history, or with one of another source, are left out. */
export async function compareSeries(coins: readonly CoinRef[], range: Range, context: CommandContext): Promise<Line[]> {
  const currency = compareCurrency(coins, context);
  const found = await Promise.all(coins.map((coin) => priceSeries(context, { coin, currency, range })));
  const series = found.filter((one): one is Line => typeof one !== 'string' && one.points.length >= FEWEST_POINTS);
  return commonStart(series.filter((one) => one.source.id === series[0]?.source.id));
}

/** Cuts all series to the window that they share, so that every line starts at 0 % at the same moment. */
function commonStart(series: readonly Line[]): Line[] {
  const start = Math.max(...series.map((one) => one.points[0]?.[0] ?? 0));
  return series
    .map((one) => ({ ...one, points: one.points.filter(([at]) => at >= start - HOUR) }))
    .filter((one) => one.points.length >= 2);
}

/** Percent from the first to the last point; null without a usable first one. */
export function growth(series: Series | undefined): number | null {
  const first = series?.points[0]?.[1];
  const last = series?.points.at(-1)?.[1];
  return first === undefined || last === undefined || first <= 0 ? null : (last / first - 1) * 100;
}

/** The chart of series from `compareSeries`; the first coin is drawn on top. */
export function compareChart(
  coins: readonly CoinRef[],
  usable: readonly Line[],
  range: Range,
  { services, request, now }: CommandContext,
): CardChart {
  const parts = coins.flatMap((coin) =>
    usable
      .filter((one) => one.coinId === coin.id)
      .map((one) => {
        const change = growth(one);
        const part = { symbol: coin.symbol.toUpperCase(), name: coin.name, points: one.points };
        return change === null ? part : { ...part, change };
      }),
  );
  const first = usable[0];
  const query = new URLSearchParams({ coins: coins.map((coin) => coin.id).join(','), range });
  const base = {
    kind: 'compare',
    locale: request.locale,
    currency: first?.currency ?? 'usd',
    at: Math.min(...usable.map((one) => one.at)),
    now,
    sourceName: lineSource(usable),
    range,
    coins: parts,
  } as const satisfies Omit<CompareSpec, 'theme'>;
  return {
    title: `${parts.map((part) => part.symbol).join(' vs ')}, ${range}`,
    alt: compareAlt(base),
    fileName: `compare-${range}.png`,
    path: `/charts/compare.png?${query.toString()}`,
    unit: { percent: true } as const,
    series: parts.map((part) => ({
      label: part.symbol,
      points: part.points.map(([at, value]): [number, number] => [
        at,
        (value / (part.points[0]?.[1] ?? value) - 1) * 100,
      ]),
    })),
    png: (theme: Theme, canvas?: Canvas) => services.charts.png({ ...base, theme, canvas }, laneOf(request)),
  };
}

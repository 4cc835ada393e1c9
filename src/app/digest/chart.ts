// The picture of a digest: figures and progress on a page, the week alone on a phone, where the message says the figures.
import { digestAlt } from '../blocks/chart-alt-text.ts';
import type { Block, Canvas } from '../card.ts';
import type { View } from '../blocks/quote.ts';
import type { Halving } from './progress.ts';
import type { Services } from '../services.ts';
import type { DigestSpec, PriceSpec, Progress, Theme } from '../../charts/spec.ts';
import type { Quote } from '../../market/market.ts';

type Detail = { view: View; progress: Halving | Progress | null; services: Pick<Services, 'charts'> };

/** `week`: [epoch ms, price], or null when there are too few for a line. */
export function chartBlock(
  quote: Quote,
  week: [number, number][] | null,
  { view, progress, services }: Detail,
): Block[] {
  if (week === null) return [{ kind: 'note', spans: ['No chart: there are too few prices of the past week.'] }];
  const { locale, now } = view;
  const symbol = quote.symbol.toUpperCase();
  const { price, change24h, change7d, marketCap, rank, volume24h, high24h, low24h, currency, at, name } = quote;
  const numbers = { price, change24h, change7d, marketCap, rank, volume24h, high24h, low24h };
  const bar = progress === null ? {} : { progress: 'outlook' in progress ? progress.bar : progress };
  const spec = {
    kind: 'digest',
    locale,
    currency,
    at,
    now,
    sourceName: quote.source.name,
    name,
    symbol,
    points: week,
    ...numbers,
    ...bar,
  } as const satisfies Omit<DigestSpec, 'theme'>;
  const chart = {
    title: `${name} (${symbol}) in ${currency.toUpperCase()}, 7d`,
    alt: digestAlt(spec),
    fileName: `${quote.coinId}-digest.png`,
    unit: { currency },
    series: [{ label: `${symbol}/${currency.toUpperCase()}`, points: week }],
    png: (theme: Theme, canvas?: Canvas) =>
      services.charts.png(canvas === 'phone' ? phoneSpec(spec, theme) : { ...spec, theme }, 'digest'),
  };
  return [{ kind: 'chart', chart }];
}

/** On a phone the week alone: the message says the figures. */
function phoneSpec(spec: Omit<DigestSpec, 'theme'>, theme: Theme): PriceSpec {
  const { locale, currency, at, now, sourceName, name, symbol, points, change7d } = spec;
  const common = { theme, canvas: 'phone', locale, currency, at, now, sourceName, name, symbol, points } as const;
  return { ...common, kind: 'price', range: '7d', ...(change7d === null ? {} : { change: change7d }) };
}

// The daily digest as a card: price, week and month in figures and a picture, one factual sentence, progress to the halving, source and age.
import { digestAlt } from '../blocks/chart-alt-text.ts';
import type { Block, Card, Field, Span } from '../card.ts';
import { type Halving, progressBlocks, progressOf } from './progress.ts';
import { subnetLines } from './subnets-line.ts';
import { digestSentence } from './summary.ts';
import { dateTime, localDate, localTime } from '../../format/dates.ts';
import { ageText } from '../../format/freshness.ts';
import { change, money } from '../../format/numbers.ts';
import { weekOf } from '../blocks/price-chart.ts';
import { ageSpans, figures, headline, remarks, shownChange, sourceLine, toneOf, type View } from '../blocks/quote.ts';
import type { Services } from '../services.ts';
import { assetQuotes } from '../subnets/as-coin.ts';
import type { DigestSpec, Progress, Theme } from '../../charts/spec.ts';
import type { DigestOrder } from '../../digests/digests.ts';
import type { Quote, QuoteResult, QuoteResults } from '../../market/market.ts';

export type CardOrder = Pick<DigestOrder, 'coins' | 'currency' | 'locale' | 'zone' | 'dueAt' | 'late' | 'subnets'>;

/** Figures of the digest, in this order; the coin card shows more. */
const FIGURES = ['7 d', '24 h range', 'Market cap', '24 h volume'];

/**
 * Builds the digest of an order. Never throws for missing data: what is unknown is said or left out.
 * @param now epoch ms
 */
export async function digestCard(order: CardOrder, services: Services, now: number): Promise<Card> {
  const [first = '', ...others] = order.coins;
  const quotes = await assetQuotes(services, order.coins, order.currency);
  const result = quotes.get(first);
  const view: View = { locale: order.locale, now };
  const [progress, month, subnets] = await Promise.all([
    progressOf(first, result.quote, services),
    monthOf(result.quote, services),
    order.subnets === true ? subnetLines(services, view) : [],
  ]);
  const base = services.defaults.publicUrl;
  return {
    kind: 'digest',
    outcome: 'ok',
    tone: toneOf(result.quote, now),
    title: `${nameOf(first, result.quote, services)} · daily digest`,
    ...(base !== null && services.content.coins.has(first) ? { titleHref: `${base}/coins/${first}` } : {}),
    subtitle: localDate(now, order.locale, order.zone),
    blocks: [
      ...lateNote(order, now),
      headline(result, view),
      ...(result.quote === null ? [] : details(result.quote, { view, progress, month, services })),
      ...progressBlocks(progress, order.locale),
      ...otherCoins(others, quotes, { ...view, zone: order.zone }, services),
      ...sourceLine(result, view).map((block) =>
        block.kind === 'note' ? { ...block, spans: asOf(block.spans, view, order.zone) } : block,
      ),
      ...otherSources(result, quotes),
      ...subnets.map((block) =>
        block.kind === 'note' ? { ...block, spans: asOf(block.spans, view, order.zone) } : block,
      ),
    ],
  };
}

function nameOf(id: string, quote: Quote | null, services: Services): string {
  const profile = services.content.coins.get(id);
  if (profile !== undefined) return `${profile.name} (${profile.symbol.toUpperCase()})`;
  return quote === null ? id.slice(0, 60) : `${quote.name} (${quote.symbol.toUpperCase()})`;
}

function lateNote({ late, dueAt, locale, zone }: CardOrder, now: number): Block[] {
  if (!late) return [];
  return [
    {
      kind: 'note',
      spans: [
        { kind: 'bold', text: '⚠ late' },
        ` · due at ${localTime(dueAt, locale, zone)}, posted ${ageText(now - dueAt)} later`,
      ],
    },
  ];
}

type Detail = {
  view: View;
  progress: Halving | Progress | null;
  month: readonly (readonly [number, number])[] | null;
  services: Services;
};

function details(quote: Quote, detail: Detail): Block[] {
  const { view, month } = detail;
  const week = weekOf(quote);
  const fresh = shownChange(quote, 0, view.now) !== null;
  const sentence =
    fresh && week !== null
      ? digestSentence({ price: quote.price, at: quote.at, week, month, ath: quote.ath, locale: view.locale })
      : null;
  const fields = figures(quote, view);
  const shown = FIGURES.flatMap((label): Field[] => fields.filter((field) => field.label === label));
  return [
    ...(sentence === null ? [] : [{ kind: 'text', spans: [sentence] } as const]),
    ...(shown.length === 0 ? [] : [{ kind: 'fields', fields: shown } as const]),
    ...chartBlock(quote, week, detail),
  ];
}

/** The past month of the same source; another source's prices would be another series. */
async function monthOf(quote: Quote | null, { market }: Services): Promise<Detail['month']> {
  if (quote === null) return null;
  const { series } = await market.history(quote.coinId, quote.currency, '30d');
  return series === null || series.source.id !== quote.source.id ? null : [...series.points, [quote.at, quote.price]];
}

function chartBlock(quote: Quote, week: [number, number][] | null, { view, progress, services }: Detail): Block[] {
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
    png: (theme: Theme) => services.charts.png({ ...spec, theme }, 'digest'),
  };
  return [{ kind: 'chart', chart }];
}

/** A post is read hours later, so ages become moments: "updated 42 s ago" → "as of 22 Nov 2026, 09:00 CET". */
function asOf(spans: readonly Span[], { locale }: View, zone: string): Span[] {
  return spans.map((span): Span => {
    if (typeof span === 'string') return span.replace(/(?:updated|from) $/, 'as of ');
    return span.kind === 'time' ? { ...span, style: 'datetime', text: dateTime(span.at, locale, zone) } : span;
  });
}

/** One line for every further coin. */
function otherCoins(
  ids: readonly string[],
  quotes: QuoteResults,
  view: View & { zone: string },
  services: Services,
): Block[] {
  const { locale, now, zone } = view;
  if (ids.length === 0) return [];
  const items = ids.map((id): Span[] => {
    const result = quotes.get(id);
    const name: Span = { kind: 'bold', text: nameOf(id, result.quote, services) };
    if (result.quote === null) return [name, `  price unavailable: ${result.reason}`];
    const { quote } = result;
    const moved = (value: number | null, span: string) =>
      shownChange(quote, value, now) === null || value === null ? '' : `  ${change(value, locale).text} (${span})`;
    return [
      name,
      `  ${money(quote.price, quote.currency, locale)}${moved(quote.change24h, '24 h')}${moved(quote.change7d, '7 d')}  `,
      ...asOf([...ageSpans(quote.at, view), ...remarks(result, view)], view, zone),
    ];
  });
  return [{ kind: 'list', items }];
}

/** Sources of the further coins, where they are not the first coin's. */
function otherSources({ quote }: QuoteResult, quotes: QuoteResults): Block[] {
  const sources = new Map(
    [...quotes.values()].flatMap((result) =>
      result.quote === null || result.quote.source.id === quote?.source.id
        ? []
        : [[result.quote.source.id, result.quote.source] as const],
    ),
  );
  const spans = [...sources.values()].map(({ name, url }, index): Span[] => [
    index === 0 ? 'Also: price data by ' : ', ',
    { kind: 'link', text: name, href: url },
  ]);
  return spans.length === 0 ? [] : [{ kind: 'note', spans: spans.flat() }];
}

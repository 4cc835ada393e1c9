// The daily digest as a card: a title that is the notification, the week as a picture, lines made by rules, a question of the day, what to do next.
import { chartBlock } from './chart.ts';
import { ASIDE, type Block, type Button, type Card, type Span } from '../card.ts';
import { type Halving, progressBlocks, progressOf } from './progress.ts';
import { registeredQuotes } from './registered-quotes.ts';
import { subnetLines } from './subnets-line.ts';
import { against, milestone, sinceYesterday, thisWeek, weekBehind } from './lines.ts';
import { questionBlock, questionOfTheDay } from './question.ts';
import { dayWords, type SentenceInput } from './summary.ts';
import { date, dateTime, localDate, localTime } from '../../format/dates.ts';
import { ageText } from '../../format/freshness.ts';
import { change, money } from '../../format/numbers.ts';
import { weekOf } from '../blocks/price-chart.ts';
import { ageSpans, changeOver, remarks, shownChange, sourceLine, toneOf, type View } from '../blocks/quote.ts';
import type { Services } from '../services.ts';
import type { Progress } from '../../charts/spec.ts';
import type { DigestOrder } from '../../digests/digests.ts';
import type { Quote, QuoteResult, QuoteResults } from '../../market/market.ts';
import { headOf } from '../../base/visible-text.ts';

export type CardOrder = Pick<
  DigestOrder,
  'coins' | 'currency' | 'locale' | 'zone' | 'dueAt' | 'late' | 'subnets' | 'registrations' | 'madeAt'
>;

/**
 * Builds the digest of an order. Never throws for missing data: what is unknown is said or left out.
 * @param now epoch ms
 */
export async function digestCard(order: CardOrder, services: Services, now: number): Promise<Card> {
  const [first = '', ...others] = order.coins;
  const quotes = await registeredQuotes(services, order);
  const result = quotes.get(first);
  const view: View = { locale: order.locale, now };
  const [progress, month, peers, subnets] = await Promise.all([
    progressOf(first, result.quote, services),
    monthOf(result.quote, services),
    peersOf(first, order.currency, services),
    order.subnets === true ? subnetLines(services, view) : [],
  ]);
  const base = services.defaults.publicUrl;
  const name = symbolOf(first, result.quote, services);
  const place = { ...view, zone: order.zone };
  const input = result.quote === null ? null : sentenceInput(result.quote, month, view);
  const days = input === null ? null : dayWords(input);
  return {
    kind: 'digest',
    outcome: 'ok',
    tone: toneOf(result.quote, now),
    title: `${dayPart(name, { ...place, now: order.dueAt })} · ${headlineWords(result, view)}`,
    ...(base !== null && services.content.coins.has(first) ? { titleHref: `${base}/coins/${first}` } : {}),
    subtitle: [localDate(now, order.locale, order.zone), ...(days === null ? [] : [days])].join(' · '),
    blocks: [
      ...lateNote(order, now),
      ...(result.quote === null
        ? [{ kind: 'text', spans: [`Price unavailable: ${result.reason}`] } as const]
        : details(result.quote, { view: place, progress, month, input, peers, services })),
      ...progressBlocks(progress, order.locale),
      ...otherCoins(others, quotes, place, services),
      ...questionBlock(place, services),
      ...buttons(first, result.quote, place, services),
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

function symbolOf(id: string, quote: Quote | null, services: Services): string {
  return (services.content.coins.get(id)?.symbol ?? quote?.symbol ?? id.slice(0, 20)).toUpperCase();
}

/** "☀️ TAO this morning", by the clock of the zone at the hour of the digest. */
function dayPart(name: string, { now, zone }: Place): string {
  const hour = Number(localTime(now, 'en', zone).slice(0, 2));
  if (hour >= 4 && hour < 12) return `☀️ ${name} this morning`;
  return hour >= 12 && hour < 18 ? `🌤️ ${name} this afternoon` : `🌙 ${name} tonight`;
}

/** Price and change of a day: the title is the notification, so they must be in it. */
function headlineWords(result: QuoteResult, { locale, now }: View): string {
  if (result.quote === null) return 'no price';
  const { price, currency } = result.quote;
  const moved = changeOver(result.quote, '24h', now);
  return `${money(price, currency, locale)}${moved === null ? '' : ` ${change(moved, locale).text}`}`;
}

/** Null without a week of fresh prices. */
function sentenceInput(quote: Quote, month: Detail['month'], { locale, now }: View): SentenceInput | null {
  const week = weekOf(quote);
  if (week === null || shownChange(quote, 0, now) === null) return null;
  return { price: quote.price, at: quote.at, week, month, ath: quote.ath, locale };
}

/** What one may want next: the answer, the whole card, to be told of a larger move. The digest itself stays for everybody. */
function buttons(id: string, quote: Quote | null, { now, zone }: Place, { content }: Services): Block[] {
  const entry = questionOfTheDay(content.faq, now, zone);
  const coin = `id:${id}`;
  const answer: Button[] =
    entry === null
      ? []
      : [
          {
            label: 'Show answer',
            short: 'Answer',
            style: 'primary',
            invocation: { command: 'faq', args: { id: entry.id, ...ASIDE } },
          },
        ];
  const own: Button[] =
    quote === null
      ? []
      : [
          { label: 'Full card', invocation: { command: 'coin', args: { coin, ...ASIDE } } },
          { label: 'Alert me', invocation: { command: 'alert create', args: { target: coin, condition: ALERT } } },
        ];
  const all = [...answer, ...own];
  return all.length === 0 ? [] : [{ kind: 'buttons', buttons: all }];
}

/** A move of a day that is worth being told of; the answer says so and offers to take it back. */
const ALERT = '+5% 24h';

function nameOf(id: string, quote: Quote | null, services: Services): string {
  const profile = services.content.coins.get(id);
  if (profile !== undefined) return `${profile.name} (${profile.symbol.toUpperCase()})`;
  return quote === null ? headOf(id, 60) : `${quote.name} (${quote.symbol.toUpperCase()})`;
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

type Place = View & { zone: string };

type Detail = {
  view: Place;
  progress: Halving | Progress | null;
  month: readonly (readonly [number, number])[] | null;
  input: SentenceInput | null;
  peers: Peers;
  services: Services;
};

function details(quote: Quote, detail: Detail): Block[] {
  const { view, input, peers } = detail;
  const event =
    input === null
      ? null
      : milestone(input, quote, { locale: view.locale, date: (at) => date(at, view.locale, view.zone) });
  const fields = [
    ...sinceYesterday(quote, view),
    ...thisWeek(quote, input, view),
    ...(input === null ? [] : weekBehind(input, quote, view)),
    ...against(quote.coinId === 'bitcoin' ? null : peers.bitcoin, peers.others, view),
  ];
  return [
    ...chartBlock(quote, weekOf(quote), detail),
    ...(event === null ? [] : [{ kind: 'text', spans: [{ kind: 'bold', text: event }] } as const]),
    ...(fields.length === 0 ? [] : [{ kind: 'fields', fields } as const]),
  ];
}

type Peers = { bitcoin: Quote | null; others: readonly Quote[] };

/** Bitcoin and the other profiled coins of the same kind, which every poll brings. */
async function peersOf(id: string, currency: string, { market, content }: Services): Promise<Peers> {
  const kind = content.coins.get(id)?.category;
  const ids = [...content.coins.values()]
    .filter((coin) => coin.id !== id && coin.category === kind)
    .map((coin) => coin.id);
  const quotes = await market.quotes([...ids, 'bitcoin'], currency);
  return {
    bitcoin: quotes.get('bitcoin').quote,
    others: kind === 'AI' ? ids.flatMap((one) => quotes.get(one).quote ?? []) : [],
  };
}

/** The past month of the same source; another source's prices would be another series. */
async function monthOf(quote: Quote | null, { market }: Services): Promise<Detail['month']> {
  if (quote === null) return null;
  const { series } = await market.history(quote.coinId, quote.currency, '30d');
  return series === null || series.source.id !== quote.source.id ? null : [...series.points, [quote.at, quote.price]];
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

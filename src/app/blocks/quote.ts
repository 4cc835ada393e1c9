// Card blocks for a quote: headline, figures, source line; one wording for every card that shows a price.
import type { Block, Field, Span, Tone } from '../card.ts';
import { date } from '../../format/dates.ts';
import { age, freshness, statesChange } from '../../format/freshness.ts';
import { change, compactMoney, compactNumber, money, moneyRange, percent } from '../../format/numbers.ts';
import type { Range } from '../../base/ranges.ts';
import type { Conversion, Quote, QuoteResult, Source } from '../../market/market.ts';

export type View = { locale: string; now: number };

/** Change figures are only shown while the number is younger than a day; an old change says nothing about today. */
export function shownChange(quote: Quote, value: number | null, now: number): number | null {
  return isOutdated(quote, now) ? null : value;
}

/** Older than a day. */
function isOutdated(quote: Quote, now: number): boolean {
  return !statesChange(quote.at, now);
}

/** The field that holds the change over a range; there is none for 90 days. */
const CHANGES = { '24h': 'change24h', '7d': 'change7d', '30d': 'change30d', '1y': 'change1y' } as const;

/** Percent over a range: the one figure that text, picture and alt text state. Null while unknown or too old to state. */
export function changeOver(quote: Quote, range: Range, now: number): number | null {
  return range === '90d' ? null : shownChange(quote, quote[CHANGES[range]], now);
}

export function toneOf(quote: Quote | null, now: number): Tone {
  if (quote === null) return 'warn';
  const value = shownChange(quote, quote.change24h, now);
  return value === null ? 'info' : change(value, 'en').direction;
}

/** Price with its 24 h change, or the reason why there is none. */
export function headline(result: QuoteResult, view: View): Block {
  if (result.quote === null) return { kind: 'text', spans: [`Price unavailable: ${result.reason}`] };
  const { quote } = result;
  const moved = shownChange(quote, quote.change24h, view.now);
  return {
    kind: 'headline',
    value: money(quote.price, quote.currency, view.locale),
    ...(moved === null ? {} : { change: change(moved, view.locale), detail: 'past 24 h' }),
  };
}

/** Market cap, volume, range, longer changes and distance from the all-time high; unknown ones are left out. */
export function figures(quote: Quote, view: View): Field[] {
  const { locale, now } = view;
  const fields: Field[] = [];
  const add = (label: string, value: Span[] | null) => value !== null && fields.push({ label, value });
  const compact = (value: number | null) => (value === null ? null : [compactMoney(value, quote.currency, locale)]);
  add('Market cap', compact(quote.marketCap));
  add('24 h volume', compact(quote.volume24h));
  if (quote.low24h !== null && quote.high24h !== null && !isOutdated(quote, now)) {
    add('24 h range', [moneyRange(quote.low24h, quote.high24h, quote.currency, locale)]);
  }
  const moved = (value: number | null) => (value === null ? null : [change(value, locale).text]);
  add('7 d', moved(changeOver(quote, '7d', now)));
  add('30 d', moved(changeOver(quote, '30d', now)));
  add('From all-time high', quote.ath === null || quote.ath <= 0 ? null : [fromHigh(quote, quote.ath, locale)]);
  return fields;
}

/** The same figures for a phone: short names, one decimal less where it says nothing, the day's range as a line. */
export function shortFigures(quote: Quote, view: View): Field[] {
  const { locale, now } = view;
  const { low24h, high24h, ath } = quote;
  const moved = (range: Range) => {
    const value = changeOver(quote, range, now);
    return value === null ? null : change(value, locale).text;
  };
  const cash = (value: number | null) => (value === null ? null : compactMoney(value, quote.currency, locale));
  const range =
    low24h === null || high24h === null || isOutdated(quote, now) ? null : rangeLine(quote, low24h, high24h, locale);
  const fields: (readonly [string, string | null])[] = [
    ['7 d', moved('7d')],
    ['30 d', moved('30d')],
    ['ATH', ath === null || ath <= 0 ? null : percent((quote.price / ath - 1) * 100, locale, 0)],
    ['Cap', cash(quote.marketCap)],
    ['Vol', cash(quote.volume24h)],
    ['24 h', range],
  ];
  return fields.flatMap(([label, value]) => (value === null ? [] : [{ label, value: [value] }]));
}

/** Characters of the line between the lowest and the highest price of a day: at most so many, and all three in one line of a phone. */
const RANGE_LINE = { most: 7, least: 3, together: 24 };

/** "$269.54 ─────●─ $273.61": where the price stands between the lowest and highest of the day. */
function rangeLine({ price, currency }: Quote, low: number, high: number, locale: string): string {
  const ends = moneyRange(low, high, currency, locale);
  const length = Math.min(RANGE_LINE.most, Math.max(RANGE_LINE.least, RANGE_LINE.together - ends.length));
  const share = high > low ? Math.min(1, Math.max(0, (price - low) / (high - low))) : 0.5;
  const at = Math.round(share * (length - 1));
  return ends.replace(' – ', ` ${'─'.repeat(at)}●${'─'.repeat(length - 1 - at)} `);
}

/** "rank #34 · CoinGecko, 42 s ago": what stands right under the price of a compact card. */
export function compactSource(result: QuoteResult, rank: number | null, view: View): Block[] {
  if (result.quote === null) return [];
  const standing = rank === null ? [] : [`rank #${rank} · `];
  return [{ kind: 'note', spans: [...standing, ...sourceAge(result.quote, view), ...remarks(result, view)] }];
}

/** "CoinGecko, 42 s ago", with a visible mark once the number is delayed. */
export function sourceAge(quote: Quote, view: View): Span[] {
  const { at, source } = quote;
  if (isSample(source)) return [{ kind: 'link', text: 'Sample data', href: source.url }, `, ${SAMPLE_AGE}`];
  const passed = view.now - at;
  const state = freshness(passed);
  const mark = state === 'delayed' ? '⚠ delayed' : state === 'old' ? '⚠ old data' : null;
  return [
    { kind: 'link', text: source.name, href: source.url },
    ', ',
    { kind: 'time', at, style: 'relative', text: age(passed) },
    ...(mark === null ? [] : [' · ', { kind: 'bold', text: mark } as const]),
  ];
}

function fromHigh(quote: Quote, high: number, locale: string): string {
  const distance = percent((quote.price / high - 1) * 100, locale, 1);
  const when = quote.athAt === null ? '' : `, ${date(quote.athAt, locale)}`;
  return `${distance} (${money(high, quote.currency, locale)}${when})`;
}

/** The small line under every price: who said it, with link, and how old it is. */
export function sourceLine(result: QuoteResult, view: View): Block[] {
  if (result.quote === null) return [];
  const { quote } = result;
  const source: Span = { kind: 'link', text: sourceName(quote.source), href: quote.source.url };
  return [{ kind: 'note', spans: [source, ' · ', ...quoteAge(quote, view), ...remarks(result, view)] }];
}

/** What has to be said beside source and age: doubts, the exchange rate behind a converted price, and why there is nothing newer. */
export function remarks(result: QuoteResult, view: View): Span[] {
  if (result.quote === null) return [];
  const { unconfirmed, converted } = result.quote;
  const spans = converted === undefined ? [] : rateSpans(converted, view);
  if (unconfirmed === true) spans.push(' · ', { kind: 'bold', text: 'unconfirmed' }, ': another source disagreed');
  if (result.checking) spans.push(' · checking a newer price');
  if (result.trouble !== undefined) spans.push(` · ${result.trouble}`);
  return spans;
}

/** Whose exchange rate stands behind a converted price, and how old it is. */
export function rateSpans({ from, source, at }: Conversion, view: View): Span[] {
  return [
    ` · converted from ${from.toUpperCase()}, rate by `,
    { kind: 'link', text: source.name, href: source.url },
    ', ',
    { kind: 'time', at, style: 'relative', text: age(view.now - at) },
  ];
}

/** Source, age and doubt in words for places without spans, e.g. "Kraken, 42 s ago". */
export function originWords({ source, at, converted, unconfirmed }: Quote, now: number): string {
  const rate = converted === undefined ? '' : `, rate by ${converted.source.name}, ${age(now - converted.at)}`;
  return `${source.name}, ${ageWords(at, now)}${rate}${unconfirmed === true ? ', unconfirmed' : ''}`;
}

/** What stands under figures of the samples: their clock runs, so their age would say nothing. */
export const SAMPLE_DATA = 'Sample data of September 2026';
export const SAMPLE_AGE = 'not live';

export function isSample({ id }: Pick<Source, 'id'>): boolean {
  return id === 'sample';
}

/** The attribution of a source; samples are never called price data. */
export function sourceName(source: Source): string {
  return isSample(source) ? SAMPLE_DATA : `Price data by ${source.name}`;
}

/** Age of a quote; samples have none. */
export function quoteAge(quote: Quote, view: View): Span[] {
  if (isSample(quote.source)) return [SAMPLE_AGE];
  return ageSpans(quote.at, view);
}

/** "updated 42 s ago", with a visible mark once the number is delayed. */
export function ageSpans(at: number, view: View): Span[] {
  const passed = view.now - at;
  const state = freshness(passed);
  const time: Span = { kind: 'time', at, style: 'relative', text: age(passed) };
  if (state === 'delayed') return [{ kind: 'bold', text: '⚠ delayed' }, ' · updated ', time];
  if (state === 'old') return [{ kind: 'bold', text: '⚠ old data' }, ' · from ', time];
  return ['updated ', time];
}

/** Age in words for places without spans, e.g. "42 s ago" or "delayed, 20 min ago". */
export function ageWords(at: number, now: number): string {
  const words = age(now - at);
  const state = freshness(now - at);
  return state === 'delayed' ? `delayed, ${words}` : state === 'old' ? `old data, ${words}` : words;
}

/** Supply of a coin, e.g. "10.9M of at most 21M"; null when unknown or old. `maxSupply`: in whole coins, null for none. */
export function supplyText(quote: Quote, maxSupply: number | null, { locale, now }: View): string | null {
  if (quote.circulatingSupply === null || freshness(now - quote.at) === 'old') return null;
  const cap = maxSupply === null ? '' : ` of at most ${compactNumber(maxSupply, locale)}`;
  return `${compactNumber(quote.circulatingSupply, locale)}${cap}`;
}

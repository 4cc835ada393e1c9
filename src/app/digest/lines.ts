// The lines of a digest, each a rule over data that is held: since yesterday, this week, against others. What is not known has no line.
import { DAY } from '../../base/clock.ts';
import type { Field } from '../card.ts';
import { change, money } from '../../format/numbers.ts';
import { changeOver, shownChange, type View } from '../blocks/quote.ts';
import { isWeek, placeWords, type SentenceInput } from './summary.ts';
import type { Quote } from '../../market/market.ts';

/** "+$2.11, high $273.61, low $269.47" */
export function sinceYesterday(quote: Quote, view: View): Field[] {
  const grown = changeOver(quote, '24h', view.now);
  if (grown === null || grown <= -100) return [];
  const { price, currency, high24h, low24h } = quote;
  const cash = (value: number): string => money(value, currency, view.locale);
  const step = price - price / (1 + grown / 100);
  const sign = step > 0 ? '+' : step < 0 ? '−' : '';
  const parts = [
    `${sign}${cash(Math.abs(step))}`,
    ...(high24h === null ? [] : [`high ${cash(high24h)}`]),
    ...(low24h === null ? [] : [`low ${cash(low24h)}`]),
  ];
  return [{ label: 'Since yesterday', value: [parts.join(', ')] }];
}

/** "▼ −3.70%, 2% above its 30-day low"; `input` is null without a week of prices. */
export function thisWeek(quote: Quote, input: SentenceInput | null, view: View): Field[] {
  const grown = changeOver(quote, '7d', view.now);
  if (grown === null) return [];
  const place = input === null ? null : placeWords(input);
  return [
    { label: 'This week', value: [[change(grown, view.locale).text, ...(place === null ? [] : [place])].join(', ')] },
  ];
}

/** On Mondays what the week before was like, from its prices: its span, and where in it the price ended. */
export function weekBehind({ price, week }: Pick<SentenceInput, 'price' | 'week'>, quote: Quote, view: Place): Field[] {
  const values = [...week.map((point) => point[1]), price];
  if (!isMonday(view) || !isWeek(week, quote.at)) return [];
  const cash = (value: number): string => money(value, quote.currency, view.locale);
  const [high, low] = [Math.max(...values), Math.min(...values)];
  return [{ label: 'Past seven days', value: [`between ${cash(low)} and ${cash(high)}, now ${cash(price)}`] }];
}

type Place = View & { zone: string };

function isMonday({ now, zone }: Place): boolean {
  return new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: zone }).format(now) === 'Mon';
}

/** "BTC ▲ +0.30% · AI coins ▲ +1.90% (best RENDER ▲ +4.80%)": changes of a day; `peers` without the coin itself. */
export function against(bitcoin: Quote | null, peers: readonly Quote[], view: View): Field[] {
  const words = (value: number): string => change(value, view.locale).text;
  const dayOf = (quote: Quote): number | null => shownChange(quote, quote.change24h, view.now);
  const own = bitcoin === null ? null : dayOf(bitcoin);
  const moved = peers.flatMap((quote) => {
    const value = dayOf(quote);
    return value === null ? [] : [{ symbol: quote.symbol.toUpperCase(), value }];
  });
  const best = moved.toSorted((a, b) => b.value - a.value)[0];
  const mean = moved.reduce((sum, { value }) => sum + value, 0) / moved.length;
  const parts = [
    ...(own === null ? [] : [`BTC ${words(own)}`]),
    ...(best === undefined || moved.length < FEWEST_PEERS
      ? []
      : [`AI coins ${words(mean)} (best ${best.symbol} ${words(best.value)})`]),
  ];
  return parts.length === 0 ? [] : [{ label: 'Against', value: [parts.join(' · ')] }];
}

/** The mean of fewer coins says nothing about their kind. */
const FEWEST_PEERS = 3;

/** "Above $300 for the first time since 3 Nov 2026": when a round number was crossed within a day; null otherwise. */
export function milestone({ price, at, month }: SentenceInput, quote: Quote, words: MilestoneWords): string | null {
  const past = (month ?? []).filter(([time]) => time < at);
  const yesterday = past.findLast(([time]) => time <= at - DAY)?.[1];
  if (yesterday === undefined || (past[0]?.[0] ?? at) > at - 28 * DAY) return null;
  const step = roundStep(price);
  const level = price > yesterday ? Math.floor(price / step) * step : Math.ceil(price / step) * step;
  const up = yesterday < level && price >= level;
  if (!up && !(yesterday > level && price <= level)) return null;
  const before = past.filter(([time]) => time <= at - DAY);
  const last = before.findLast(([, value]) => (up ? value >= level : value <= level));
  const since = last === undefined ? 'in 30 days' : `since ${words.date(last[0])}`;
  return `${up ? 'Above' : 'Below'} ${money(level, quote.currency, words.locale)} for the first time ${since}`;
}

type MilestoneWords = { locale: string; date: (at: number) => string };

/** Round numbers of a price: of 273 the twenties, of 1.62 the tenths, of 61,000 the five thousands. */
export function roundStep(price: number): number {
  const power = 10 ** Math.floor(Math.log10(price));
  const first = price / power;
  return Number((power * (first < 2 ? 0.1 : first < 5 ? 0.2 : 0.5)).toPrecision(3));
}

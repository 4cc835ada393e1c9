// What a picture shows, in words: for those who cannot see it, and for every place that cannot show it.
import { type Range, RANGE_LENGTHS } from '../../base/ranges.ts';
import type { CompareSpec, DigestSpec, PriceSpec } from '../../charts/spec.ts';
import { dateTime } from '../../format/dates.ts';
import { staleText, statesChange } from '../../format/freshness.ts';
import { compactMoney, money, moneyRange, share } from '../../format/numbers.ts';

type Moment = { at: number; now: number; locale: string; sourceName: string };
type Point = readonly [number, number];

/** Both platforms take this much (Discord's limit for a file description is 1,024, Slack's 2,000). */
const LONGEST = 1000;

/** First, last, high, low, change, moment of the data, source and age of a price chart. */
export function priceAlt(spec: Omit<PriceSpec, 'theme'>): string {
  const { currency, locale } = spec;
  const { first, last, high, low, several } = extremes(spec.points);
  const name = `${spec.name} (${spec.symbol}) price in ${currency.toUpperCase()}`;
  if (first === undefined || last === undefined) return finish(`${name}, ${pastWords(spec.range)}: no data.`, spec);
  const cash = (value: number): string => money(value, currency, locale);
  const words =
    spec.change === undefined
      ? `${moved(first[1], last[1], locale)} from ${cash(first[1])}`
      : movedBy(spec.change, locale);
  const change = statesChange(spec.at, spec.now) && several ? `, ${words}` : '';
  const span = period(spec.range, first, last, locale);
  // A change that a source states need not follow from the line's first point, so "from" would be wrong.
  const ends = spec.change === undefined ? 'High' : `First ${cash(first[1])}, high`;
  return finish(`${name}, ${span}: ${cash(last[1])}${change}. ${ends} ${cash(high)}, low ${cash(low)}.`, spec);
}

/** Each coin's change over the time that all of them share. */
export function compareAlt(spec: Omit<CompareSpec, 'theme'>): string {
  const series = spec.coins.map((coin) => usable(coin.points));
  const filled = series.filter((points) => points.length > 0);
  const from = Math.max(...filled.map((points) => points[0]?.[0] ?? 0));
  const parts = spec.coins.map((coin, index) => {
    const points = (series[index] ?? []).filter(([at]) => at >= from);
    const [first, last] = [points[0], points.at(-1)];
    const name = `${coin.name} (${coin.symbol})`;
    if (first === undefined || last === undefined) return `${name} no data`;
    return `${name} ${coin.change === undefined ? moved(first[1], last[1], spec.locale) : movedBy(coin.change, spec.locale)}`;
  });
  const end = Math.min(...filled.map((points) => points.at(-1)?.[0] ?? 0));
  const span = filled.length === 0 ? pastWords(spec.range) : period(spec.range, [from, 0], [end, 0], spec.locale);
  return finish(`Comparison, ${span}: ${parts.join('; ')}.`, spec);
}

/** The figures of a digest in the order in which they stand in the picture. */
export function digestAlt(spec: Omit<DigestSpec, 'theme'>): string {
  const { currency, locale } = spec;
  const cash = (value: number): string => money(value, currency, locale);
  const changes = [
    spec.change24h === null ? [] : `${movedBy(spec.change24h, locale)} in 24 hours`,
    spec.change7d === null ? [] : `${movedBy(spec.change7d, locale)} in 7 days`,
  ];
  const parts = [
    [
      `${spec.name} (${spec.symbol}) daily digest: ${cash(spec.price)}`,
      ...(statesChange(spec.at, spec.now) ? changes.flat() : []),
    ].join(', '),
    spec.marketCap === null ? [] : `Market cap ${compactMoney(spec.marketCap, currency, locale)}`,
    spec.volume24h === null ? [] : `24-hour volume ${compactMoney(spec.volume24h, currency, locale)}`,
    spec.low24h === null || spec.high24h === null
      ? []
      : `24-hour range ${moneyRange(spec.low24h, spec.high24h, currency, locale).replace(' – ', ' to ')}`,
    progressWords(spec),
  ];
  return finish(`${parts.flat().join('. ')}.`, spec);
}

function progressWords({ progress, locale }: Omit<DigestSpec, 'theme'>): string[] {
  if (progress === undefined) return [];
  const part = (done: number, whole: number): string => share((done / whole) * 100, locale, 1);
  if (progress.kind === 'supply')
    return [`${part(progress.circulating, progress.max)} of the maximum supply circulates`];
  return [`Progress to the next halving ${part(progress.issued, progress.era)}`];
}

function isUsable(point: PriceSpec['points'][number]): point is Point {
  const [at, value] = point;
  return value !== null && value > 0 && Number.isFinite(value) && at > 0;
}

/** Positive finite values in order of time. */
function usable(points: PriceSpec['points']): Point[] {
  return points.filter(isUsable).sort((a, b) => a[0] - b[0]);
}

/** What `usable` begins and ends with, and its highest and lowest value, without making it: every card with a chart asks for them. */
function extremes(points: PriceSpec['points']) {
  let first: Point | undefined;
  let last: Point | undefined;
  let [high, low, count] = [0, Number.POSITIVE_INFINITY, 0];
  for (const point of points) {
    if (!isUsable(point)) continue;
    const [at, value] = point;
    if (first === undefined || at < first[0]) first = point;
    if (last === undefined || at >= last[0]) last = point;
    if (value > high) high = value;
    if (value < low) low = value;
    count++;
  }
  return { first, last, high, low, several: count > 1 };
}

function pastWords(range: Range): string {
  return `past ${RANGE_LENGTHS[range].words}`;
}

/** "past 7 days", or since when, if the data covers less than nine tenths of that. */
function period(range: Range, first: Point, last: Point, locale: string): string {
  return last[0] - first[0] >= 0.9 * RANGE_LENGTHS[range].ms ? pastWords(range) : `since ${dateTime(first[0], locale)}`;
}

function moved(first: number, last: number, locale: string): string {
  return movedBy((last / first - 1) * 100, locale);
}

function movedBy(value: number, locale: string): string {
  if (Math.abs(value) < 0.005) return 'unchanged';
  return `${value > 0 ? 'up' : 'down'} ${share(Math.abs(value), locale)}`;
}

function finish(text: string, { at, now, locale, sourceName }: Moment): string {
  const old = staleText(at, now);
  const stale = old === null ? '' : ` Data is ${old}.`;
  const source = /^sample/iu.test(sourceName) ? `S${sourceName.slice(1)}` : `Price data by ${sourceName}`;
  const end = ` As of ${dateTime(at, locale)}. ${source}.${stale}`;
  return text.length + end.length <= LONGEST ? text + end : `${text.slice(0, LONGEST - end.length - 1)}…${end}`;
}

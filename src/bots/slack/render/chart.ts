// A chart of a card as Slack's own line chart: at most 20 points, evenly picked, the last one always among them.
import { DAY } from '../../../base/clock.ts';
import type { CardChart } from '../../../app/card.ts';
import { dateFormat } from '../../../format/dates.ts';
import { americanParts } from '../../../format/english.ts';
import { LONGEST_CHART_LABEL, LONGEST_CHART_TITLE, MOST_POINTS, MOST_SERIES } from '../limits.ts';
import type { SlackBlock } from './blocks.ts';
import { cut, plain } from './escape.ts';

/** Where labels are written: BCP 47 tag and IANA zone. */
export type ChartPlace = { locale: string; timeZone: string };

/** Null when there is nothing to draw (fewer than two points). */
export function nativeChart(chart: CardChart, place: ChartPlace): SlackBlock | null {
  const series = chart.series.filter(({ points }) => points.length > 0).slice(0, MOST_SERIES);
  const times = pickTimes(series[0]?.points.map(([at]) => at) ?? []);
  const labels = labelTimes(times, place);
  if (labels.length < 2) return null;
  const names = uniqueNames(series.map(({ label }) => label));
  return {
    type: 'data_visualization',
    title: cut(plain(chart.title), LONGEST_CHART_TITLE).trim() || 'Chart',
    chart: {
      type: 'line',
      series: series.map(({ points }, index) => ({
        name: names[index],
        data: labels.map(({ at, label }) => ({ label, value: rounded(valueAt(points, at)) })),
      })),
      axis_config: {
        categories: labels.map(({ label }) => label),
        x_label: cut(`Time (${place.timeZone})`, LONGEST_CHART_TITLE),
        y_label:
          'percent' in chart.unit ? 'Change in %' : cut(plain(chart.unit.currency.toUpperCase()), LONGEST_CHART_TITLE),
      },
    },
  };
}

/** Evenly spaced indices; the first and the last point are always kept. */
export function pickTimes(times: readonly number[]): number[] {
  if (times.length <= MOST_POINTS) return [...times];
  const step = (times.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, index) => times[Math.round(index * step)] ?? 0);
}

/** The last value at or before a moment; the first one for moments before it. */
function valueAt(points: readonly (readonly [number, number])[], at: number): number {
  let value = points[0]?.[1] ?? 0;
  for (const point of points) {
    if (point[0] > at) break;
    value = point[1];
  }
  return value;
}

/** Categories must be unique: of two moments with the same words the later one stays. */
function labelTimes(times: readonly number[], place: ChartPlace): { at: number; label: string }[] {
  const words = labelWords((times.at(-1) ?? 0) - (times[0] ?? 0), place);
  const byLabel = new Map<string, number>();
  for (const at of times) byLabel.set(cut(plain(words(at)), LONGEST_CHART_LABEL), at);
  return [...byLabel].map(([label, at]) => ({ label, at })).sort((left, right) => left.at - right.at);
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

type Part = keyof ReturnType<typeof americanParts> | 'moment';

const FORMS: Record<Part, Intl.DateTimeFormatOptions> = {
  weekday: { weekday: 'short' },
  day: { day: 'numeric' },
  clock: CLOCK,
  moment: { weekday: 'short', ...CLOCK },
  date: { day: 'numeric', month: 'short', year: '2-digit' },
};

/** Days of a week are named once ("Sat 21"), their later points with the hour as well; longer spans by date. */
function labelWords(span: number, place: ChartPlace): (at: number) => string {
  const words = (at: number, part: Part) => partWords(at, part, place);
  if (span > 14 * DAY) return (at) => words(at, 'date');
  if (span <= 2 * DAY) return (at) => words(at, 'moment');
  const named = new Set<string>();
  return (at) => {
    const date = `${words(at, 'weekday')} ${words(at, 'day')}`;
    if (named.has(date)) return `${date}, ${words(at, 'clock')}`;
    named.add(date);
    return date;
  };
}

function partWords(at: number, part: Part, { locale, timeZone }: ChartPlace): string {
  if (locale !== 'en' && locale !== 'en-US') return dateFormat(locale, { ...FORMS[part], timeZone }).format(at);
  const parts = americanParts(at, timeZone);
  return part === 'moment' ? `${parts.weekday} ${parts.clock}` : parts[part];
}

function uniqueNames(labels: readonly string[]): string[] {
  const seen = new Set<string>();
  return labels.map((label, index) => {
    const short = cut(plain(label), LONGEST_CHART_LABEL);
    const name = short === '' || seen.has(short) ? cut(`${index + 1} ${short}`.trim(), LONGEST_CHART_LABEL) : short;
    seen.add(name);
    return name;
  });
}

/** Six significant digits: what a chart can show. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

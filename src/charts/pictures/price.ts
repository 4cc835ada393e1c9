// Image 1: the price of one coin over a range, as a line or as candles.
import { scaleLinear } from 'd3-scale';
import { candleExtremes, type CandleSeries, candleWords, cleanCandles, drawCandles } from '../candles.ts';
import { clean, type Cleaned } from '../clean-series.ts';
import { cardDecimals, createFigures } from '../style/number-labels.ts';
import {
  drawableName,
  footer,
  header,
  HEIGHT,
  type DrawingContext,
  LEFT,
  priceRow,
  RIGHT,
  rightWords,
  WIDTH,
} from '../parts/header.ts';
import { paletteOf } from '../style/palette.ts';
import {
  drawLine,
  emptyNote,
  extremeMark,
  type Frame,
  lastDot,
  openLine,
  pill,
  segments,
  type Point,
  timeAxis,
} from '../parts/plot.ts';
import { type PriceSpec, RANGES } from '../spec.ts';
import { staleWords, tooOldForChange } from '../../format/freshness.ts';
import { createSurface, type Surface } from '../style/svg-canvas.ts';
import { valueAxis } from '../parts/value-axis.ts';

const TOP = 204;
const BOTTOM = 490;

/** What is drawn, whichever its shape: the times it spans, first and last value, and its extremes as [time, value]. */
type Shown = { from: number; to: number; first: number; last: number; high: Point; low: Point };

/** Draws the picture from the packed series; without data it says so instead of showing an empty plot. */
export function drawPrice(spec: PriceSpec, packed: Float64Array): Surface {
  const palette = paletteOf(spec.theme);
  const surface = createSurface(WIDTH, HEIGHT, palette.background);
  const context = { surface, palette, figures: createFigures(spec.locale, spec.currency) };
  const series = clean(packed);
  const candles = cleanCandles(spec.candles ?? []);
  const shown = candles === null ? shownLine(series) : shownCandles(candles);
  const symbol = drawableName(spec.symbol, spec.name).toUpperCase();
  const words = rightWords(context, rangeWords(context, spec, shown, candles), 600, staleWords(spec.at, spec.now));
  header(context, spec, `${symbol}/${spec.currency.toUpperCase()}`, words);
  if (shown === null) emptyNote(context);
  else drawShown(context, spec, shown, candles ?? series);
  footer(context, spec);
  return surface;
}

function shownLine({ points }: Cleaned): Shown | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  let [high, low] = [first, first];
  for (const point of points) {
    if (point[1] > high[1]) high = point;
    if (point[1] < low[1]) low = point;
  }
  return { from: first[0], to: last[0], first: first[1], last: last[1], high, low };
}

function shownCandles(series: CandleSeries): Shown | null {
  const [first, last] = [series.candles[0], series.candles.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { from: first[0] - series.bucketMs, to: last[0], first: first[1], last: last[4], ...candleExtremes(series) };
}

/** "Past 7 days", or what the data really covers when that is less than nine tenths of it. */
function rangeWords(
  { figures }: DrawingContext,
  spec: PriceSpec,
  shown: Shown | null,
  candles: CandleSeries | null,
): string {
  const { ms, past, length } = RANGES[spec.range];
  if (shown !== null && shown.from === shown.to) return 'One price only';
  const short = shown !== null && shown.to - shown.from < 0.9 * ms;
  const since = short ? `Since ${figures.moment(shown.from)}` : null;
  return candles === null ? (since ?? past) : `${since ?? length} · ${candleWords(candles.bucketMs)}`;
}

function drawShown(context: DrawingContext, spec: PriceSpec, shown: Shown, data: Cleaned | CandleSeries): void {
  const { figures, palette } = context;
  const { first, last, high, low, from, to } = shown;
  const decimals = cardDecimals(last, low[1], high[1]);
  const unknown = from === to || tooOldForChange(spec.at, spec.now);
  const change = unknown ? null : (last / first - 1) * 100;
  const absolute = change === null || last < 0.0001 ? null : figures.signedMoney(last - first, decimals);
  const price = figures.price(last, decimals);
  priceRow(context, { price, change, after: absolute, afterSize: 28, baseline: 160, size: 70, spacing: -1.6 });

  const direction = change === null ? 'flat' : figures.direction(change);
  const colour = palette.accent[direction];
  const axis = valueAxis(context, { low: low[1], high: high[1], last, decimals, top: TOP, bottom: BOTTOM });
  const frame: Frame = { left: LEFT, right: RIGHT - axis.width - 4, top: TOP, bottom: BOTTOM };
  const end = frame.right - 14;
  const x = from === to ? () => (frame.left + end) / 2 : scaleLinear([from, to], [frame.left, end]);
  const spotOf = (point: Point): Point => [x(point[0]), axis.y(point[1])];
  axis.draw(frame);
  timeAxis(context, frame, [from, to], x, [LEFT, RIGHT]);
  openLine(context, frame, axis.y(first));

  const lined = 'points' in data;
  if (lined) {
    const runs = segments(data).map((run) => run.map(spotOf));
    const width = data.points.length > 400 ? 2.8 : 3.4;
    drawLine(context, runs, { frame, colour, width, areaOpacity: palette.areaOpacity, top: axis.y(high[1]) });
  } else drawCandles(context, data, { ...frame, right: end }, x, axis.y);
  if (high[1] > low[1]) {
    const ring = (point: Point): string | null => (lined && point[0] !== to ? colour : null);
    extremeMark(context, frame, spotOf(high), `High ${figures.bare(high[1], decimals)}`, true, ring(high));
    extremeMark(context, frame, spotOf(low), `Low ${figures.bare(low[1], decimals)}`, false, ring(low));
  }
  const lastSpot = spotOf([to, last]);
  leader(context, lined ? lastSpot[0] + 13 : end - 2, lastSpot[1], frame.right + 6, colour);
  if (lined) lastDot(context, lastSpot, colour);
  const outlined = staleWords(spec.at, spec.now) !== null;
  pill(context, { text: axis.lastText, x: RIGHT - axis.width + 6, right: RIGHT, y: axis.pillY, direction, outlined });
}

function leader({ surface }: DrawingContext, from: number, y: number, to: number, colour: string): void {
  const d = `M${from.toFixed(2)} ${y.toFixed(2)}H${to.toFixed(2)}`;
  surface.draw('path', { d, stroke: colour, 'stroke-width': 2.5, 'stroke-dasharray': '4 5' });
}

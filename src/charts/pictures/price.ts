// Image 1: the price of one coin over a range.
import { scaleLinear } from 'd3-scale';
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
import { RANGE_LENGTHS } from '../../base/ranges.ts';
import type { PriceSpec } from '../spec.ts';
import { staleText, statesChange } from '../../format/freshness.ts';
import { createSurface, type Surface } from '../style/svg-canvas.ts';
import { valueAxis } from '../parts/value-axis.ts';

const TOP = 204;
const BOTTOM = 490;

/** What the line tells: the times it spans, first and last value, and its extremes as [time, value]. */
export type Shown = { from: number; to: number; first: number; last: number; high: Point; low: Point };

/** Draws the picture from the packed series; without data it says so instead of showing an empty plot. */
export function drawPrice(spec: PriceSpec, packed: Float64Array): Surface {
  const palette = paletteOf(spec.theme);
  const surface = createSurface(WIDTH, HEIGHT, palette.background);
  const context = { surface, palette, figures: createFigures(spec.locale, spec.currency) };
  const series = clean(packed);
  const shown = shownLine(series);
  const symbol = drawableName(spec.symbol, spec.name).toUpperCase();
  const words = rightWords(context, rangeWords(context, spec, shown), 600, staleText(spec.at, spec.now));
  header(context, spec, `${symbol}/${spec.currency.toUpperCase()}`, words);
  if (shown === null) emptyNote(context);
  else drawShown(context, spec, shown, series);
  footer(context, spec);
  return surface;
}

/** Null without any usable point. */
export function shownLine({ points }: Cleaned): Shown | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  let [high, low] = [first, first];
  for (const point of points) {
    if (point[1] > high[1]) high = point;
    if (point[1] < low[1]) low = point;
  }
  return { from: first[0], to: last[0], first: first[1], last: last[1], high, low };
}

/** "Past 7 days", or what the data really covers when that is less than nine tenths of it. */
function rangeWords({ figures }: DrawingContext, spec: PriceSpec, shown: Shown | null): string {
  const { words } = RANGE_LENGTHS[spec.range];
  if (shown === null) return `Past ${words}`;
  if (shown.from === shown.to) return 'One price only';
  return isWhole(spec, shown) ? `Past ${words}` : `Since ${figures.moment(shown.from)}`;
}

/** What the change is the change of: "in 7 days", or since when the data begins. */
function changeWindow({ figures }: DrawingContext, spec: PriceSpec, shown: Shown): string {
  return isWhole(spec, shown) ? `in ${RANGE_LENGTHS[spec.range].words}` : `since ${figures.moment(shown.from)}`;
}

function isWhole({ range }: PriceSpec, { from, to }: Shown): boolean {
  return to - from >= 0.9 * RANGE_LENGTHS[range].ms;
}

/** Percent over the range as the card says it, else from the line itself; null when there is none to state. */
export function shownChange(spec: PriceSpec, { from, to, first, last }: Shown): number | null {
  if (from === to || !statesChange(spec.at, spec.now)) return null;
  return spec.change ?? (last / first - 1) * 100;
}

function drawShown(context: DrawingContext, spec: PriceSpec, shown: Shown, series: Cleaned): void {
  const { figures, palette } = context;
  const { first, last, high, low, from, to } = shown;
  const decimals = cardDecimals(last, low[1], high[1], spec.currency);
  const change = shownChange(spec, shown);
  const before = change === null ? last : last / (1 + change / 100);
  const window = changeWindow(context, spec, shown);
  const isTold = last >= 0.0001 && Number.isFinite(before); // before a fall by 100 % it was anything
  const amount = !isTold ? [] : [`${figures.signedMoney(last - before, decimals)} ${window}`];
  const after = change === null ? [] : [...amount, window];
  const price = figures.price(last, decimals);
  priceRow(context, { price, change, after, afterSize: 28, baseline: 160, size: 70, spacing: -1.6 });

  const direction = change === null ? 'flat' : figures.direction(change);
  const colour = palette.accent[direction];
  const axis = valueAxis(context, { low: low[1], high: high[1], last, decimals, top: TOP, bottom: BOTTOM });
  const frame: Frame = { left: LEFT, right: RIGHT - axis.width - 4, top: TOP, bottom: BOTTOM };
  const end = frame.right - 14;
  const x = from === to ? () => (frame.left + end) / 2 : scaleLinear([from, to], [frame.left, end]);
  const spotOf = (point: Point): Point => [x(point[0]), axis.y(point[1])];
  if (from < to) context.surface.plot = { from, to, left: frame.left, right: end, width: WIDTH };
  axis.draw(frame);
  timeAxis(context, frame, [from, to], x, [LEFT, RIGHT]);
  openLine(context, frame, axis.y(first));

  const runs = segments(series).map((run) => run.map(spotOf));
  const width = series.points.length > 400 ? 2.8 : 3.4;
  drawLine(context, runs, { frame, colour, width, areaOpacity: palette.areaOpacity, top: axis.y(high[1]) });
  if (high[1] > low[1]) {
    const ring = (point: Point): string | null => (point[0] === to ? null : colour);
    extremeMark(context, frame, spotOf(high), `High ${figures.bare(high[1], decimals)}`, true, ring(high));
    extremeMark(context, frame, spotOf(low), `Low ${figures.bare(low[1], decimals)}`, false, ring(low));
  }
  const lastSpot = spotOf([to, last]);
  leader(context, lastSpot[0] + 13, lastSpot[1], frame.right + 6, colour);
  lastDot(context, lastSpot, colour);
  const outlined = staleText(spec.at, spec.now) !== null;
  pill(context, { text: axis.lastText, x: RIGHT - axis.width + 6, right: RIGHT, y: axis.pillY, direction, outlined });
}

function leader({ surface }: DrawingContext, from: number, y: number, to: number, colour: string): void {
  const d = `M${from.toFixed(2)} ${y.toFixed(2)}H${to.toFixed(2)}`;
  surface.draw('path', { d, stroke: colour, 'stroke-width': 2.5, 'stroke-dasharray': '4 5' });
}

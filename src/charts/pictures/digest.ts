// Image 2: the daily digest, with price, a week's sparkline, market figures and progress to the next halving or of the supply.
import { scaleLinear } from 'd3-scale';
import { clean, type Cleaned } from '../clean-series.ts';
import { cardDecimals, createFigures } from '../style/number-labels.ts';
import { footer, header, HEIGHT, type DrawingContext, priceRow, RIGHT, rightWords, WIDTH } from '../parts/header.ts';
import { paletteOf } from '../style/palette.ts';
import { drawLine, lastDot, openLine, segments, type Point } from '../parts/plot.ts';
import type { DigestSpec } from '../spec.ts';
import { staleText, statesChange } from '../../format/freshness.ts';
import { createSurface, type Surface } from '../style/svg-canvas.ts';
import { marketTiles, progressTile, progressWords } from '../parts/tiles.ts';

const WITHOUT_PROGRESS = 454;
const SPARK = { left: 600, right: 952, top: 100, bottom: 190, least: 170 };

/** Draws the digest; without a progress to show the picture is shorter. */
export function drawDigest(spec: DigestSpec, packed: Float64Array): Surface {
  const palette = paletteOf(spec.theme);
  const figures = createFigures(spec.locale, spec.currency);
  const progress = progressWords(figures, spec);
  const surface = createSurface(WIDTH, progress === null ? WITHOUT_PROGRESS : HEIGHT, palette.background);
  const context = { surface, palette, figures };
  const current = statesChange(spec.at, spec.now);
  const change24h = current ? spec.change24h : null;
  const change7d = current ? spec.change7d : null;

  const day = rightWords(context, figures.longDate(spec.at), 500, staleText(spec.at, spec.now));
  header(context, spec, 'Daily digest', day);
  const decimals = cardDecimals(spec.price, spec.low24h ?? spec.price, spec.high24h ?? spec.price, spec.currency);
  const after = change24h === null ? [] : ['24h'];
  const price = figures.price(spec.price, decimals);
  const end = priceRow(context, {
    price,
    change: change24h,
    after,
    afterSize: 26,
    baseline: 162,
    size: 74,
    spacing: -1.8,
  });
  sparkline(context, clean(packed), Math.max(end + 44, SPARK.left), change7d);
  marketTiles(context, spec, decimals);
  if (progress !== null) progressTile(context, progress);
  footer(context, spec);
  return surface;
}

/** The week beside the price, when there is room, and its change in words below. */
function sparkline(context: DrawingContext, series: Cleaned, left: number, change7d: number | null): void {
  const { surface, palette, figures } = context;
  const direction = change7d === null ? 'flat' : figures.direction(change7d);
  const colour = palette.accent[direction];
  const drawn = series.points.length >= 2 && SPARK.right - left >= SPARK.least;
  if (drawn) drawWeek(context, series, left, colour);
  if (change7d === null) return;
  const ink = palette.chipText[direction];
  const text = figures.percent(direction === 'flat' ? 0 : change7d);
  const value = surface.text(text, { x: RIGHT, y: 232, size: 24, weight: 700, fill: ink, anchor: 'end' });
  surface.text('7 days', { x: value.x - 12, y: 232, size: 24, weight: 500, fill: palette.text2, anchor: 'end' });
}

function drawWeek(context: DrawingContext, series: Cleaned, left: number, colour: string): void {
  const { points } = series;
  const values = points.map((point) => point[1]);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return;
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const spare = Math.max(0, 0.006 * high - (high - low)) / 2; // so that a stable price looks stable
  const x = scaleLinear([first[0], last[0]], [left, SPARK.right]);
  const y = scaleLinear([low - spare, high + spare], [SPARK.bottom, SPARK.top]);
  const spotOf = (point: readonly [number, number]): Point => [x(point[0]), y(point[1])];
  const frame = { left, right: SPARK.right, top: SPARK.top, bottom: SPARK.bottom + 14 };
  openLine(context, frame, y(first[1]));
  const runs = segments(series).map((run) => run.map(spotOf));
  drawLine(context, runs, { frame, colour, width: 3.4, areaOpacity: context.palette.areaOpacity, top: y(high) });
  lastDot(context, spotOf(last), colour);
}

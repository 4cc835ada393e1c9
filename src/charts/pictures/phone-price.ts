// The price of one coin for a phone: window and change above a line between its highest and lowest price; the message says the rest.
import { scaleLinear } from 'd3-scale';
import { clean, type Cleaned } from '../clean-series.ts';
import { cardDecimals, createFigures } from '../style/number-labels.ts';
import { badge, type DrawingContext, ellipsis, PHONE, triangle } from '../parts/header.ts';
import { paletteOf } from '../style/palette.ts';
import { drawLine, emptyNote, type Frame, lastDot, openLine, type Point, segments, timeAxis } from '../parts/plot.ts';
import { RANGE_LENGTHS } from '../../base/ranges.ts';
import { type Shown, shownChange, shownLine } from './price.ts';
import type { PriceSpec } from '../spec.ts';
import { staleText } from '../../format/freshness.ts';
import { createSurface, type Surface } from '../style/svg-canvas.ts';

const TOP = 60;
const BOTTOM = 250;
const TITLE = 40;
/** Highest and lowest price keep so far from the edges of the plot. */
const MARGIN = 14;
const TITLE_SIZE = 26;
const LABEL_SIZE = 24;
/** Longer prices are shortened, or the plot would lose its room. */
const WIDEST = 170;

/** Draws the picture from the packed series; without data it says so. */
export function drawPhonePrice(spec: PriceSpec, packed: Float64Array): Surface {
  const palette = paletteOf(spec.theme);
  const surface = createSurface(PHONE.width, PHONE.height, palette.background);
  const context = { surface, palette, figures: createFigures(spec.locale, spec.currency) };
  const series = clean(packed);
  const shown = shownLine(series);
  const change = shown === null ? null : shownChange(spec, shown);
  title(context, windowWords(context, spec, shown), change, staleText(spec.at, spec.now));
  if (shown === null) emptyNote(context, 165, 30);
  else plot(context, spec, shown, { series, change });
  return surface;
}

/** "7 days", or what the data really covers when that is less than nine tenths of it. */
function windowWords({ figures }: DrawingContext, spec: PriceSpec, shown: Shown | null): string {
  const { ms, words } = RANGE_LENGTHS[spec.range];
  if (shown === null) return words;
  if (shown.from === shown.to) return 'One price only';
  return shown.to - shown.from < 0.9 * ms ? `Since ${figures.moment(shown.from)}` : words;
}

/** Window and change at the left, the age of late data at the right. */
function title(context: DrawingContext, words: string, change: number | null, stale: string | null): void {
  const { surface, palette, figures } = context;
  const right = stale === null ? PHONE.right : PHONE.right - badge(context, stale, PHONE.right, 31, LABEL_SIZE) - 14;
  const style = { y: TITLE, size: TITLE_SIZE, weight: 700 } as const;
  const room = right - PHONE.left;
  const drawn = surface.text(ellipsis(words, room, TITLE_SIZE, 700), { ...style, x: PHONE.left, fill: palette.text });
  if (change === null) return;
  const direction = figures.direction(change);
  const fill = palette.chipText[direction];
  const x = drawn.x + drawn.width + 14;
  const text = figures.size(direction === 'flat' ? 0 : change);
  const start = direction === 'flat' ? x : x + 24;
  if (start + surface.widthOf(text, TITLE_SIZE, 700) > right) return;
  if (direction !== 'flat') triangle(context, x, TITLE - 0.36 * TITLE_SIZE, 17, direction, fill);
  surface.text(text, { ...style, x: start, fill });
}

type Line = { series: Cleaned; change: number | null };

function plot(context: DrawingContext, spec: PriceSpec, shown: Shown, { series, change }: Line): void {
  const { surface, palette, figures } = context;
  const { from, to, first, last, high, low } = shown;
  const decimals = cardDecimals(last, low[1], high[1], spec.currency);
  const labelOf = (value: number): string => {
    const full = figures.bare(value, decimals);
    return surface.widthOf(full, LABEL_SIZE, 500) > WIDEST ? figures.bareCompact(value, value / 10_000) : full;
  };
  const ends = high[1] > low[1] ? [high[1], low[1]] : [last];
  const labels = ends.map((value) => ellipsis(labelOf(value), WIDEST, LABEL_SIZE, 500));
  const gutter = Math.max(...labels.map((text) => surface.widthOf(text, LABEL_SIZE, 500)));
  const frame: Frame = { left: PHONE.left, right: PHONE.right - gutter - 12, top: TOP, bottom: BOTTOM };

  const spare = Math.max(0, 0.006 * high[1] - (high[1] - low[1])) / 2; // so that a stable price looks stable
  const y = scaleLinear([low[1] - spare, high[1] + spare], [BOTTOM - MARGIN, TOP + MARGIN]);
  const end = frame.right - 16;
  const x = from === to ? () => (frame.left + end) / 2 : scaleLinear([from, to], [frame.left, end]);
  const spotOf = (point: Point): Point => [x(point[0]), y(point[1])];
  if (from < to) surface.plot = { from, to, left: frame.left, right: end, width: PHONE.width };
  ends.forEach((value, index) => {
    const at = ends.length === 1 ? y(value) : index === 0 ? TOP + MARGIN : BOTTOM - MARGIN;
    const style = { size: LABEL_SIZE, weight: 500, fill: palette.text2, anchor: 'end' } as const;
    surface.text(labels[index] ?? '', { ...style, x: PHONE.right, y: at + 8.6 });
  });
  timeAxis(context, frame, [from, to], x, [PHONE.left, PHONE.right], true);
  openLine(context, frame, y(first));
  const colour = palette.accent[change === null ? 'flat' : figures.direction(change)];
  const runs = segments(series).map((run) => run.map(spotOf));
  drawLine(context, runs, { frame, colour, width: 3.4, areaOpacity: palette.areaOpacity, top: y(high[1]) });
  lastDot(context, spotOf([to, last]), colour);
}

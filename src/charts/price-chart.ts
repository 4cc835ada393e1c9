// Image 1: the price of one coin over a range, as a line.
import { scaleLinear } from 'd3-scale';
import { clean, type Cleaned } from './clean.ts';
import { cardDecimals, createFigures } from './figures.ts';
import { footer, header, drawableName, HEIGHT, type Kit, LEFT, priceRow, RIGHT, WIDTH } from './frame.ts';
import { paletteOf } from './palette.ts';
import { drawLine, extremeMark, type Frame, lastDot, openLine, pill, segments, type Spot, timeAxis } from './plot.ts';
import { type ChartRange, type PriceSpec, RANGES } from './spec.ts';
import { staleWords, tooOldForChange } from './stale.ts';
import { createSurface, type Surface } from './surface.ts';
import { valueTicks } from './ticks.ts';

const TOP = 204;
const BOTTOM = 490;

type Level = { value: number; spot: Spot; index: number };

/** Draws the picture from the packed series; without data it says so instead of showing an empty plot. */
export function drawPrice(spec: PriceSpec, packed: Float64Array): Surface {
  const palette = paletteOf(spec.theme);
  const surface = createSurface(WIDTH, HEIGHT, palette.background);
  const kit = { surface, palette, figures: createFigures(spec.locale, spec.currency) };
  const series = clean(packed);
  const symbol = drawableName(spec.symbol, spec.name).toUpperCase();
  const pair = `${symbol}/${spec.currency.toUpperCase()}`;
  header(kit, spec, pair, rangeWords(kit, spec.range, series), 600, staleWords(spec.at, spec.now));
  if (series.points.length === 0) emptyNote(kit);
  else drawSeries(kit, spec, series);
  footer(kit, spec);
  return surface;
}

/** "Past 7 days", or what the data really covers when that is less than nine tenths of it. */
export function rangeWords({ figures }: Kit, range: ChartRange, { points }: Cleaned): string {
  const first = points[0];
  const last = points.at(-1);
  const { ms, past } = RANGES[range];
  if (first === undefined || last === undefined || last[0] - first[0] >= 0.9 * ms) return past;
  return points.length === 1 ? 'One price only' : `Since ${figures.moment(first[0])}`;
}

export function emptyNote({ surface, palette }: Kit): void {
  surface.text('No data for this range', {
    x: WIDTH / 2,
    y: 340,
    size: 34,
    weight: 600,
    fill: palette.text2,
    anchor: 'middle',
  });
}

function drawSeries(kit: Kit, spec: PriceSpec, series: Cleaned): void {
  const { points } = series;
  const values = points.map((point) => point[1]);
  const [first, last] = [values[0] ?? 0, values.at(-1) ?? 0];
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const decimals = cardDecimals(last, low, high);
  const change = tooOldForChange(spec.at, spec.now) ? null : (last / first - 1) * 100;
  const absolute = change === null || last < 0.0001 ? null : kit.figures.signedMoney(last - first, decimals);
  priceRow(kit, {
    price: kit.figures.price(last, decimals),
    change,
    after: absolute,
    baseline: 160,
    size: 70,
    spacing: -1.6,
  });

  const direction = change === null ? 'flat' : kit.figures.direction(change);
  const colour = kit.palette.accent[direction];
  const axis = valueAxis(kit, low, high, last, decimals);
  const frame: Frame = { left: LEFT, right: RIGHT - axis.width - 4, top: TOP, bottom: BOTTOM };
  const from = points[0]?.[0] ?? 0;
  const to = points.at(-1)?.[0] ?? from;
  const end = frame.right - 14;
  const x = from === to ? () => (frame.left + end) / 2 : scaleLinear([from, to], [frame.left, end]);
  const spotOf = (point: readonly [number, number]): Spot => [x(point[0]), axis.y(point[1])];

  axis.draw(frame);
  timeAxis(kit, frame, [from, to], x, [LEFT, RIGHT]);
  openLine(kit, frame, axis.y(first));
  const runs = segments(series).map((run) => run.map(spotOf));
  drawLine(kit, runs, {
    frame,
    colour,
    width: points.length > 400 ? 2.8 : 3.4,
    areaOpacity: kit.palette.areaOpacity,
    top: axis.y(high),
  });
  const level = (value: number): Level => {
    const index = values.indexOf(value);
    return { value, index, spot: spotOf(points[index] ?? [to, value]) };
  };
  if (high > low) markExtremes(kit, frame, level(high), level(low), points.length - 1, colour, decimals);
  const spot: Spot = [x(to), axis.y(last)];
  const dash = { stroke: colour, 'stroke-width': 2.5, 'stroke-dasharray': '4 5' };
  kit.surface.draw('path', { d: `M${spot[0] + 13} ${spot[1]}H${frame.right + 6}`, ...dash });
  lastDot(kit, spot, colour);
  pill(kit, {
    text: axis.lastText,
    x: RIGHT - axis.width + 6,
    right: RIGHT,
    y: axis.pillY,
    direction,
    outlined: staleWords(spec.at, spec.now) !== null,
  });
}

function markExtremes(
  kit: Kit,
  frame: Frame,
  high: Level,
  low: Level,
  lastIndex: number,
  colour: string,
  decimals: number,
): void {
  const { figures } = kit;
  const ring = (level: Level): string | null => (level.index === lastIndex ? null : colour);
  extremeMark(kit, frame, high.spot, `High ${figures.bare(high.value, decimals)}`, true, ring(high));
  extremeMark(kit, frame, low.spot, `Low ${figures.bare(low.value, decimals)}`, false, ring(low));
}

/** Scale, labels and grid of the right axis. Room is kept for the words above the high and below the low. */
function valueAxis(kit: Kit, low: number, high: number, last: number, decimals: number) {
  const { surface, palette, figures } = kit;
  const least = 0.006 * Math.max(high, Number.MIN_VALUE); // so that a stable price looks stable
  const spare = Math.max(0, least - (high - low)) / 2;
  const perUnit = (high - low + spare * 2) / (BOTTOM - TOP - 68);
  const domain = [low - spare - 38 * perUnit, high + spare + 30 * perUnit] as const;
  const y = scaleLinear(domain, [BOTTOM, TOP]);
  const ticks = valueTicks(...domain);
  const shown = ticks.values.filter((value) => value > -1e-9 * ticks.step);
  const full = shown.map((value) => figures.bare(value, ticks.decimals));
  const pillFull = figures.bare(last, decimals);
  const widest = Math.max(...[...full, pillFull].map((text) => surface.widthOf(text, 24, 700)));
  const long = widest > 190;
  const texts = long ? shown.map((value) => figures.bareCompact(value, ticks.step)) : full;
  const lastText = long && last >= 1000 ? figures.bareCompact(last, last / 10_000) : pillFull;
  const width = Math.max(...[...texts, lastText].map((text) => surface.widthOf(text, 24, 700))) + 22;
  const pillY = Math.min(Math.max(y(last), TOP + 20), BOTTOM - 20);
  const draw = (frame: Frame): void => {
    shown.forEach((value, index) => {
      const at = y(value);
      const d = `M${frame.left} ${at.toFixed(2)}H${frame.right}`;
      surface.draw('path', { d, stroke: palette.grid, 'stroke-width': 1.5, 'stroke-opacity': palette.gridOpacity });
      if (Math.abs(at - pillY) < 34 || at > BOTTOM - 8) return;
      surface.text(texts[index] ?? '', {
        x: RIGHT,
        y: at + 8.6,
        size: 24,
        weight: 500,
        fill: palette.text2,
        anchor: 'end',
      });
    });
  };
  return { y, width, pillY, lastText, draw };
}

// Image 3: two to five coins as percent change from their common start.
import { scaleLinear } from 'd3-scale';
import { clean } from '../clean-series.ts';
import { createFigures } from '../style/number-labels.ts';
import {
  badge,
  drawableName,
  ellipsis,
  footer,
  HEIGHT,
  type DrawingContext,
  LEFT,
  PHONE,
  RIGHT,
  rightWords,
  WIDTH,
} from '../parts/header.ts';
import { type Entry, legend, marker, spread } from '../parts/legend.ts';
import { paletteOf } from '../style/palette.ts';
import { emptyNote, type Frame, linePath, segments, type Point, timeAxis } from '../parts/plot.ts';
import { type Normalised, normalise } from '../align-series.ts';
import { RANGE_LENGTHS } from '../../base/ranges.ts';
import type { CompareSpec } from '../spec.ts';
import { staleText } from '../../format/freshness.ts';
import { createSurface, type Surface } from '../style/svg-canvas.ts';
import { valueTicks } from '../parts/ticks.ts';

const TOP = 196;
const BOTTOM = 490;
const MOST_COINS = 5;

/** A coin with its name in letters and its line; `slot` is its place in the request and decides its looks. */
type Named = Normalised & { slot: number; name: string };

/** Where the plot stands, with its labels inside; `ticks`: about how many values are named at the left. */
type Plot = Frame & { ticks: number };

const WIDE: Plot = { left: LEFT, right: RIGHT, top: TOP, bottom: BOTTOM, ticks: 5.6 };
const NARROW: Plot = { left: PHONE.left, right: PHONE.right, top: 56, bottom: 250, ticks: 3 };

/** Draws the comparison; coins beyond the fifth are not drawn. On a phone the message is the legend. */
export function drawCompare(spec: CompareSpec, packed: readonly Float64Array[]): Surface {
  const palette = paletteOf(spec.theme);
  const phone = spec.canvas === 'phone';
  const surface = createSurface(phone ? PHONE.width : WIDTH, phone ? PHONE.height : HEIGHT, palette.background);
  const context = { surface, palette, figures: createFigures(spec.locale, spec.currency) };
  const coins = spec.coins.slice(0, MOST_COINS);
  const names = coins.map((coin) => drawableName(coin.symbol, coin.name).toUpperCase());
  const window = normalise(coins.map((_, index) => clean(packed[index] ?? new Float64Array())));

  const { ms, words } = RANGE_LENGTHS[spec.range];
  const covered = window === null || window.to - window.from >= 0.9 * ms;
  const period = covered ? words : `Since ${context.figures.moment(window.from)}`;
  const stale = staleText(spec.at, spec.now);
  const named = (window?.coins ?? []).map((coin, slot): Named => ({ ...coin, slot, name: names[slot] ?? '' }));
  const lines = named.filter((coin) => coin.points.length > 0);
  if (phone) {
    phoneTitle(context, period, stale);
    if (window === null || lines.length === 0) emptyNote(context, 165, 30);
    else drawPlot(context, lines, [window.from, window.to], NARROW);
    return surface;
  }
  const right = rightWords(context, `${period}, % change`, 500, stale, 28);
  drawTitle(context, names, right.x - 24 - LEFT);
  if (window === null || named.length === 0) emptyNote(context);
  else {
    legend(
      context,
      named.map((coin) => ({ ...coin, ...legendWords(context, coin, coins[coin.slot]?.change) })),
    );
    drawPlot(context, lines, [window.from, window.to], WIDE);
  }
  footer(context, spec);
  return surface;
}

function phoneTitle(context: DrawingContext, period: string, stale: string | null): void {
  const end = stale === null ? PHONE.right : PHONE.right - badge(context, stale, PHONE.right, 27, 24) - 14;
  const words = ellipsis(`${period}, % change`, end - PHONE.left, 24, 600);
  context.surface.text(words, { x: PHONE.left, y: 36, size: 24, weight: 600, fill: context.palette.text2 });
}

/** The tickers, somewhat smaller when they are long; the number of coins when they do not fit at all. */
function drawTitle({ surface, palette }: DrawingContext, names: readonly string[], room: number): void {
  const full = names.join(' vs ');
  const size = Math.min(34, (34 * room) / surface.widthOf(full, 34, 700, -0.4));
  const fits = size >= 27;
  const text = fits ? full : ellipsis(`${names.length} coins compared`, room, 34, 700);
  surface.text(text, { x: LEFT, y: 66, size: fits ? size : 34, weight: 700, fill: palette.text, spacing: -0.4 });
}

/** A change stated by the caller wins over the line's own, as long as there is a line. */
function legendWords(
  { figures }: DrawingContext,
  coin: Named,
  stated: number | undefined,
): Pick<Entry, 'change' | 'price'> {
  if (coin.change === null || coin.price === null) return { change: null, price: null };
  const change = stated !== undefined && Number.isFinite(stated) ? stated : coin.change;
  return { change, price: figures.price(coin.price, figures.decimals(coin.price)) };
}

function drawPlot(
  context: DrawingContext,
  coins: readonly Named[],
  domain: readonly [number, number],
  plot: Plot,
): void {
  const { surface, palette, figures } = context;
  const values = coins.flatMap((coin) => coin.points.map((point) => point[1]));
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const spare = Math.max(0.6 - (high - low), (high - low) * 0.09) / 2;
  const y = scaleLinear([low - spare, high + spare], [plot.bottom, plot.top]);
  const ticks = valueTicks(low - spare, high + spare, plot.ticks, 2, 7);
  const texts = ticks.values.map((value) =>
    figures.axisPercent(Math.abs(value) < ticks.step / 2 ? 0 : value, ticks.decimals),
  );
  const gutter = Math.max(...texts.map((text) => surface.widthOf(text, 24, 600)));
  const tickers = coins.map((coin) => ellipsis(coin.name, 150, 24, 700));
  const side = Math.max(...tickers.map((text) => surface.widthOf(text, 24, 700)));
  const { top, bottom } = plot;
  const frame: Frame = { left: plot.left + gutter + 16, right: plot.right - side - 30, top, bottom };
  const x = scaleLinear(domain, [frame.left, frame.right]);

  ticks.values.forEach((value, index) => {
    const zero = Math.abs(value) < ticks.step / 2;
    const stroke = zero
      ? { stroke: palette.text3, 'stroke-width': 2, 'stroke-opacity': 0.9 }
      : { stroke: palette.grid, 'stroke-width': 1.5, 'stroke-opacity': palette.gridOpacity };
    surface.draw('path', { d: `M${frame.left} ${y(value).toFixed(2)}H${frame.right}`, ...stroke });
    const fill = zero ? palette.text : palette.text2;
    const style = { size: 24, weight: zero ? 600 : 500, fill, anchor: 'end' } as const;
    surface.text(zero ? figures.axisPercent(0, 0) : (texts[index] ?? ''), {
      ...style,
      x: frame.left - 16,
      y: y(value) + 8.6,
    });
  });
  timeAxis(context, frame, domain, x, [plot.left, plot.right], plot === NARROW);
  for (const coin of coins.toReversed()) drawCoin(context, coin, (point) => [x(point[0]), y(point[1])]);
  endLabels(
    context,
    coins,
    tickers,
    coins.map((coin) => y(coin.change ?? 0)),
    frame,
  );
}

function drawCoin(
  { surface, palette }: DrawingContext,
  coin: Named,
  spotOf: (point: readonly [number, number]) => Point,
): void {
  const colour = palette.series[coin.slot] ?? palette.text;
  const width = coin.slot === 0 ? 4 : 3;
  const stroke = { fill: 'none', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };
  const runs = segments(coin).map((run) => run.map(spotOf));
  runs.forEach((run, index) => {
    const before = runs[index - 1]?.at(-1);
    const first = run[0];
    if (before !== undefined && first !== undefined) {
      const d = linePath([before, first], 999);
      surface.draw('path', {
        d,
        ...stroke,
        stroke: colour,
        'stroke-width': 2.5,
        'stroke-opacity': 0.55,
        'stroke-dasharray': '5 8',
      });
    }
    const d = linePath(run, coin.points.length);
    surface.draw('path', {
      d,
      ...stroke,
      stroke: palette.background,
      'stroke-width': width + 4,
      'stroke-opacity': 0.6,
    });
    surface.draw('path', { d, ...stroke, stroke: colour, 'stroke-width': width });
  });
}

/** Marker at the end of each line and the ticker beside it, with a leader where it had to move. */
function endLabels(
  context: DrawingContext,
  coins: readonly Named[],
  tickers: readonly string[],
  heights: readonly number[],
  frame: Frame,
): void {
  const { surface, palette } = context;
  const placed = spread(heights, 30, frame.top + 8, frame.bottom - 8);
  coins.toReversed().forEach((coin) => {
    const index = coins.indexOf(coin);
    const [height, label] = [heights[index] ?? 0, placed[index] ?? 0];
    const colour = palette.series[coin.slot] ?? palette.text;
    if (Math.abs(height - label) > 6) {
      const d = `M${frame.right + 9} ${height.toFixed(2)}L${frame.right + 21} ${label.toFixed(2)}`;
      surface.draw('path', { d, stroke: colour, 'stroke-width': 2, 'stroke-opacity': 0.7 });
    }
    surface.draw('circle', { cx: frame.right, cy: height, r: 10, fill: palette.background });
    marker(context, coin.slot, frame.right, height, 8, colour);
    surface.text(tickers[index] ?? '', { x: frame.right + 24, y: label + 8.6, size: 24, weight: 700, fill: colour });
  });
}

// The plot of one series: scales, grid, axes, line with area and gaps, marks for high, low and last.
import { area, curveLinear, curveMonotoneX, line } from 'd3-shape';
import type { Direction } from '../../format/numbers.ts';
import type { Cleaned } from '../clean-series.ts';
import type { DrawingContext } from './header.ts';
import { element, type Label } from '../style/svg-canvas.ts';
import { timeTicks } from './ticks.ts';
import type { Weight } from '../style/text-outlines.ts';

export type Point = readonly [number, number];

export type Frame = { left: number; right: number; top: number; bottom: number };

/** Says that there is nothing to draw, where the plot would be. */
export function emptyNote({ surface, palette }: DrawingContext, y = 340, size = 34): void {
  surface.text('No data for this range', {
    x: surface.width / 2,
    y,
    size,
    weight: 600,
    fill: palette.text2,
    anchor: 'middle',
  });
}

/** Runs of neighbouring points; a step longer than the usual ones ends a run. */
export function segments({ points, gapMs }: Cleaned): Point[][] {
  const runs: Point[][] = [];
  let previous = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    if (runs.length === 0 || point[0] - previous > gapMs) runs.push([]);
    runs.at(-1)?.push(point);
    previous = point[0];
  }
  return runs;
}

/** Path data of a line: smooth while points are few (never beyond them), straight when many. */
export function linePath(spots: readonly Point[], total: number): string {
  return rounded(line<Point>().curve(total > 120 ? curveLinear : curveMonotoneX)(spots) ?? '');
}

function areaPath(spots: readonly Point[], total: number, bottom: number): string {
  const shape = area<Point>()
    .x((spot) => spot[0])
    .y0(bottom)
    .y1((spot) => spot[1]);
  return rounded(shape.curve(total > 120 ? curveLinear : curveMonotoneX)(spots) ?? '');
}

function rounded(path: string): string {
  return path.replace(/-?\d+\.\d+(?:e-?\d+)?/gu, (number) => String(Math.round(Number(number) * 100) / 100));
}

type LineStyle = { frame: Frame; colour: string; width: number; areaOpacity: number; top: number };

/** The line with its fading area; missing stretches are bridged by dashes. `runs` are in canvas units. */
export function drawLine(context: DrawingContext, runs: readonly (readonly Point[])[], style: LineStyle): void {
  const { surface } = context;
  const { frame, colour } = style;
  const total = runs.reduce((sum, run) => sum + run.length, 0);
  const stops = [
    [0, 1],
    [0.55, 0.33],
    [1, 0],
  ] as const;
  const inner = stops.map(([offset, share]) =>
    element('stop', { offset, 'stop-color': colour, 'stop-opacity': (style.areaOpacity * share).toFixed(3) }),
  );
  surface.draw(
    'linearGradient',
    { id: 'area', gradientUnits: 'userSpaceOnUse', x1: 0, x2: 0, y1: style.top, y2: frame.bottom },
    inner.join(''),
  );
  const stroke = { fill: 'none', stroke: colour, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };
  runs.forEach((run, index) => {
    const before = runs[index - 1]?.at(-1);
    const first = run[0];
    if (before !== undefined && first !== undefined) {
      const d = linePath([before, first], 999);
      surface.draw('path', { d, ...stroke, 'stroke-width': 2.5, 'stroke-opacity': 0.55, 'stroke-dasharray': '5 8' });
    }
    if (run.length < 2) {
      if (first !== undefined && total > 1)
        surface.draw('circle', { cx: first[0], cy: first[1], r: style.width * 0.7, fill: colour });
      return;
    }
    surface.draw('path', { d: areaPath(run, total, frame.bottom), fill: 'url(#area)' });
    surface.draw('path', { d: linePath(run, total), ...stroke, 'stroke-width': style.width });
  });
}

/** Time ticks with labels under the plot; labels too near to their neighbour are left out. `short`: days of a week without their date. */
export function timeAxis(
  context: DrawingContext,
  frame: Frame,
  domain: readonly [number, number],
  x: (at: number) => number,
  limits: readonly [number, number],
  short = false,
): void {
  const { surface, palette, figures } = context;
  const grid = { stroke: palette.grid, 'stroke-width': 1.5 };
  surface.draw('path', {
    d: `M${frame.left} ${frame.bottom}H${frame.right}`,
    ...grid,
    'stroke-opacity': palette.gridOpacity * 2,
  });
  let free = Number.NEGATIVE_INFINITY;
  const size = 24;
  const labels = timeTicks(...domain).map((tick) => {
    const text = short && tick.form === 'weekday' ? figures.weekday(tick.at) : figures.tick(tick);
    const weight: Weight = tick.strong ? 700 : 500;
    return { centre: x(tick.at), text, strong: tick.strong, weight, width: surface.widthOf(text, size, weight) };
  });
  for (const { centre, text, strong, weight, width } of short ? evenly(labels) : labels) {
    const half = width / 2;
    const middle = Math.min(Math.max(centre, limits[0] + half), limits[1] - half);
    if (middle - half < free) continue;
    surface.draw('path', { d: `M${centre} ${frame.bottom}v7`, ...grid, 'stroke-opacity': palette.gridOpacity * 3 });
    surface.text(text, {
      x: middle,
      y: frame.bottom + 37,
      size,
      weight,
      fill: strong ? palette.text : palette.text2,
      anchor: 'middle',
    });
    free = middle + half + AXIS_GAP;
  }
}

/** Least room between two labels of the time axis. */
const AXIS_GAP = 18;

/** Every label, every second, every third …: the first of these where none stands too near to the next. The last one always stays. */
function evenly<T extends { centre: number; width: number }>(labels: readonly T[]): readonly T[] {
  for (let step = 1; step < labels.length; step++) {
    const kept = labels.filter((_, index) => (labels.length - 1 - index) % step === 0);
    const apart = kept.every((label, index) => {
      const next = kept[index + 1];
      return next === undefined || next.centre - label.centre >= (label.width + next.width) / 2 + AXIS_GAP;
    });
    if (apart) return kept;
  }
  return labels.slice(-1);
}

/** Dotted level of the period's opening price. */
export function openLine({ surface, palette }: DrawingContext, frame: Frame, y: number): void {
  const dots = { 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-dasharray': '0 7', 'stroke-opacity': 0.75 };
  surface.draw('path', { d: `M${frame.left} ${y}H${frame.right}`, stroke: palette.text3, ...dots });
}

/** Ring and words at the highest or lowest point, words kept inside the plot. */
export function extremeMark(
  context: DrawingContext,
  frame: Frame,
  spot: Point,
  text: string,
  above: boolean,
  ring: string | null,
): Label {
  const { surface, palette } = context;
  const [x, y] = spot;
  const half = surface.widthOf(text, 23, 600) / 2;
  const middle = Math.min(Math.max(x, frame.left + half), frame.right - half - 2);
  if (ring !== null)
    surface.draw('circle', { cx: x, cy: y, r: 5.5, fill: palette.background, stroke: ring, 'stroke-width': 3 });
  const style = { size: 23, weight: 600, fill: palette.text, anchor: 'middle', halo: palette.background } as const;
  return surface.text(text, { ...style, x: middle, y: above ? y - 15 : y + 32 });
}

/** Halo and dot of the newest value. */
export function lastDot({ surface, palette }: DrawingContext, [cx, cy]: Point, colour: string): void {
  surface.draw('circle', { cx, cy, r: 15, fill: colour, 'fill-opacity': 0.22 });
  surface.draw('circle', { cx, cy, r: 8.75, fill: palette.background });
  surface.draw('circle', { cx, cy, r: 6.25, fill: colour });
}

type Pill = { text: string; x: number; right: number; y: number; direction: Direction; outlined: boolean };

/** The newest value on the axis; only an outline when the data is old. */
export function pill({ surface, palette }: DrawingContext, { text, x, right, y, direction, outlined }: Pill): void {
  const colour = palette.accent[direction];
  const box = { x, y: y - 20, width: right + 12 - x, height: 40, rx: 9 };
  surface.draw(
    'rect',
    outlined ? { ...box, fill: palette.background, stroke: colour, 'stroke-width': 2.5 } : { ...box, fill: colour },
  );
  const fill = outlined ? colour : palette.onAccent;
  surface.text(text, { x: right, y: y + 8.6, size: 24, weight: 700, fill, anchor: 'end' });
}

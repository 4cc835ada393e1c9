// Who is who in a comparison: marker shapes, the legend above the plot and the names at the line ends.
import { ellipsis, type DrawingContext, LEFT, RIGHT, triangle } from './header.ts';

/** One compared coin ready to draw; `slot` decides colour and marker shape, `change` in percent. */
export type Entry = { slot: number; name: string; change: number | null; price: string | null };

/** Shapes by slot: circle, square, triangle, diamond, cross; so colours are never the only difference. */
export function marker({ surface }: DrawingContext, slot: number, x: number, y: number, r: number, fill: string): void {
  if (slot === 0) surface.draw('circle', { cx: x, cy: y, r, fill });
  else if (slot === 1)
    surface.draw('rect', { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8, rx: 1.5, fill });
  else if (slot === 2) polygon(surface, [x, y - r, x + r * 1.1, y + r * 0.85, x - r * 1.1, y + r * 0.85], fill);
  else if (slot === 3) polygon(surface, [x, y - r * 1.2, x + r * 1.2, y, x, y + r * 1.2, x - r * 1.2, y], fill);
  else {
    const arm = r * 0.85;
    const d = `M${x - arm} ${y - arm}L${x + arm} ${y + arm}M${x + arm} ${y - arm}L${x - arm} ${y + arm}`;
    surface.draw('path', { d, stroke: fill, 'stroke-width': r * 0.62, 'stroke-linecap': 'round' });
  }
}

function polygon(surface: DrawingContext['surface'], numbers: readonly number[], fill: string): void {
  const points = numbers.map((value) => Math.round(value * 100) / 100).join(' ');
  surface.draw('polygon', { points, fill, stroke: fill, 'stroke-width': 1.5, 'stroke-linejoin': 'round' });
}

/** Names, changes and (up to three coins) prices, best first. */
export function legend(context: DrawingContext, entries: readonly Entry[]): void {
  const worst = Number.NEGATIVE_INFINITY;
  const sorted = entries.toSorted((a, b) => (b.change ?? worst) - (a.change ?? worst));
  const column = (RIGHT - LEFT) / Math.max(3, sorted.length);
  let free = LEFT;
  sorted.forEach((entry, index) => {
    // A long entry may push the next one a little, as long as the later ones keep most of their room.
    const x = Math.min(Math.max(LEFT + index * column, free), LEFT + (index + 0.2) * column);
    marker(context, entry.slot, x + 11, 116, 9.5, context.palette.series[entry.slot] ?? context.palette.text);
    const room = LEFT + (index + 1) * column - x - 34 - 14;
    free = legendEntry(context, entry, x + 34, room, sorted.length > 3) + 40;
  });
}

/** With many coins the change stands below the name, else beside it with the price below. Answers the right end. */
function legendEntry(context: DrawingContext, entry: Entry, x: number, room: number, narrow: boolean): number {
  const { surface, palette, figures } = context;
  const beside = narrow || entry.change === null ? 0 : surface.widthOf(figures.size(entry.change), 28, 700) + 34;
  const style = { x, y: 126, size: 28, weight: 700, fill: palette.text } as const;
  const name = surface.text(ellipsis(entry.name, Math.max(60, room - beside), 28, 700), style);
  if (narrow || entry.change === null) {
    changeWords(context, entry.change, x, 160, 26, room);
    return x + name.width;
  }
  const end = changeWords(context, entry.change, x + name.width + 14, 126, 28, room - name.width - 14);
  if (entry.price === null) return end;
  surface.text(ellipsis(entry.price, room, 24, 500), { x, y: 160, size: 24, weight: 500, fill: palette.text2 });
  return end;
}

function changeWords(
  context: DrawingContext,
  change: number | null,
  x: number,
  y: number,
  size: number,
  room: number,
): number {
  const { surface, palette, figures } = context;
  if (change === null) {
    const none = surface.text(ellipsis('no data', room, 24, 500), { x, y, size: 24, weight: 500, fill: palette.text3 });
    return x + none.width;
  }
  const direction = figures.direction(change);
  const fill = palette.accent[direction];
  if (direction !== 'flat') triangle(context, x, y - size * 0.36, 15, direction, fill);
  const start = direction === 'flat' ? x : x + 20;
  const text = figures.size(direction === 'flat' ? 0 : change);
  const fitted = Math.min(size, (size * (room - (start - x))) / surface.widthOf(text, size, 700));
  return start + surface.text(text, { x: start, y, size: fitted, weight: 700, fill }).width;
}

/** Spreads label heights so that neighbours are at least `spacing` apart and all stay inside; keeps their order. */
export function spread(heights: readonly number[], spacing: number, top: number, bottom: number): number[] {
  const order = heights.map((_, index) => index).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = heights.map((height) => Math.min(Math.max(height, top), bottom));
  order.forEach((index, rank) => {
    const above = order[rank - 1];
    if (above !== undefined) placed[index] = Math.max(placed[index] ?? 0, (placed[above] ?? 0) + spacing);
  });
  let limit = bottom;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, limit);
    limit = (placed[index] ?? 0) - spacing;
  }
  return placed;
}

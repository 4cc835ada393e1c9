// The money axis at the right: scale, grid, labels, and the pill with the newest value.
import { scaleLinear } from 'd3-scale';
import { type DrawingContext, RIGHT } from './header.ts';
import type { Frame } from './plot.ts';
import { valueTicks } from './ticks.ts';

/** Beyond this width labels are shortened ("16.52T"), or the plot would lose its room. */
const WIDEST = 190;

export type ValueAxis = {
  y: (value: number) => number;
  /** Room that labels and pill need, from the plot's right edge. */
  width: number;
  pillY: number;
  lastText: string;
  draw: (frame: Frame) => void;
};

type Extent = { low: number; high: number; last: number; decimals: number; top: number; bottom: number };

/** Room is kept for the words above the high (30) and below the low (38), and a stable price stays flat (0.6 % at least). */
export function valueAxis(context: DrawingContext, { low, high, last, decimals, top, bottom }: Extent): ValueAxis {
  const { surface, palette, figures } = context;
  const spare = Math.max(0, 0.006 * high - (high - low)) / 2;
  const perUnit = (high - low + spare * 2) / (bottom - top - 68);
  const domain = [low - spare - 38 * perUnit, high + spare + 30 * perUnit] as const;
  const y = scaleLinear(domain, [bottom, top]);
  const ticks = valueTicks(...domain);
  const shown = ticks.values.filter((value) => value > -1e-9 * ticks.step); // room below a low near zero is not a price
  const widthOf = (texts: readonly string[]): number =>
    Math.max(...texts.map((text) => surface.widthOf(text, 24, 700)));
  const full = shown.map((value) => figures.bare(value, ticks.decimals));
  const lastFull = figures.bare(last, decimals);
  const long = widthOf([...full, lastFull]) > WIDEST;
  const texts = long ? shown.map((value) => figures.bareCompact(value, ticks.step)) : full;
  const lastText = long && last >= 1000 ? figures.bareCompact(last, last / 10_000) : lastFull;
  const pillY = Math.min(Math.max(y(last), top + 20), bottom - 20);

  const draw = (frame: Frame): void => {
    shown.forEach((value, index) => {
      const at = y(value);
      const d = `M${frame.left} ${at.toFixed(2)}H${frame.right.toFixed(2)}`;
      surface.draw('path', { d, stroke: palette.grid, 'stroke-width': 1.5, 'stroke-opacity': palette.gridOpacity });
      if (Math.abs(at - pillY) < 34 || at > bottom - 8) return;
      const style = { size: 24, weight: 500, fill: palette.text2, anchor: 'end' } as const;
      surface.text(texts[index] ?? '', { ...style, x: RIGHT, y: at + 8.6 });
    });
  };
  return { y, width: widthOf([...texts, lastText]) + 22, pillY, lastText, draw };
}

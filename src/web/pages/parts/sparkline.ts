// A line of prices as a small SVG: no script, no request, colour by the direction that the number beside it says.
import { html } from 'hono/html';
import type { Html } from '../card.ts';
import type { Direction } from '../../../format/numbers.ts';

/** Vertices that can be told apart at the size it is shown. */
const MOST_POINTS = 84;

/** `points`: [epoch ms, price], ascending, at least two; `width` and `height` of the drawing's own units; said in words beside it. */
export function sparkline(
  points: readonly (readonly [number, number])[],
  { width, height, direction, name }: { width: number; height: number; direction: Direction; name: string },
): Html {
  const step = Math.max(1, Math.ceil((points.length - 1) / (MOST_POINTS - 1)));
  const kept = points.filter((_, index) => index % step === 0 || index === points.length - 1);
  const values = kept.map(([, price]) => price);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [from, to] = [kept[0]?.[0] ?? 0, kept.at(-1)?.[0] ?? 1];
  const x = (at: number) => ((at - from) / (to - from || 1)) * width;
  const y = (price: number) => (high === low ? height / 2 : ((high - price) / (high - low)) * height);
  const line = kept.map(([at, price]) => `${x(at).toFixed(1)},${y(price).toFixed(1)}`).join(' ');
  return html`<svg
    class="${name} line ${direction}"
    viewBox="0 0 ${width} ${height}"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <polyline points="${line}" vector-effect="non-scaling-stroke" />
  </svg>`;
}

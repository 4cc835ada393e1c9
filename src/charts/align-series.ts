// Series brought to one common window and expressed as percent change from its start, so that lines can be compared fairly.
import type { Cleaned } from './clean-series.ts';

/** Columns of the plot, each about as wide as a line. */
const COLUMNS = 240;

/** One coin inside the window; `change` at the end, `price` the last value. Empty `points`: nothing known. */
export type Normalised = {
  index: number;
  points: readonly (readonly [number, number])[];
  gapMs: number;
  change: number | null;
  price: number | null;
};

/** All series cut to the time that they share (latest first moment to earliest last moment) and normalised to 0 % at its start. */
export function normalise(series: readonly Cleaned[]): { coins: Normalised[]; from: number; to: number } | null {
  const filled = series.filter((one) => one.points.length > 0);
  const from = Math.max(...filled.map((one) => one.points[0]?.[0] ?? 0));
  const to = Math.min(...filled.map((one) => one.points.at(-1)?.[0] ?? 0));
  if (filled.length === 0 || from >= to) return null;
  const step = (to - from) / COLUMNS;
  const coins = series.map(({ points, gapMs }, index): Normalised => {
    if (points.length === 0) return { index, points: [], gapMs, change: null, price: null };
    const base = valueAt(points, from);
    const inside = sampled(
      points.filter(([at]) => at > from && at < to),
      from,
      step,
    );
    const end = valueAt(points, to);
    const cut = [[from, base] as const, ...inside, [to, end] as const];
    const percent = cut.map(([at, value]) => [at, (value / base - 1) * 100] as const);
    return { index, points: percent, gapMs: Math.max(gapMs, 2.5 * step), change: (end / base - 1) * 100, price: end };
  });
  return { coins, from, to };
}

/** The last point of every column: no more than lines three units wide can show side by side. */
function sampled(points: Cleaned['points'], from: number, step: number): Cleaned['points'] {
  const columnOf = (at: number): number => Math.ceil((at - from) / step);
  return points.filter(([at], index) => {
    const next = points[index + 1];
    return next === undefined || columnOf(next[0]) !== columnOf(at);
  });
}

/** Value at a moment inside the series, on the straight line between its neighbours. */
function valueAt(points: Cleaned['points'], at: number): number {
  const after = points.findIndex((point) => point[0] >= at);
  const next = points[after] ?? points.at(-1) ?? [at, Number.NaN];
  const before = points[after - 1];
  if (before === undefined || next[0] === at) return next[1];
  const share = (at - before[0]) / (next[0] - before[0]);
  return before[1] + (next[1] - before[1]) * share;
}

// Series brought to one common window and expressed as percent change from its start, so that lines can be compared fairly.
import type { Cleaned } from './clean.ts';

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
  const coins = series.map(({ points, gapMs }, index): Normalised => {
    if (points.length === 0) return { index, points: [], gapMs, change: null, price: null };
    const base = valueAt(points, from);
    const inside = points.filter(([at]) => at > from && at < to);
    const end = valueAt(points, to);
    const cut = [[from, base] as const, ...inside, [to, end] as const];
    const percent = cut.map(([at, value]) => [at, (value / base - 1) * 100] as const);
    return { index, points: percent, gapMs, change: (end / base - 1) * 100, price: end };
  });
  return { coins, from, to };
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

// Where the points of each kind of picture are, so that they can travel on their own.
import type { ChartSpec, Point } from './spec.ts';

/** The series of a spec in drawing order: one for a price or digest, one per coin for a comparison. */
export function seriesOf(spec: ChartSpec): readonly (readonly Point[])[] {
  return spec.kind === 'compare' ? spec.coins.map((coin) => coin.points) : [spec.points];
}

/** The same spec without its points, for when they travel packed. */
export function withoutPoints(spec: ChartSpec): ChartSpec {
  if (spec.kind === 'compare') return { ...spec, coins: spec.coins.map((coin) => ({ ...coin, points: [] })) };
  return { ...spec, points: [] };
}

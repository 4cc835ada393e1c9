// From a chart's data to its SVG. Pure; runs in the drawing process (and in tests), because shaping text takes its time.
import { pack } from '../clean-series.ts';
import { drawCompare } from './compare.ts';
import { drawDigest } from './digest.ts';
import { drawPrice } from './price.ts';
import { type ChartSpec, seriesOf } from '../spec.ts';
import type { Surface } from '../style/svg-canvas.ts';

/** Draws a spec whose points come packed, in the order of `seriesOf`. */
export function drawChart(spec: ChartSpec, packed: readonly Float64Array[]): Surface {
  const none = new Float64Array();
  if (spec.kind === 'compare') return drawCompare(spec, packed);
  return spec.kind === 'price' ? drawPrice(spec, packed[0] ?? none) : drawDigest(spec, packed[0] ?? none);
}

/** The picture of a spec as SVG: outlines and shapes only, no `<text>`, 2000 units wide. */
export function chartSvg(spec: ChartSpec): string {
  return drawChart(spec, seriesOf(spec).map(pack)).svg();
}

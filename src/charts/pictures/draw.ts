// From a chart's data to its SVG. Pure; runs in the drawing process (and in tests), because shaping text takes its time.
import { pack } from '../clean-series.ts';
import { drawCompare } from './compare.ts';
import { drawDigest } from './digest.ts';
import { drawPhonePrice } from './phone-price.ts';
import { drawPrice } from './price.ts';
import { type ChartSpec, seriesOf } from '../spec.ts';
import type { Surface } from '../style/svg-canvas.ts';

/** Draws a spec whose points come packed, in the order of `seriesOf`. */
export function drawChart(spec: ChartSpec, packed: readonly Float64Array[]): Surface {
  const none = new Float64Array();
  if (spec.kind === 'compare') return drawCompare(spec, packed);
  const points = packed[0] ?? none;
  if (spec.kind === 'digest') return drawDigest(spec, points);
  return spec.canvas === 'phone' ? drawPhonePrice(spec, points) : drawPrice(spec, points);
}

/** The picture of a spec as SVG: outlines and shapes only, no `<text>`, twice the size of its canvas. */
export function chartSvg(spec: ChartSpec): string {
  return drawChart(spec, seriesOf(spec).map(pack)).svg();
}

// What a person would see in a picture: its texts, and everything that is wrong with them.
import { expect } from 'vitest';
import { pack } from '../../src/charts/clean-series.ts';
import { drawChart } from '../../src/charts/pictures/draw.ts';
import { type ChartSpec, seriesOf } from '../../src/charts/spec.ts';

/** Draws, and answers the texts with everything that is wrong for any picture. */
export function look(spec: ChartSpec): { texts: string[]; problems: string[] } {
  const surface = drawChart(spec, seriesOf(spec).map(pack));
  const svg = surface.svg();
  const { labels } = surface;
  const problems: string[] = [];
  const unsound = /NaN|undefined|null|Infinity|<text|e-\d/.exec(svg);
  if (unsound !== null) problems.push(`${unsound[0]} in the SVG`);
  const width = spec.canvas === 'phone' ? 600 : 1000;
  if (!svg.includes(`width="${width * 2}" height="${surface.height * 2}"`)) problems.push('wrong size');
  labels.forEach((a, index) => {
    const inside = a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= surface.height;
    if (!inside || a.text === '') problems.push(`outside or empty: "${a.text}"`);
    if (spec.canvas === 'phone' && sizeOf(a) * (277 / 600) < 11) problems.push(`too small for a phone: "${a.text}"`);
    for (const b of labels.slice(index + 1)) {
      const across = a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1;
      if (across && a.y < b.y + b.height - 1 && b.y < a.y + a.height - 1)
        problems.push(`touching: "${a.text}", "${b.text}"`);
    }
  });
  return { texts: labels.map((label) => label.text), problems };
}

/** What is wrong with pictures; empty when they are sound. */
export const problems = (...specs: ChartSpec[]): string[] => specs.flatMap((spec) => look(spec).problems);

/** The texts of a sound picture. */
export function texts(spec: ChartSpec): string[] {
  const seen = look(spec);
  expect(seen.problems).toEqual([]);
  return seen.texts;
}

/** Size of the letters in units; a label's box is 0.93 em high. */
const sizeOf = ({ height }: { height: number }): number => height / 0.93 + 1e-9;

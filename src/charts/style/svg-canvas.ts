// A canvas that collects SVG: shapes as elements, text as outlines, and a list of the labels so that tests can see what a person sees.
import type { Plot } from '../plot-note.ts';
import { measure, outline, type Weight } from './text-outlines.ts';

/** Where a text ended up; `y` is the top of the box. */
export type Label = { text: string; x: number; y: number; width: number; height: number };

export type TextStyle = {
  x: number;
  /** Baseline. */
  y: number;
  size: number;
  weight: Weight;
  fill: string;
  anchor?: 'start' | 'middle' | 'end';
  spacing?: number;
  /** Colour drawn around the letters so that a line behind them does not disturb. */
  halo?: string;
};

type Attributes = Readonly<Record<string, string | number | undefined>>;

export type Surface = ReturnType<typeof createSurface>;

/** One SVG element; numbers are rounded to hundredths, absent attributes left out. Values are ours alone, never text from outside. */
export function element(name: string, attributes: Attributes, children = ''): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}="${typeof value === 'number' ? Math.round(value * 100) / 100 : value}"`],
  );
  const head = [name, ...written].join(' ');
  return children === '' ? `<${head}/>` : `<${head}>${children}</${name}>`;
}

/** An empty picture of the given size in logical units. */
export function createSurface(width: number, height: number, background: string) {
  const parts: string[] = [element('rect', { width, height, fill: background })];
  const labels: Label[] = [];

  return {
    width,
    height,
    /** Where the line of a single series stands; null for other pictures. */
    plot: null as Plot | null,
    labels: labels as readonly Label[],
    widthOf: measure,

    draw(name: string, attributes: Attributes, children?: string): void {
      parts.push(element(name, attributes, children));
    },

    /** Draws a line of text and answers the box it takes. */
    text(content: string, style: TextStyle): Label {
      const { size, weight, spacing = 0, anchor = 'start', fill } = style;
      const textWidth = measure(content, size, weight, spacing);
      const x = style.x - (anchor === 'end' ? textWidth : anchor === 'middle' ? textWidth / 2 : 0);
      const path = outline(content, x, style.y, size, weight, spacing);
      if (style.halo !== undefined) {
        const halo = {
          fill: 'none',
          stroke: style.halo,
          'stroke-width': 9,
          'stroke-linejoin': 'round',
          'stroke-opacity': 0.82,
        };
        parts.push(element('path', { d: path, ...halo }));
      }
      parts.push(element('path', { d: path, fill }));
      // Inter's capitals reach 0.73 em above the baseline, descenders and commas about 0.2 em below.
      const label = { text: content, x, y: style.y - 0.73 * size, width: textWidth, height: 0.93 * size };
      labels.push(label);
      return label;
    },

    /** The picture at twice its logical size. */
    svg(): string {
      const size = { width: width * 2, height: height * 2, viewBox: `0 0 ${width} ${height}` };
      return element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...size }, parts.join(''));
    },
  };
}

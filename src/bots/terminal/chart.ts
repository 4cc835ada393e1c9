// A chart of a card for a terminal: all series in one frame, with the highest and lowest value and the names of lines at the right.
import type { CardChart } from '../../app/card.ts';
import { money, percent } from '../../format/numbers.ts';
import { brailleSparkline } from './sparkline.ts';

const ROWS = 4;
const WIDEST = 60;
const BLANK = 0x2800;

/** `colour`: paints the letters of one series, by its place. */
export type FrameOptions = { width: number; locale: string; colour: (series: number, text: string) => string };

/** The lines of the frame; none without a usable value. */
export function brailleFrame({ series, unit }: CardChart, { width, locale, colour }: FrameOptions): string[] {
  const drawn = series.map(({ points }) => points.map(([, value]) => value).filter(Number.isFinite));
  const values = drawn.flat();
  if (values.length === 0) return [];
  const scale = { low: least(values), high: most(values) };
  const text = (value: number): string =>
    'percent' in unit ? percent(value, locale, 1) : money(value, unit.currency, locale);
  const ends = lineNames(
    series.map(({ label }) => label),
    drawn,
    scale,
  );
  const sides = Array.from({ length: ROWS }, (_, row) =>
    row === 0 ? text(scale.high) : row === ROWS - 1 ? text(scale.low) : '',
  );
  const side = most([...sides, ...ends].map((words) => words.length));
  const room = Math.max(10, Math.min(WIDEST, width) - (series.length > 1 ? side * 2 + 2 : side + 1));
  const layers = drawn.map((line) => brailleSparkline(line, room, ROWS, scale));
  return Array.from({ length: ROWS }, (_, row) => {
    const cells = merged(
      layers.map((layer) => layer[row] ?? ''),
      colour,
    );
    const names = series.length > 1 ? ` ${(ends[row] ?? '').padEnd(side)}` : '';
    return `${cells}${names} ${sides[row] ?? ''}`.trimEnd();
  });
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

/** Which lines end in which row, names side by side where several do. */
function lineNames(
  labels: readonly string[],
  drawn: readonly (readonly number[])[],
  { low, high }: { low: number; high: number },
): string[] {
  const rows = Array.from({ length: ROWS }, (): string[] => []);
  drawn.forEach((line, index) => {
    const last = line.at(-1);
    if (last === undefined) return;
    const share = high === low ? 0.5 : (high - last) / (high - low);
    rows[Math.min(ROWS - 1, Math.floor(share * ROWS))]?.push(labels[index] ?? '');
  });
  return rows.map((names) => names.join(' '));
}

/** One row of all layers: dots of all, the letter in the colour of the first that has any there. */
function merged(layers: readonly string[], colour: FrameOptions['colour']): string {
  const width = most(layers.map((layer) => layer.length));
  return Array.from({ length: width }, (_, at) => {
    const codes = layers.map((layer) => layer.charCodeAt(at) || BLANK);
    const owner = codes.findIndex((code) => code !== BLANK);
    const letter = String.fromCharCode(codes.reduce((all, code) => all | code, BLANK));
    return owner < 0 ? letter : colour(owner, letter);
  }).join('');
}

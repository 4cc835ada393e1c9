// The parts that all pictures share: header with logo and pair, change chip, price row, stale badge, attribution.
import { HIDDEN_CHARACTERS } from '../../base/visible-text.ts';
import type { Direction } from '../../format/numbers.ts';
import type { Figures } from '../style/number-labels.ts';
import { covers, inkCentre, measure, type Weight } from '../style/text-outlines.ts';
import type { Palette } from '../style/palette.ts';
import { staleText } from '../../format/freshness.ts';
import type { Label, Surface, TextStyle } from '../style/svg-canvas.ts';

/** The canvas for phones: 24 units are 11 px where a message is 277 px wide (Discord on a screen of 390 px). */
export const PHONE = { width: 600, height: 300, left: 16, right: 584 } as const;

export const LEFT = 40;
export const RIGHT = 960;
export const WIDTH = 1000;
export const HEIGHT = 600;

/** Well-known signs drawn in the logo circle; any other coin gets its first letter. */
const SIGNS: Readonly<Record<string, { sign: string; fill?: string }>> = {
  TAO: { sign: 'τ' },
  BTC: { sign: '₿', fill: '#F7931A' },
  ETH: { sign: 'Ξ', fill: '#627EEA' },
};

/** What the parts draw with. */
export type DrawingContext = { surface: Surface; palette: Palette; figures: Figures };

/** Longer names never fit; cutting them early keeps shaping cheap. */
const LONGEST_NAME = 80;

type Subject = { name: string; symbol: string };

/** A name or ticker in letters that can be drawn: itself, else the other one, else a neutral word. */
export function drawableName(name: string, otherwise: string): string {
  for (const candidate of [name, otherwise]) {
    const letters = candidate.slice(0, 200).normalize('NFC').replaceAll(HIDDEN_CHARACTERS, '').trim();
    const text = Array.from(letters).slice(0, LONGEST_NAME).join('');
    if (text !== '' && covers(text)) return text;
  }
  return 'Coin';
}

/** Shortens with an ellipsis to at most `room` units. */
export function ellipsis(text: string, room: number, size: number, weight: Weight): string {
  if (measure(text, size, weight) <= room) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && measure(`${letters.join('').trimEnd()}…`, size, weight) > room) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** Logo, name, a quiet second part ("TAO/USD") and the words at the right, whose left end limits the name. */
export function header(context: DrawingContext, subject: Subject, second: string, right: Label): void {
  const { surface, palette } = context;
  logo(context, subject);
  const room = right.x - 24 - 102;
  const pair = ellipsis(second, room / 2, 26, 500);
  const pairWidth = surface.widthOf(pair, 26, 500);
  const name = ellipsis(drawableName(subject.name, subject.symbol), room - pairWidth - 14, 30, 600);
  const drawn = surface.text(name, { x: 102, y: 66, size: 30, weight: 600, fill: palette.text });
  surface.text(pair, { x: 102 + drawn.width + 14, y: 66, size: 26, weight: 500, fill: palette.text3 });
}

/** Words at the right end of the header, left of the stale badge when there is one. */
export function rightWords(
  context: DrawingContext,
  words: string,
  weight: Weight,
  stale: string | null,
  size = weight === 600 ? 28 : 26,
): Label {
  const end = stale === null ? RIGHT : RIGHT - badge(context, stale) - 18;
  const style = { y: 66, size, weight, fill: context.palette.text2, anchor: 'end' } as const;
  return context.surface.text(words, { ...style, x: end });
}

function logo({ surface, palette }: DrawingContext, subject: Subject): void {
  const known = SIGNS[subject.symbol.toUpperCase()];
  const sign = known?.sign ?? Array.from(drawableName(subject.name, subject.symbol))[0]?.toUpperCase() ?? '?';
  const letter = covers(sign) ? sign : '?';
  const centre = inkCentre(letter, 28.8, 700);
  surface.draw('circle', { cx: 64, cy: 55, r: 24, fill: known?.fill ?? palette.text });
  const fill = known?.fill === undefined ? palette.background : '#FFFFFF';
  surface.text(letter, { x: 64 - centre.x, y: 55 - centre.y, size: 28.8, weight: 700, fill });
}

/** Draws the clock and the age with their right end and middle where they are wanted; returns the width. */
export function badge(
  { surface, palette }: DrawingContext,
  words: string,
  right = RIGHT,
  middle = 55,
  size = 22,
): number {
  const width = 14 + 20 + 8 + measure(words, size, 700) + 15;
  const x = right - width;
  surface.draw('rect', { x, y: middle - 20, width, height: 40, rx: 11, fill: palette.warn, 'fill-opacity': 0.16 });
  const stroke = {
    fill: 'none',
    stroke: palette.warnText,
    'stroke-width': 2.6,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  };
  surface.draw('circle', { cx: x + 24, cy: middle, r: 8.7, ...stroke });
  const hands = `M${x + 24} ${middle - 5}V${middle + 0.4}L${x + 27.4} ${middle + 2.6}`;
  surface.draw('path', { d: hands, ...stroke });
  surface.text(words, { x: x + 42, y: middle + 0.355 * size, size, weight: 700, fill: palette.warnText });
  return width;
}

/** Attribution at the left, time of the data at the right. */
export function footer(context: DrawingContext, source: { sourceName: string; at: number; now: number }): void {
  const { surface, palette, figures } = context;
  const late = staleText(source.at, source.now) !== null;
  const y = surface.height - 25;
  const style = { y, size: 22, weight: late ? 600 : 500, fill: late ? palette.warnText : palette.text3 } as const;
  const time = surface.text(`As of ${figures.dateTime(source.at)}`, { ...style, x: RIGHT, anchor: 'end' });
  const name = drawableName(source.sourceName, 'the source');
  const words = /^sample/iu.test(name) ? `S${name.slice(1)}` : `Price data by ${name}`;
  const text = ellipsis(words, time.x - 30 - LEFT, 22, 500);
  surface.text(text, { x: LEFT, y, size: 22, weight: 500, fill: palette.text3 });
}

/** A triangle pointing up or down, its box centred on (x + width / 2, y). */
export function triangle(
  { surface }: DrawingContext,
  x: number,
  y: number,
  width: number,
  direction: 'up' | 'down',
  fill: string,
): void {
  const half = (width * 0.86) / 2;
  const [base, tip] = direction === 'up' ? [y + half, y - half] : [y - half, y + half];
  // The stroke rounds the corners; the path is drawn smaller by its width so that the size stays as asked.
  const r = 1;
  const inner = direction === 'up' ? -r : r;
  const d = `M${x + r} ${base + inner}L${x + width - r} ${base + inner}L${x + width / 2} ${tip - inner * 1.3}Z`;
  surface.draw('path', { d, fill, stroke: fill, 'stroke-width': r * 2, 'stroke-linejoin': 'round' });
}

type Row = {
  price: string;
  change: number | null;
  /** The first that fits. */
  after: readonly string[];
  afterSize: number;
  baseline: number;
  size: number;
  spacing: number;
};

/** Price, change chip and a quiet word after it; the price shrinks rather than leave the picture. Answers the right end. */
export function priceRow(context: DrawingContext, row: Row): number {
  const { surface, palette, figures } = context;
  const chip = row.change === null ? 0 : 24 + chipWidth(figures.size(row.change), figures.direction(row.change));
  const natural = measure(row.price, row.size, 700, row.spacing);
  const scale = Math.min(1, (RIGHT - 37 - chip) / natural);
  const style: TextStyle = {
    x: 37,
    y: row.baseline - (1 - scale) * 0.36 * row.size,
    size: row.size * scale,
    weight: 700,
    fill: palette.text,
    spacing: row.spacing * scale,
  };
  const price = surface.text(row.price, style);
  let end = price.x + price.width;
  if (row.change !== null) end = drawChip(context, end + 24, 135, row.change);
  const words = row.after.find((text) => end + 18 + measure(text, row.afterSize, 500) <= RIGHT);
  if (words === undefined) return end;
  const after = surface.text(words, { x: end + 18, y: 146, size: row.afterSize, weight: 500, fill: palette.text2 });
  return after.x + after.width;
}

function chipWidth(text: string, direction: Direction): number {
  return 32 + measure(text, 30, 700) + (direction === 'flat' ? 0 : 26.8);
}

function drawChip(context: DrawingContext, x: number, middle: number, change: number): number {
  const { surface, palette, figures } = context;
  const direction = figures.direction(change);
  const text = figures.size(direction === 'flat' ? 0 : change);
  const width = chipWidth(text, direction);
  const fill = palette.accent[direction];
  surface.draw('rect', { x, y: middle - 24, width, height: 48, rx: 13, fill, 'fill-opacity': palette.chipOpacity });
  const ink = palette.chipText[direction];
  if (direction !== 'flat') triangle(context, x + 16, middle, 16.8, direction, ink);
  surface.text(text, {
    x: x + 16 + (direction === 'flat' ? 0 : 26.8),
    y: middle + 10.9,
    size: 30,
    weight: 700,
    fill: ink,
  });
  return x + width;
}

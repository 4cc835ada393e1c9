// Text as outlines: the bundled Inter is shaped here, so no font of the host, no fontconfig and no markup in a name can matter.
import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';

export type Weight = 500 | 600 | 700;

type Run = { advance: number; glyphs: readonly { commands: readonly Command[]; x: number }[] };
type Command = { command: string; args: readonly number[] };

const PATH_LETTERS: Readonly<Record<string, string>> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
};

const fonts = new Map<Weight, Font>();
const runs = new Map<string, Run>();

function fontOf(weight: Weight): Font {
  let font = fonts.get(weight);
  if (font === undefined) {
    const opened = create(readFileSync(new URL(`./fonts/inter-${weight}.ttf`, import.meta.url)));
    if (!('layout' in opened)) throw new TypeError(`inter-${weight}.ttf is not a single font`);
    font = opened;
    fonts.set(weight, font);
  }
  return font;
}

function shape(text: string, weight: Weight): Run {
  const key = `${weight}${text}`;
  const known = runs.get(key);
  if (known !== undefined) return known;
  const { glyphs, positions } = fontOf(weight).layout(text, { tnum: true });
  let advance = 0;
  const placed = glyphs.map((glyph, index) => {
    const position = positions[index];
    const x = advance + (position?.xOffset ?? 0);
    advance += position?.xAdvance ?? glyph.advanceWidth;
    return { commands: glyph.path.commands, x };
  });
  if (runs.size >= 400) runs.clear(); // labels repeat within a picture and between neighbours, not for ever
  const run = { advance, glyphs: placed };
  runs.set(key, run);
  return run;
}

/** Width of a line of text in canvas units. `spacing` is added after every glyph but the last. */
export function measure(text: string, size: number, weight: Weight, spacing = 0): number {
  const run = shape(text, weight);
  return (run.advance * size) / fontOf(weight).unitsPerEm + spacing * Math.max(0, run.glyphs.length - 1);
}

/** SVG path data of a line of text whose baseline starts at (x, y), moved to whole pixels of the finished picture. */
export function outline(text: string, x: number, y: number, size: number, weight: Weight, spacing = 0): string {
  const scale = size / fontOf(weight).unitsPerEm;
  const base = halves(y);
  let path = '';
  shape(text, weight).glyphs.forEach((glyph, index) => {
    const left = halves(x + glyph.x * scale + spacing * index);
    for (const { command, args } of glyph.commands) {
      path += PATH_LETTERS[command] ?? '';
      args.forEach((value, place) => {
        path += `${place === 0 ? '' : ' '}${hundredths(place % 2 === 0 ? left + value * scale : base - value * scale)}`;
      });
    }
  });
  return path;
}

/** Middle of the ink of a text relative to its baseline start, for centring a letter in a circle. */
export function inkCentre(text: string, size: number, weight: Weight): { x: number; y: number } {
  const box = fontOf(weight).layout(text).bbox;
  const scale = size / fontOf(weight).unitsPerEm;
  return { x: ((box.minX + box.maxX) / 2) * scale, y: (-(box.minY + box.maxY) / 2) * scale };
}

/** True when Inter has a glyph for every character. */
export function covers(text: string): boolean {
  return Array.from(text).every((letter) => fontOf(500).hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Whole pixels at the double size of the PNG: equal letters become equal pixels, which is crisper and a tenth smaller. */
function halves(value: number): number {
  return Math.round(value * 2) / 2;
}

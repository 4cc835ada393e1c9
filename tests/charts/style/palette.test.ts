// Colours are legible: WCAG contrast of every text on what it stands on, in every theme.
import { expect, it } from 'vitest';
import { type Palette, paletteOf } from '../../../src/charts/style/palette.ts';

type Rgb = readonly [number, number, number];

const rgb = (hex: string): Rgb =>
  [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)) as unknown as Rgb;

/** `colour` at `opacity` over an opaque one. */
const over = (colour: string, opacity: number, below: string): Rgb =>
  rgb(colour).map((value, index) => value * opacity + (rgb(below)[index] ?? 0) * (1 - opacity)) as unknown as Rgb;

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  ) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function weak(palette: Palette): string[] {
  const { background, tile } = palette;
  const pairs: [string, Rgb, Rgb][] = [];
  for (const surface of [background, tile])
    for (const ink of [palette.text, palette.text2, palette.text3])
      pairs.push([`${ink} on ${surface}`, rgb(ink), rgb(surface)]);
  for (const direction of ['up', 'down', 'flat'] as const) {
    const accent = palette.accent[direction];
    pairs.push(
      [`${direction} on background`, rgb(accent), rgb(background)],
      [`pill ${direction}`, rgb(palette.onAccent), rgb(accent)],
    );
    pairs.push([`chip ${direction}`, rgb(palette.chipText[direction]), over(accent, palette.chipOpacity, background)]);
  }
  pairs.push(
    ['late', rgb(palette.warnText), rgb(background)],
    ['badge', rgb(palette.warnText), over(palette.warn, 0.16, background)],
  );
  for (const colour of palette.series) pairs.push([`series ${colour}`, rgb(colour), rgb(background)]);
  return pairs
    .filter(([, ink, below]) => contrast(ink, below) < 4.5)
    .map(([name, ink, below]) => `${name}: ${contrast(ink, below).toFixed(2)}`);
}

it.each(['dark', 'light'] as const)('text in the theme %s has a contrast of at least 4.5', (theme) => {
  expect(weak(paletteOf(theme))).toEqual([]);
});

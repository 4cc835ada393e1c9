// The look: pictures compared by pixels with reviewed ones, at a quarter of their size. UPDATE_GOLDEN=1 writes them anew; then look at them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { chartSvg } from '../../src/charts/pictures/draw.ts';
import type { ChartSpec } from '../../src/charts/spec.ts';
import { AT, compare, compareFive, digest, price, walk } from './samples.ts';
import { HOUR } from '../../src/base/clock.ts';

const FOLDER = path.join(import.meta.dirname, '../golden/charts');
const { progress: _, ...short } = digest;

const CASES: Record<string, ChartSpec> = {
  'price-dark': price,
  'price-light-tiny': { ...price, theme: 'light', name: 'Pepe', symbol: 'PEPE', points: walk(42, 169, 1.088e-5) },
  'price-light-late-gap': {
    ...price,
    theme: 'light',
    now: AT + 2 * HOUR,
    points: price.points.filter((__, index) => index < 60 || index > 90),
  },
  'digest-dark': digest,
  'digest-light-short': { ...short, theme: 'light', change24h: -2.41, marketCap: null },
  'compare-dark-five': compareFive,
  'compare-dark': compare,
  'price-phone-dark': { ...price, canvas: 'phone' },
  'price-phone-light-late': { ...price, canvas: 'phone', theme: 'light', now: AT + 2 * HOUR },
  'compare-phone-dark': { ...compare, canvas: 'phone' },
};

it.each(Object.entries(CASES))('%s looks as reviewed', async (name, spec) => {
  const drawn = await sharp(Buffer.from(chartSvg(spec)))
    .resize(500)
    .removeAlpha()
    .png()
    .toBuffer();
  const file = path.join(FOLDER, `${name}.png`);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, drawn);
  }
  expect(existsSync(file), `${file} is missing: run with UPDATE_GOLDEN=1 and look at it`).toBe(true);
  const [seen, golden] = [PNG.sync.read(drawn), PNG.sync.read(readFileSync(file))];
  expect([seen.width, seen.height]).toEqual([golden.width, golden.height]);
  const different = pixelmatch(seen.data, golden.data, undefined, seen.width, seen.height, { threshold: 0.1 });
  // Another build of the rasteriser may shade a few edges differently; a moved label changes far more.
  expect(different / (seen.width * seen.height)).toBeLessThan(0.002);
});

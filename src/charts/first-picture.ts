// What a fresh drawing process draws for nobody: a process's first picture takes four times as long as the next one, and nobody has to wait for it.
import type { PriceSpec } from './spec.ts';
import { HOUR } from '../base/clock.ts';

const POINTS = 168;

/** A week of one coin on a phone, like the first picture that somebody is likely to ask for. */
export const FIRST_PICTURE: PriceSpec = {
  kind: 'price',
  theme: 'dark',
  canvas: 'phone',
  locale: 'en',
  currency: 'usd',
  at: POINTS * HOUR,
  now: POINTS * HOUR,
  sourceName: 'Sample',
  name: 'Sample',
  symbol: 'SAMPLE',
  range: '7d',
  points: [],
};

/** Its series, packed: time and value side by side. */
export const FIRST_SERIES: Float64Array = Float64Array.from({ length: POINTS * 2 }, (_, index) =>
  index % 2 === 0 ? (index / 2 + 1) * HOUR : 100 + ((index * 7) % 13),
);

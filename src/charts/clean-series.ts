// Series cleaning: whatever arrives becomes ascending, finite, positive, few enough to draw, with its gaps known.
import type { Point } from './spec.ts';

/** The plot is under 1,000 units wide and drawn at 2×; four points per column lose nothing that could be seen. */
const COLUMNS = 800;
const LATEST_TIME = 8.64e15; // the last moment a Date can hold

/** A cleaned series: ascending, at most 3,200 points; neighbours further apart than `gapMs` have missing data between them. */
export type Cleaned = { points: readonly (readonly [number, number])[]; gapMs: number };

/** Time and value side by side in one array: cheap to hash and to hand to another process. */
export function pack(points: readonly Point[]): Float64Array {
  const packed = new Float64Array(points.length * 2);
  packRange(points, packed, 0, points.length);
  return packed;
}

/** Packs the points from `start` up to `end` into their places, so that a long series can be packed in slices. */
export function packRange(points: readonly Point[], packed: Float64Array, start: number, end: number): void {
  for (let index = start; index < end; index++) {
    packed[index * 2] = points[index]?.[0] ?? Number.NaN;
    packed[index * 2 + 1] = points[index]?.[1] ?? Number.NaN;
  }
}

/** The points themselves, or every second, third … of them so that there are at most `most`, the last one among them. */
export function evenly(points: readonly Point[], most: number): readonly Point[] {
  const step = Math.ceil(points.length / most);
  if (step <= 1) return points;
  const kept: Point[] = [];
  for (let index = (points.length - 1) % step; index < points.length; index += step) kept.push(points[index] as Point);
  return kept;
}

/** Sorted, without unusable values and repeated times (the later entry wins), thinned for drawing. `packed` is not changed. */
export function clean(packed: Float64Array): Cleaned {
  const sorted = sortByTime(usable(packed));
  const single = lastOfEachTime(sorted);
  const gapMs = 3 * medianStep(single);
  const count = single.length / 2;
  if (count <= COLUMNS * 4) return { points: unpack(single), gapMs };
  const span = (single[single.length - 2] ?? 0) - (single[0] ?? 0);
  return { points: thin(single, span), gapMs: Math.max(gapMs, (1.5 * span) / COLUMNS) };
}

/** Prices are positive; the outer bounds keep arithmetic and number formatting finite, no market comes near them. */
function isUsable(time: number, value: number): boolean {
  return time > 0 && time <= LATEST_TIME && value >= 1e-30 && value <= 1e18;
}

function usable(packed: Float64Array): Float64Array {
  const kept = new Float64Array(packed.length);
  let length = 0;
  for (let index = 0; index + 1 < packed.length; index += 2) {
    const time = packed[index] ?? Number.NaN;
    const value = packed[index + 1] ?? Number.NaN;
    if (!isUsable(time, value)) continue;
    kept[length++] = time;
    kept[length++] = value;
  }
  return kept.subarray(0, length);
}

function sortByTime(pairs: Float64Array): Float64Array {
  let ascending = true;
  for (let index = 2; index < pairs.length && ascending; index += 2)
    ascending = at(pairs, index) >= at(pairs, index - 2);
  if (ascending) return pairs;
  const order = Uint32Array.from({ length: pairs.length / 2 }, (_, index) => index * 2);
  order.sort((a, b) => at(pairs, a) - at(pairs, b) || a - b);
  const sorted = new Float64Array(pairs.length);
  order.forEach((from, index) => sorted.set([at(pairs, from), at(pairs, from + 1)], index * 2));
  return sorted;
}

function lastOfEachTime(pairs: Float64Array): Float64Array {
  const kept = new Float64Array(pairs.length);
  let length = 0;
  for (let index = 0; index < pairs.length; index += 2) {
    if (length > 0 && kept[length - 2] === pairs[index]) length -= 2;
    kept[length++] = at(pairs, index);
    kept[length++] = at(pairs, index + 1);
  }
  return kept.subarray(0, length);
}

/** Infinity for fewer than four points: too few to say what a usual step is. */
function medianStep(pairs: Float64Array): number {
  const count = pairs.length / 2;
  if (count < 4) return Number.POSITIVE_INFINITY;
  const steps = new Float64Array(count - 1);
  for (let index = 0; index < steps.length; index++) steps[index] = at(pairs, index * 2 + 2) - at(pairs, index * 2);
  steps.sort();
  return steps[steps.length >> 1] ?? Number.POSITIVE_INFINITY;
}

/** First, lowest, highest and last of every column (the M4 method): the drawn line is the same as with all points. */
function thin(pairs: Float64Array, span: number): [number, number][] {
  const start = at(pairs, 0);
  const points: [number, number][] = [];
  let from = 0;
  while (from < pairs.length) {
    const column = Math.floor(((at(pairs, from) - start) / span) * COLUMNS);
    let end = from;
    let low = from;
    let high = from;
    while (end < pairs.length && Math.floor(((at(pairs, end) - start) / span) * COLUMNS) === column) {
      if (at(pairs, end + 1) < at(pairs, low + 1)) low = end;
      if (at(pairs, end + 1) > at(pairs, high + 1)) high = end;
      end += 2;
    }
    const kept = [...new Set([from, low, high, end - 2])].sort((a, b) => a - b);
    for (const index of kept) points.push([at(pairs, index), at(pairs, index + 1)]);
    from = end;
  }
  return points;
}

function unpack(pairs: Float64Array): [number, number][] {
  return Array.from({ length: pairs.length / 2 }, (_, index) => [at(pairs, index * 2), at(pairs, index * 2 + 1)]);
}

function at(pairs: Float64Array, index: number): number {
  return pairs[index] ?? Number.NaN;
}

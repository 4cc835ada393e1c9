// Candles: cleaning, merging to a drawable number, and drawing them so that fill as well as colour tells up from down.
import type { Frame, Point } from './parts/plot.ts';
import type { DrawingContext } from './parts/header.ts';
import type { Candle } from './spec.ts';

const MOST = 90;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type CandleSeries = { candles: readonly Candle[]; bucketMs: number };

/** Sound candles in order, neighbours merged to at most 90; null when fewer than two are left. */
export function cleanCandles(raw: readonly Candle[]): CandleSeries | null {
  const byTime = new Map(raw.filter(isSound).map((candle) => [candle[0], candle]));
  const sorted = [...byTime.values()].sort((a, b) => a[0] - b[0]);
  const steps = sorted.slice(1).map((candle, index) => candle[0] - (sorted[index]?.[0] ?? 0));
  const step = steps.sort((a, b) => a - b)[steps.length >> 1];
  if (step === undefined) return null;
  const bucketMs = step * Math.max(1, Math.ceil(sorted.length / MOST));
  const groups = Map.groupBy(sorted, ([close]) => Math.ceil(close / bucketMs));
  const candles = [...groups.values()].map(merge);
  return candles.length < 2 ? null : { candles, bucketMs };
}

function isSound([at, open, high, low, close]: Candle): boolean {
  const values = [open, high, low, close];
  return (
    at > 0 &&
    at <= 8.64e15 &&
    values.every((value) => value >= 1e-30 && value <= 1e18) &&
    low <= Math.min(open, close) &&
    high >= Math.max(open, close)
  );
}

function merge(group: readonly Candle[]): Candle {
  const lows = group.map((candle) => candle[3]);
  const highs = group.map((candle) => candle[2]);
  const last = group.at(-1) ?? [0, 0, 0, 0, 0];
  return [last[0], group[0]?.[1] ?? 0, Math.max(...highs), Math.min(...lows), last[4]];
}

/** "12h candles" */
export function candleWords(bucketMs: number): string {
  const [size, unit] =
    bucketMs >= DAY ? [bucketMs / DAY, 'd'] : bucketMs >= HOUR ? [bucketMs / HOUR, 'h'] : [bucketMs / MINUTE, 'min'];
  return `${Math.round(size * 10) / 10}${unit} candles`;
}

/** Up hollow, down filled; very narrow bodies are all filled. A candle stands between its open and close time. */
export function drawCandles(
  context: DrawingContext,
  series: CandleSeries,
  frame: Frame,
  x: (at: number) => number,
  y: (value: number) => number,
): void {
  const { surface, palette } = context;
  const slot = (frame.right - frame.left) / Math.max(series.candles.length, 1);
  const width = Math.min(26, Math.max(2, slot * 0.68));
  const wick = Math.min(3, Math.max(1.5, width * 0.14));
  for (const [close, opened, high, low, closed] of series.candles) {
    const centre = x(close - series.bucketMs / 2);
    const up = closed >= opened;
    const colour = palette.accent[up ? 'up' : 'down'];
    const top = y(Math.max(opened, closed));
    const height = Math.max(wick, y(Math.min(opened, closed)) - top);
    const line = { stroke: colour, 'stroke-width': wick };
    const hollow = up && width >= 6 && height > 5;
    const d = `M${centre.toFixed(2)} ${y(high).toFixed(2)}V${top.toFixed(2)}M${centre.toFixed(2)} ${(top + height).toFixed(2)}V${y(low).toFixed(2)}`;
    surface.draw('path', { d, ...line });
    const inset = hollow ? 1.2 : 0;
    const body = {
      x: centre - width / 2 + inset,
      y: top + inset,
      width: width - inset * 2,
      height: height - inset * 2,
      rx: Math.min(2.5, height / 2),
    };
    surface.draw(
      'rect',
      hollow ? { ...body, fill: palette.background, stroke: colour, 'stroke-width': 2.4 } : { ...body, fill: colour },
    );
  }
}

/** Time and value of the highest and lowest wick. */
export function candleExtremes(series: CandleSeries): { high: Point; low: Point } {
  const middle = series.bucketMs / 2;
  const first = series.candles[0] ?? [0, 0, 0, 0, 0];
  let [high, low] = [first, first];
  for (const candle of series.candles) {
    if (candle[2] > high[2]) high = candle;
    if (candle[3] < low[3]) low = candle;
  }
  return { high: [high[0] - middle, high[2]], low: [low[0] - middle, low[3]] };
}

// When a soak counts as flat: least squares over its second half, against bars that noise stays below and a leak does not.

export type Reading = Record<'rss' | 'heap' | 'timers' | 'handles' | 'files', number>;
/** `minute`: since the start; bytes and numbers, after the garbage was collected. */
export type SoakSample = { minute: number; reading: Reading };
/** `perMinute`: slope over the second half, MiB or pieces. */
export type Slope = { name: keyof Reading; perMinute: number; bar: number; flat: boolean };

const MIB = 1024 * 1024;
/**
 * Most growth a minute, MiB or pieces. What is alive (`heap`, with buffers) may still fill caches that are bounded; one kilobyte kept for each
 * of the nine requests a second of the soak would be 0.5 MiB. Resident memory has the noise of the allocator on top.
 */
const BARS: Reading = { rss: 2, heap: 0.5, timers: 1, handles: 1, files: 1 };

export function slopesOf(samples: readonly SoakSample[]): Slope[] {
  const end = samples.at(-1)?.minute ?? 0;
  const second = samples.filter(({ minute }) => minute >= end / 2);
  return (Object.keys(BARS) as (keyof Reading)[]).map((name) => {
    const unit = name === 'rss' || name === 'heap' ? MIB : 1;
    const perMinute = leastSquares(second.map(({ minute, reading }) => [minute, reading[name] / unit]));
    return { name, perMinute, bar: BARS[name], flat: perMinute <= BARS[name] };
  });
}

/** Slope of the line that fits best; 0 for fewer than two points. */
function leastSquares(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middleX, middleY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const over = points.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0);
  const under = points.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

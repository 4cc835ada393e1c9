// Pictures on request: one drawn at a time in a process of its own, finished PNGs kept by what they show.
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { evenly, packRange } from './clean-series.ts';
import type { Lane } from './drawing-queue.ts';
import { createDrawingProcess, type Drawing } from './renderer.ts';
import { MINUTE } from '../base/clock.ts';
import { staleText, statesChange } from '../format/freshness.ts';
import { type ChartSpec, type Point, seriesOf, withoutPoints } from './spec.ts';

export type ChartStats = {
  drawn: number;
  failed: number;
  hits: number;
  waiting: number;
  cached: number;
  cachedBytes: number;
};

/** Pictures as the rest of the core sees them. */
export type Charts = {
  /**
   * PNG of 2000 × 1200 pixels (a digest without progress: 2000 × 908), for phones 1200 × 600; not to be changed by the caller. Rejects with an
   * AppError of code "chart", or "busy" when the lane is full.
   */
  png(spec: ChartSpec, lane?: Lane): Promise<Uint8Array>;
  /** Starts the drawing process and lets it draw a first time beside whatever else is going on, half a second of another processor, so that the first picture finds it ready. */
  prepare(): void;
  stats(): ChartStats;
  close(): Promise<void>;
};

/** Points packed at a time: about a millisecond. */
const SLICE = 16_384;
/** Sources give 20,000 at most; of more points as many are taken, evenly: handing a million to another process held the event loop for 55 ms. */
const MOST_POINTS = 20_000;

/**
 * `cacheMegabytes`: how much PNG data to keep (about 6 pictures per megabyte). `timeoutMs`: limit for one picture. `idleMs`: how long
 * the drawing process is kept for a next picture.
 */
export function createCharts(options: { cacheMegabytes?: number; timeoutMs?: number; idleMs?: number } = {}): Charts {
  const { cacheMegabytes = 16, timeoutMs = 15_000, idleMs = 10 * MINUTE } = options;
  const drawing = createDrawingProcess({ timeoutMs, idleMs });
  const finished = new Map<string, Uint8Array>(); // oldest use first
  const under = new Map<string, Drawing>();
  const counts = { drawn: 0, failed: 0, hits: 0 };
  let cachedBytes = 0;

  const keep = (key: string, png: Uint8Array): void => {
    finished.set(key, png);
    cachedBytes += png.byteLength;
    for (const [oldest, old] of finished) {
      if (cachedBytes <= cacheMegabytes * 1_048_576) return;
      finished.delete(oldest);
      cachedBytes -= old.byteLength;
    }
  };

  const settle = async (key: string, { png: drawn }: Drawing): Promise<Uint8Array> => {
    try {
      const png = await drawn;
      counts.drawn++;
      keep(key, png);
      return png;
    } catch (error) {
      counts.failed++;
      throw error;
    } finally {
      under.delete(key);
    }
  };

  return {
    async png(spec, lane = 'chat') {
      const { key, series } = await content(spec);
      const known = finished.get(key);
      if (known !== undefined) {
        counts.hits++;
        finished.delete(key);
        finished.set(key, known);
        return known;
      }
      const running = under.get(key);
      if (running !== undefined) {
        running.hurry(lane);
        return await running.png;
      }
      const begun = drawing.draw(withoutPoints(spec), series, lane);
      under.set(key, begun);
      return await settle(key, begun);
    },
    prepare: drawing.prepare,
    stats: () => ({ ...counts, waiting: drawing.waiting(), cached: finished.size, cachedBytes }),
    close() {
      drawing.close();
      return Promise.resolve();
    },
  };
}

/** The packed series of a spec, and a hash of everything that can be seen in its picture. */
async function content(spec: ChartSpec): Promise<{ key: string; series: Float64Array[] }> {
  const hash = createHash('sha256');
  // The time of drawing shows only as the age of stale data: without this no picture would ever be found again.
  const seen = { ...withoutPoints(spec), now: [staleText(spec.at, spec.now), statesChange(spec.at, spec.now)] };
  hash.update(JSON.stringify(seen));
  const series: Float64Array[] = [];
  for (const points of seriesOf(spec)) {
    const packed = await packInSlices(points);
    hash.update(`|${packed.length}|`);
    for (let start = 0; start < packed.length; start += SLICE * 8) {
      hash.update(packed.subarray(start, start + SLICE * 8));
      if (start > 0) await nextTurn();
    }
    series.push(packed);
  }
  return { key: hash.digest('base64url'), series };
}

async function packInSlices(given: readonly Point[]): Promise<Float64Array> {
  const points = evenly(given, MOST_POINTS);
  const packed = new Float64Array(points.length * 2);
  for (let start = 0; start < points.length; start += SLICE) {
    if (start > 0) await nextTurn();
    packRange(points, packed, start, Math.min(points.length, start + SLICE));
  }
  return packed;
}

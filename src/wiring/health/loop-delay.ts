// The event loop's delay, from one monitor over fixed windows: what one scraper reads is not lost to another.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from '../../web/health/metrics.ts';

/** Shorter than the usual pauses between scrapes (15 s and more), long enough for a 99th percentile: 500 looks. */
export const WINDOW_MS = 10_000;
/** Time between two looks. Node counts it into each of them: https://nodejs.org/api/perf_hooks.html#perf_hooksmonitoreventloopdelayoptions */
const RESOLUTION_MS = 20;

type Monitor = Pick<ReturnType<typeof monitorEventLoopDelay>, 'count' | 'max' | 'percentile' | 'reset'> & {
  enable(): unknown;
  disable(): unknown;
};

type Options = {
  monitor?: Monitor;
  /** Calls `work` every `ms` without keeping the process alive; returns what ends that. */
  every?: (ms: number, work: () => void) => () => void;
};

/**
 * Tells the longest delay of each window to the histogram `taobot_event_loop_delay_seconds`, and the 99th percentile of the last
 * whole window as the gauge `taobot_event_loop_delay_p99_seconds` (0 until the first one is over). Returns what ends it.
 */
export function measureLoop(metrics: Metrics, options: Options = {}): () => void {
  const { monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS }), every = realTimer } = options;
  monitor.enable();
  const longest = 'Longest delay of the event loop within each ten seconds';
  metrics.begin('taobot_event_loop_delay_seconds', longest, {});
  let p99 = 0;
  metrics.collect(() => [
    {
      name: 'taobot_event_loop_delay_p99_seconds',
      help: 'Event loop delay, 99th percentile of the last whole ten seconds',
      type: 'gauge',
      value: p99,
    },
  ]);
  const stop = every(WINDOW_MS, () => {
    if (monitor.count === 0) return;
    p99 = secondsLate(monitor.percentile(99));
    metrics.observe('taobot_event_loop_delay_seconds', longest, {}, secondsLate(monitor.max));
    monitor.reset();
  });
  return () => {
    stop();
    monitor.disable();
  };
}

/** @param nanoseconds between two looks */
function secondsLate(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1000);
}

function realTimer(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
}

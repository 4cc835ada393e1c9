// How busy the event loop is, for those who can wait while it has much to do.
import { performance } from 'node:perf_hooks';

/** Shorter ones would tell single turns, longer ones come late. */
const WINDOW_MS = 100;

/**
 * The share of its time (0 to 1) that the event loop of this thread was busy since it was last told, at least a tenth of a second ago;
 * null sooner. Each caller has a function of its own. https://nodejs.org/api/perf_hooks.html#performanceeventlooputilizationutilization1-utilization2
 */
export function createLoopUse(): () => number | null {
  let before = performance.eventLoopUtilization();
  return () => {
    const since = performance.eventLoopUtilization(before);
    if (since.idle + since.active < WINDOW_MS) return null;
    before = performance.eventLoopUtilization();
    return since.utilization;
  };
}

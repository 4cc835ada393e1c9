// Whether the clock of this machine is right, by the `Date` of the sources' answers: digests follow it, and Slack refuses what is off by minutes.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../base/cache/at-most.ts';
import { HOUR, SECOND } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { onCalls } from '../../http/source-calls.ts';
import type { Metrics } from '../../web/health/metrics.ts';

/** Below it, networks and caches explain what is seen, and nobody notices. */
export const MUCH_MS = 30 * SECOND;
/** As many sources as there are, and some nodes. */
const MOST_SOURCES = 20;
/** What a source said longer ago counts no more: clocks are put right. */
const KEPT_MS = HOUR;

export type ClockCheck = {
  /** Whether two sources or more have said since this moment (monotonic ms), and within the last hour, that the clock is right. */
  agrees(since: number): boolean;
  end(): void;
};

/**
 * Tells `taobot_clock_ahead_seconds`, and warns once an hour while two sources or more say that the clock is off by half a minute to the same
 * side: one alone may be wrong itself. `monotonic`: ms that never step back.
 */
export function watchClock(metrics: Metrics, { log, monotonic }: { log: Log; monotonic: () => number }): ClockCheck {
  const heard = new LRUCache<string, { aheadMs: number; at: number }>(atMost(MOST_SOURCES));
  let warnedAt = Number.NEGATIVE_INFINITY;

  /** What all sources agree about since a moment, and within the last hour: the least of it, 0 where they contradict each other; null without any. */
  function agreed(since = Number.NEGATIVE_INFINITY): { aheadMs: number; sources: number } | null {
    const isFresh = (at: number): boolean => at >= since && monotonic() - at < KEPT_MS;
    const fresh = [...heard.values()].filter(({ at }) => isFresh(at)).map(({ aheadMs }) => aheadMs);
    if (fresh.length === 0) return null;
    const [least, most] = [Math.min(...fresh), Math.max(...fresh)];
    return { aheadMs: least > 0 ? least : most < 0 ? most : 0, sources: fresh.length };
  }

  metrics.collect(() => {
    const help = 'How far the clock of this machine is ahead of those of the sources (negative: behind)';
    const value = (agreed()?.aheadMs ?? 0) / SECOND;
    return [{ name: 'taobot_clock_ahead_seconds', help, type: 'gauge', value }];
  });
  const end = onCalls(({ source, aheadMs }) => {
    if (aheadMs === null) return;
    heard.set(source, { aheadMs, at: monotonic() });
    const { aheadMs: off, sources } = agreed() ?? { aheadMs: 0, sources: 0 };
    if (sources < 2 || Math.abs(off) < MUCH_MS || monotonic() - warnedAt < HOUR) return;
    warnedAt = monotonic();
    log.warn({ aheadMs: off, count: sources }, 'the clock of this machine is wrong: digests follow it');
  });
  return {
    agrees(since) {
      const { aheadMs, sources } = agreed(since) ?? { aheadMs: 0, sources: 0 };
      return sources >= 2 && Math.abs(aheadMs) < MUCH_MS;
    },
    end,
  };
}

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

/**
 * Tells `taobot_clock_ahead_seconds`, and warns once an hour while two sources or more say that the clock is off by half a minute to the same
 * side: one alone may be wrong itself. `monotonic`: ms that never step back. Returns what ends it.
 */
export function watchClock(metrics: Metrics, { log, monotonic }: { log: Log; monotonic: () => number }): () => void {
  const heard = new LRUCache<string, { aheadMs: number; at: number }>(atMost(MOST_SOURCES));
  let warnedAt = Number.NEGATIVE_INFINITY;

  /** What all sources of the last hour agree about: the least of it, 0 where they contradict each other; null without any. */
  function agreed(): { aheadMs: number; sources: number } | null {
    const fresh = [...heard.values()].filter(({ at }) => monotonic() - at < KEPT_MS).map(({ aheadMs }) => aheadMs);
    if (fresh.length === 0) return null;
    const [least, most] = [Math.min(...fresh), Math.max(...fresh)];
    return { aheadMs: least > 0 ? least : most < 0 ? most : 0, sources: fresh.length };
  }

  metrics.collect(() => {
    const help = 'How far the clock of this machine is ahead of those of the sources (negative: behind)';
    const value = (agreed()?.aheadMs ?? 0) / SECOND;
    return [{ name: 'taobot_clock_ahead_seconds', help, type: 'gauge', value }];
  });
  return onCalls(({ source, aheadMs }) => {
    if (aheadMs === null) return;
    heard.set(source, { aheadMs, at: monotonic() });
    const { aheadMs: off, sources } = agreed() ?? { aheadMs: 0, sources: 0 };
    if (sources < 2 || Math.abs(off) < MUCH_MS || monotonic() - warnedAt < HOUR) return;
    warnedAt = monotonic();
    log.warn({ aheadMs: off, count: sources }, 'the clock of this machine is wrong: digests follow it');
  });
}

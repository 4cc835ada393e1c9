// Which entry somebody was answered with last, for questions that go on from it; in memory only, for ten minutes.
import { LRUCache } from 'lru-cache';
import { MINUTE } from '../base/clock.ts';

const REMEMBERED_MS = 10 * MINUTE;
/** People in channels that are remembered at a time; the longest silent go first. */
const MOST = 5_000;

export type RecentAnswers = {
  /** Id of the entry that was answered under this key (person in a channel) in the last ten minutes. */
  last(key: string): string | undefined;
  remember(key: string, entryId: string): void;
};

/** `monotonic`: milliseconds on a clock that never steps back. */
export function createRecentAnswers(monotonic: () => number = () => performance.now()): RecentAnswers {
  // `ttlResolution` 0: the clock is read each time, so that it alone decides.
  const answers = new LRUCache<string, string>({
    max: MOST,
    ttl: REMEMBERED_MS,
    ttlResolution: 0,
    perf: { now: monotonic },
  });
  return { last: (key) => answers.get(key), remember: (key, entryId) => void answers.set(key, entryId) };
}

// What somebody was answered last – an entry of the FAQ, or a wish – for messages that go on from it; in memory only, for ten minutes.
import { LRUCache } from 'lru-cache';
import { atMost } from '../base/cache/at-most.ts';
import { MINUTE } from '../base/clock.ts';

const REMEMBERED_MS = 10 * MINUTE;
/** People in channels that are remembered at a time; the longest silent go first. */
const MOST = 5_000;

export type RecentAnswers<T extends {} = string> = {
  /** What was answered under this key (person in a channel) in the last ten minutes: the id of an entry, unless told otherwise. */
  last(key: string): T | undefined;
  remember(key: string, answer: T): void;
};

/** `monotonic`: milliseconds on a clock that never steps back. */
export function createRecentAnswers<T extends {} = string>(
  monotonic: () => number = () => performance.now(),
): RecentAnswers<T> {
  // `ttlResolution` 0: the clock is read each time, so that it alone decides.
  const answers = new LRUCache<string, T>({
    ...atMost(MOST),
    ttl: REMEMBERED_MS,
    ttlResolution: 0,
    perf: { now: monotonic },
  });
  return { last: (key) => answers.get(key), remember: (key, answer) => void answers.set(key, answer) };
}

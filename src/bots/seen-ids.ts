// Remembers which ids were seen already, in bounded memory.
import { LRUCache } from 'lru-cache';
import { atMost } from '../base/cache/at-most.ts';

/** True for the first sight: when none of the ids was seen before. A repetition marks nothing new. */
export type SeenIds = (...ids: readonly string[]) => boolean;

/** Beyond `most` ids the ones that came first are forgotten. */
export function createSeenIds(most = 10_000): SeenIds {
  const seen = new LRUCache<string, true>(atMost(most));
  return (...ids) => {
    if (ids.some((id) => seen.has(id))) return false;
    for (const id of ids) seen.set(id, true);
    return true;
  };
}

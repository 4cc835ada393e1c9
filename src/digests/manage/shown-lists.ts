// Which list of digests a person saw last: a number means a line of that one, whatever was deleted or added since.
import { LRUCache } from 'lru-cache';
import { HOUR } from '../../base/clock.ts';
import { UserError } from '../../base/errors.ts';
import type { Asker } from '../digests.ts';

/** So long people remember what they saw. */
const KEEP_MS = HOUR;
const MOST_PEOPLE = 10_000;

export type ShownLists = {
  /** @param ids the lines, first to last */
  shown(asker: Asker, ids: readonly string[]): void;
  /**
   * @param number of a line, from 1
   * @throws UserError when this process showed no list to this person here lately, or it has no such line
   */
  idOf(asker: Asker, number: number): string;
};

export function createShownLists(now: () => number): ShownLists {
  const lists = new LRUCache<string, readonly string[]>({
    max: MOST_PEOPLE,
    ttl: KEEP_MS,
    ttlResolution: 0,
    perf: { now },
  });
  const keyOf = ({ platform, tenant, channel, userId }: Asker) => JSON.stringify([platform, tenant, channel, userId]);
  return {
    shown: (asker, ids) => void lists.set(keyOf(asker), ids),
    idOf(asker, number) {
      const id = lists.get(keyOf(asker))?.[number - 1];
      if (id !== undefined) return id;
      throw new UserError(
        'which-digest',
        'Numbers go by the list that you saw last: run `/digest list`, then use a number or an ID from it.',
      );
    },
  };
}

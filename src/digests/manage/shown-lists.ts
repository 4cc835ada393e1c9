// Which list of digests a person saw last: a number means a line of that one, whatever was deleted or added since, in whichever process.
import { createHash } from 'node:crypto';
import { HOUR } from '../../base/clock.ts';
import { UserError } from '../../base/errors.ts';
import type { ShownListStore } from '../../store/digests/shown-lists.ts';
import type { Asker } from '../digests.ts';

/** So long people remember what they saw. */
const KEEP_MS = HOUR;

export type ShownLists = {
  /** @param ids the lines, first to last */
  shown(asker: Asker, ids: readonly string[]): Promise<void>;
  /**
   * @param number of a line, from 1
   * @throws UserError when no list was shown to this person here lately, or it has no such line
   */
  idOf(asker: Asker, number: number): Promise<string>;
};

export function createShownLists(store: ShownListStore, now: () => number): ShownLists {
  return {
    shown: (asker, ids) => store.set({ viewer: viewerOf(asker), ids: JSON.stringify(ids), at: now() }, now() - KEEP_MS),
    async idOf(asker, number) {
      const id = (await store.get(viewerOf(asker), now() - KEEP_MS))?.[number - 1];
      if (id !== undefined) return id;
      throw new UserError(
        'which-digest',
        'Numbers go by the list that you saw last: run `/digest list`, then use a number or an ID from it.',
      );
    },
  };
}

/** Who saw it and where, without saying so. */
function viewerOf({ platform, tenant, channel, userId }: Asker): string {
  return createHash('sha256')
    .update(JSON.stringify([platform, tenant, channel, userId]))
    .digest('base64url');
}

// Which list a person saw last: a number means a line of that one, whatever was deleted or added since, in whichever process.
import { createHash } from 'node:crypto';
import { HOUR } from '../../base/clock.ts';
import type { Database } from '../database.ts';

/** So long people remember what they saw. */
export const LIST_KEPT_MS = HOUR;

/** Who sees a list, and where. */
export type Viewer = { platform: string; tenant: string; channel: string; userId: string };

export type ShownLists = {
  /**
   * Replaces what the viewer saw before.
   * @param ids the lines, first to last
   */
  shown(viewer: Viewer, ids: readonly string[]): Promise<void>;
  /**
   * @param number of a line, from 1
   * @returns null when no list was shown to this person here lately, or it has no such line
   */
  idOf(viewer: Viewer, number: number): Promise<string | null>;
};

/** @param of what the lists are of; a list of alerts leaves one of digests as it is */
export function createShownLists({ sql: db }: Database, of: 'alerts' | 'digests', now: () => number): ShownLists {
  return {
    async shown(viewer, lines) {
      const [ids, at] = [JSON.stringify(lines), now()];
      await db
        .insertInto('shown_list')
        .values({ viewer: digestOf(viewer, of), ids, at })
        .onConflict((conflict) => conflict.column('viewer').doUpdateSet({ ids, at }))
        .execute();
      await db
        .deleteFrom('shown_list')
        .where('at', '<', at - LIST_KEPT_MS)
        .execute();
    },
    async idOf(viewer, number) {
      const row = await db
        .selectFrom('shown_list')
        .select('ids')
        .where('viewer', '=', digestOf(viewer, of))
        .where('at', '>=', now() - LIST_KEPT_MS)
        .executeTakeFirst();
      return row === undefined ? null : (idsIn(row.ids)[number - 1] ?? null);
    },
  };
}

/** None in a damaged row: its reader asks for the list again. */
function idsIn(json: string): string[] {
  try {
    const ids: unknown = JSON.parse(json);
    return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : [];
  } catch {
    return [];
  }
}

/** Who saw it and where, without saying so. */
function digestOf({ platform, tenant, channel, userId }: Viewer, of: string): string {
  return createHash('sha256')
    .update(JSON.stringify([of, platform, tenant, channel, userId]))
    .digest('base64url');
}

// Which list of digests was shown to whom, for all processes.
import type { Database } from '../database.ts';
import type { ShownListRow } from './tables.ts';

export type ShownListStore = {
  /** Replaces what the viewer saw before, and removes what everybody saw before `oldest`. */
  set(row: ShownListRow, oldest: number): Promise<void>;
  /** The ids of the list that the viewer saw last, not before `oldest`. */
  get(viewer: string, oldest: number): Promise<string[] | null>;
};

export function createShownListStore({ sql: db }: Database): ShownListStore {
  return {
    async set(row, oldest) {
      const { ids, at } = row;
      await db
        .insertInto('shown_list')
        .values(row)
        .onConflict((conflict) => conflict.column('viewer').doUpdateSet({ ids, at }))
        .execute();
      await db.deleteFrom('shown_list').where('at', '<', oldest).execute();
    },
    async get(viewer, oldest) {
      const row = await db
        .selectFrom('shown_list')
        .select('ids')
        .where('viewer', '=', viewer)
        .where('at', '>=', oldest)
        .executeTakeFirst();
      return row === undefined ? null : (JSON.parse(row.ids) as string[]);
    },
  };
}

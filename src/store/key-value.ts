// Small facts that the process remembers over restarts, by name.
import type { Database } from './database.ts';

export type Meta = { get(key: string): Promise<string | undefined>; set(key: string, value: string): Promise<void> };

export function createMeta({ sql }: Database): Meta {
  return {
    async get(key) {
      return (await sql.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value;
    },
    async set(key, value) {
      await sql
        .insertInto('meta')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    },
  };
}

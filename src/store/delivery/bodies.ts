// Frozen bodies: what is posted is written down before the first attempt, so a retry sends the same bytes. Equal bodies are stored once.
import { createHash } from 'node:crypto';
import type { Database } from '../database.ts';

export type Bodies = {
  /** Stores a body (JSON) and returns its id; a row is tied to it when its first attempt is marked. */
  store(json: string, now: number): Promise<string>;
  load(bodyId: string): Promise<{ json: string; at: number } | null>;
};

/** Maintenance removes unused bodies after an hour, so what was stored longer ago is stored again. */
const KNOWN_FOR_MS = 600_000;

export function createBodies({ sql: db }: Database): Bodies {
  const known = new Map<string, number>(); // bodies that this process has stored and when: hundreds of rows share a few
  return {
    load: async (bodyId) =>
      (await db.selectFrom('body').select(['json', 'at']).where('id', '=', bodyId).executeTakeFirst()) ?? null,
    async store(json, now) {
      const id = createHash('sha256').update(json).digest('hex').slice(0, 32);
      if (now - (known.get(id) ?? -Infinity) < KNOWN_FOR_MS) return id;
      await db
        .insertInto('body')
        .values({ id, json, at: now })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ json, at: now }))
        .execute();
      if (known.size > 1000) known.clear();
      known.set(id, now);
      return id;
    },
  };
}

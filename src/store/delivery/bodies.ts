// Frozen bodies: what is posted is written down before the first attempt, so a retry sends the same bytes. Equal bodies are stored once.
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';

/** A body that a row is tied to. `json`: its text; null where the store gave it. */
export type TiedBody = { id: string; json: (() => string) | null };

export type Bodies = {
  load(bodyId: string): Promise<{ json: string; at: number } | null>;
  /**
   * Stores a body in the transaction that ties a row to it: without one nobody would remove it with its row, and it may name a person.
   * @returns to be called once the transaction is committed
   */
  keep(transaction: Kysely<Tables>, body: TiedBody, now: number): Promise<() => void>;
};

/** Maintenance removes unused bodies after an hour, so what was stored longer ago is stored again. */
const KNOWN_FOR_MS = 600_000;

/** The id under which a body (JSON) is stored. */
export function bodyIdOf(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, 32);
}

export function createBodies({ sql: db }: Database): Bodies {
  const known = new Map<string, number>(); // bodies that this process has stored and when: hundreds of rows share a few
  return {
    load: async (bodyId) =>
      (await db.selectFrom('body').select(['json', 'at']).where('id', '=', bodyId).executeTakeFirst()) ?? null,
    async keep(transaction, { id, json: text }, now) {
      if (text === null || now - (known.get(id) ?? -Infinity) < KNOWN_FOR_MS) return () => undefined;
      const json = text();
      await transaction
        .insertInto('body')
        .values({ id, json, at: now })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ json, at: now }))
        .execute();
      return () => {
        if (known.size > 1000) known.clear();
        known.set(id, now);
      };
    },
  };
}

/** Removes those of these bodies that no post under way needs. */
export async function removeUnused(transaction: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  const used = transaction
    .selectFrom('delivery')
    .select('body_id')
    .where('not_before', 'is not', null)
    .where('body_id', 'in', ids)
    .$castTo<{ body_id: string }>();
  await transaction.deleteFrom('body').where('id', 'in', ids).where('id', 'not in', used).execute();
}

// Frozen bodies: what is posted is written down before the first attempt, so a retry sends the same bytes. Equal bodies are stored once.
import { createHash } from 'node:crypto';
import type { Database } from './db.ts';
import type { DeliveryRow } from './deliveries.ts';

export type Bodies = {
  /** Ties a body (JSON) to a row that has none yet and returns the one that counts: the first writer wins. */
  freeze(row: DeliveryRow, json: string, now: number): Promise<string>;
  load(bodyId: string): Promise<{ json: string; at: number } | null>;
};

/** Housekeeping removes unused bodies after an hour, so what was stored longer ago is stored again. */
const KNOWN_FOR_MS = 600_000;

export function createBodies({ sql: db }: Database): Bodies {
  const load = async (bodyId: string) => (await db.selectFrom('body').select(['json', 'at']).where('id', '=', bodyId).executeTakeFirst()) ?? null;
  const known = new Map<string, number>(); // bodies that this process has stored and when: hundreds of rows share a few
  const store = async (id: string, json: string, now: number) => {
    if (now - (known.get(id) ?? -Infinity) < KNOWN_FOR_MS) return;
    await db.insertInto('body').values({ id, json, at: now }).onConflict((conflict) => conflict.column('id').doUpdateSet({ at: now })).execute();
    if (known.size > 1000) known.clear();
    known.set(id, now);
  };
  return {
    load,
    async freeze(row, json, now) {
      const id = createHash('sha256').update(json).digest('hex').slice(0, 32);
      await store(id, json, now);
      const updated = await db.updateTable('delivery').set({ body_id: id }).where('id', '=', row.id).where('first_attempt_at', 'is', null).executeTakeFirst();
      if (updated.numUpdatedRows > 0n) return json;
      const settled = await db.selectFrom('delivery').select('body_id').where('id', '=', row.id).executeTakeFirst();
      return (settled?.body_id == null ? null : (await load(settled.body_id))?.json) ?? json;
    },
  };
}

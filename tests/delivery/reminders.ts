// A made-up kind of delivery with a table of its own: reminders that are posted once, before digests and for fifteen minutes only.
import { sql } from 'kysely';
import { deliveryRow, type DeliveryKind, type Refusal, type Verdict } from '../../src/delivery/port.ts';
import type { Database } from '../../src/store/database.ts';
import { addDelivery } from '../../src/store/delivery/deliveries.ts';
import { MINUTE } from '../../src/base/clock.ts';

export type Reminder = {
  id: string;
  channel: string;
  words: string;
  at: number;
  planned: number;
  message: string | null;
};

export type Reminders = {
  kind: DeliveryKind;
  add(reminder: Pick<Reminder, 'id' | 'channel' | 'words' | 'at'>): Promise<void>;
  get(id: string): Promise<Reminder>;
  /** What the owner heard of refusals. */
  refusals: Refusal[];
  renders: string[];
};

/** `inSent` runs in the transaction of a success, after the reminder's own write. */
export async function openReminders(
  database: Database,
  options: { verdict?: Verdict; inSent?: () => Promise<void> } = {},
): Promise<Reminders> {
  const db = database.sql;
  await sql`CREATE TABLE reminder (id text PRIMARY KEY, channel text NOT NULL, words text NOT NULL, at bigint NOT NULL, planned integer NOT NULL, message text)`.execute(
    db,
  );
  const find = async (id: string): Promise<Reminder | null> =>
    (await sql<Reminder>`SELECT * FROM reminder WHERE id = ${id}`.execute(db)).rows[0] ?? null;
  const refusals: Refusal[] = [];
  const renders: string[] = [];
  const idle = () => Promise.resolve();

  async function plan(now: number): Promise<void> {
    const { rows } = await sql<Reminder>`SELECT * FROM reminder WHERE planned = 0 AND at <= ${now}`.execute(db);
    for (const { id, channel, at } of rows)
      await db.transaction().execute(async (transaction) => {
        const place = { platform: 'discord', tenant: 't0', channel };
        const when = { occurrence: 'once', dueAt: at, expiresAt: at + 15 * MINUTE };
        await addDelivery(
          { sql: transaction },
          deliveryRow({ kind: 'reminder', ownerId: id, ...place, ...when, priority: 0 }),
        );
        await sql`UPDATE reminder SET planned = 1 WHERE id = ${id}`.execute(transaction);
      });
  }

  const kind: DeliveryKind = {
    name: 'reminder',
    begin: idle,
    plan,
    async owner({ subscription_id: id }) {
      const reminder = await find(id);
      if (reminder === null) return null;
      const { words } = reminder;
      const card = () => {
        renders.push(words);
        return Promise.resolve({ kind: 'note', outcome: 'ok', tone: 'info', title: words, blocks: [] } as const);
      };
      return {
        stopped: false,
        healthy: true,
        content: () => ({ key: words, card: async () => ({ ...(await card()), blocks: [] }) }),
      };
    },
    async sent(transaction, { subscription_id: id }, { messageId }) {
      await sql`UPDATE reminder SET message = ${messageId} WHERE id = ${id}`.execute(transaction);
      await options.inSent?.();
      return null;
    },
    refused(_row, refusal) {
      refusals.push(refusal);
      return Promise.resolve(options.verdict ?? { kind: 'dead' });
    },
    clockWentBack: idle,
    everyHour: idle,
  };
  return {
    kind,
    refusals,
    renders,
    async add({ id, channel, words, at }) {
      await sql`INSERT INTO reminder (id, channel, words, at, planned) VALUES (${id}, ${channel}, ${words}, ${at}, 0)`.execute(
        db,
      );
    },
    async get(id) {
      const reminder = await find(id);
      if (reminder === null) throw new Error(`no reminder ${id}`);
      return reminder;
    },
  };
}

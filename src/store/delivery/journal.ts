// The two writes of every post, "about to" and "sent": gathered for a moment and committed together, because each commit waits for the disk.
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database.ts';
import type { DeliveryRow } from './deliveries.ts';
import { type Lease, leaseTime } from './leases.ts';
import type { Tables } from '../tables.ts';

export type Journal = {
  /**
   * The last look before a post: true only when the row is still ours, its lease has `marginMs` left and the platform's lease is ours too. Marks
   * the attempt and its body in the same statement, so that a crash right after it is known as "perhaps sent".
   */
  begin(row: DeliveryRow, attempt: { lease: Lease; at: number; marginMs: number; bodyId: string }): Promise<boolean>;
  /**
   * Records a success, whoever leases the row by now: what is known to be sent is never sent again. The owner hears of it in the same
   * transaction. @returns an earlier message to take away, or null
   */
  sent(row: DeliveryRow, sent: Sent, owner: SentHook): Promise<string | null>;
};

export type Sent = { messageId: string; at: number; reason: string | null };

/** What a kind of delivery writes when one of its rows is sent. */
export type SentHook = {
  sent(transaction: Transaction<Tables>, row: DeliveryRow, sent: Omit<Sent, 'reason'>): Promise<string | null>;
};

/** At 47 posts a second about five writes share a commit; with many posts under way the wait costs no speed. */
const GATHER_MS = 50;

type Write = (transaction: Transaction<Tables>) => Promise<() => void>;
type Waiting = { write: Write; fail: (error: unknown) => void };

export function createJournal(
  database: Database,
  clock: { now: () => number; sleep: (ms: number) => Promise<void> },
): Journal {
  let waiting: Waiting[] = [];
  let flushing = false;

  async function flush(): Promise<void> {
    flushing = true;
    while (waiting.length > 0) {
      await clock.sleep(GATHER_MS);
      const batch = waiting;
      waiting = [];
      try {
        const done = await database.sql.transaction().execute(async (transaction) => {
          const settled: (() => void)[] = [];
          for (const { write } of batch) settled.push(await write(transaction));
          return settled;
        });
        for (const tell of done) tell(); // only what is committed counts
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    flushing = false;
  }

  function gathered<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return new Promise((resolve, fail) => {
      waiting.push({
        fail,
        write: async (transaction) =>
          (
            (value) => () =>
              resolve(value)
          )(await work(transaction)),
      });
      if (!flushing) void flush();
    });
  }

  return {
    begin: (row, attempt) =>
      gathered((transaction) => begin(transaction, row, attempt, leaseTime(database, clock.now))),
    sent: (row, sent, owner) => gathered((transaction) => markSent(transaction, row, sent, owner)),
  };
}

async function begin(
  transaction: Transaction<Tables>,
  row: DeliveryRow,
  { lease, at, marginMs, bodyId }: Parameters<Journal['begin']>[1],
  time: ReturnType<typeof leaseTime>,
): Promise<boolean> {
  const held = sql<boolean>`EXISTS (SELECT 1 FROM lease WHERE name = ${lease.name} AND owner = ${lease.owner} AND fence = ${lease.fence} AND until > ${time})`;
  const result = await transaction
    .updateTable('delivery')
    .where('id', '=', row.id)
    .where('lease_owner', '=', lease.owner)
    .where('fence', '=', lease.fence)
    .where('state', '=', 'sending')
    .where('lease_until', '>', at + marginMs)
    .where(held)
    .set((eb) => ({
      doubt: 1,
      attempt: eb('attempt', '+', 1),
      first_attempt_at: eb.fn.coalesce('first_attempt_at', sql<number>`CAST(${at} AS bigint)`),
      body_id: bodyId,
    }))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

async function markSent(
  transaction: Transaction<Tables>,
  row: DeliveryRow,
  { messageId, at, reason }: Sent,
  owner: SentHook,
): Promise<string | null> {
  const settled = { state: 'sent', not_before: null, doubt: 0, message_id: messageId, settled_at: at, reason } as const;
  const result = await transaction
    .updateTable('delivery')
    .set(settled)
    .where('id', '=', row.id)
    .where('state', '!=', 'sent')
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return null;
  const removes = await owner.sent(transaction, row, { messageId, at });
  if (removes !== null) await transaction.updateTable('delivery').set({ removes }).where('id', '=', row.id).execute();
  return removes;
}

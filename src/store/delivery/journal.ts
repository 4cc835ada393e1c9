// The two writes of every post, "about to" and "sent": gathered for a moment and committed together, because each commit waits for the disk.
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database.ts';
import { type Bodies, createBodies, removeUnused, type TiedBody } from './bodies.ts';
import type { DeliveryRow } from './deliveries.ts';
import { type Lease, leaseTime } from './leases.ts';
import type { Tables } from '../tables.ts';

export type Journal = {
  /**
   * The last look before a post: true only when the row is still ours, its lease has `marginMs` left and the platform's lease is ours too, for
   * another `leaveMs`. Marks the attempt and its body in the same statement, so that a crash right after it is known as "perhaps sent", and stores
   * the body with it.
   */
  begin(row: DeliveryRow, attempt: Attempt): Promise<boolean>;
  /**
   * Records a success, whoever leases the row by now: what is known to be sent is never sent again. The owner hears of it in the same
   * transaction. @returns an earlier message to take away, or null
   */
  sent(row: DeliveryRow, sent: Sent, owner: SentHook): Promise<string | null>;
};

/** `at` in epoch ms. */
export type Attempt = { lease: Lease; at: number; marginMs: number; leaveMs: number; body: TiedBody };

export type Sent = { messageId: string; at: number; reason: string | null };

/** What a kind of delivery writes when one of its rows is sent. */
export type SentHook = {
  sent(transaction: Transaction<Tables>, row: DeliveryRow, sent: Omit<Sent, 'reason'>): Promise<string | null>;
};

/** At 47 posts a second about five writes share a commit; with many posts under way the wait costs no speed. */
const GATHER_MS = 50;

type Begin = { row: DeliveryRow; attempt: Attempt; tell: (begun: boolean) => void; fail: (error: unknown) => void };
type Mark = {
  owner: string;
  write: (transaction: Transaction<Tables>) => Promise<() => void>;
  fail: (error: unknown) => void;
};

export function createJournal(
  database: Database,
  clock: { now: () => number; sleep: (ms: number) => Promise<void> },
): Journal {
  let begins: Begin[] = [];
  let marks: Mark[] = [];
  let flushing = false;
  const bodies = createBodies(database);

  async function flush(): Promise<void> {
    flushing = true;
    while (begins.length + marks.length > 0) {
      await clock.sleep(GATHER_MS);
      const [starting, ending] = [begins, marks];
      [begins, marks] = [[], []];
      ending.sort((a, b) => (a.owner < b.owner ? -1 : 1)); // as alerts are changed: neither waits for one that waits for it
      try {
        const done = await database.sql.transaction().execute(async (transaction) => {
          const settled = await beginAll(transaction, starting, { time: leaseTime(database, clock.now), bodies });
          for (const { write } of ending) settled.push(await write(transaction));
          return settled;
        });
        for (const tell of done) tell(); // only what is committed counts
      } catch (error) {
        for (const { fail } of [...starting, ...ending]) fail(error);
      }
    }
    flushing = false;
  }
  const start = () => void (flushing || void flush());

  return {
    begin: (row, attempt) =>
      new Promise((tell, fail) => {
        begins.push({ row, attempt, tell, fail });
        start();
      }),
    sent: (row, sent, owner) =>
      new Promise((resolve, fail) => {
        const write: Mark['write'] = async (transaction) => {
          const replaced = await markSent(transaction, row, sent, owner);
          return () => resolve(replaced);
        };
        marks.push({ owner: row.subscription_id, write, fail });
        start();
      }),
  };
}

type BeginTools = { time: ReturnType<typeof leaseTime>; bodies: Bodies };

/** One statement for all that share lease and body: most posts of a minute do. @returns what to call once it is committed */
async function beginAll(
  transaction: Transaction<Tables>,
  all: readonly Begin[],
  tools: BeginTools,
): Promise<(() => void)[]> {
  const settled: (() => void)[] = [];
  const alike = ({ attempt: { lease, marginMs, leaveMs, body } }: Begin) =>
    JSON.stringify([body.id, lease.name, lease.owner, lease.fence, marginMs, leaveMs]);
  const groups = [...Map.groupBy(all, alike)].sort(([a], [b]) => (a < b ? -1 : 1)); // bodies in one order, so that two processes cannot wait for each other
  for (const [, group] of groups) {
    const begun = await beginGroup(transaction, group, tools);
    settled.push(
      await keepBody(
        transaction,
        group.filter(({ row }) => begun.has(row.id)),
        tools,
      ),
    );
    for (const { row, tell } of group) settled.push(() => tell(begun.has(row.id)));
  }
  return settled;
}

/** The ids of the rows that are marked. */
async function beginGroup(
  transaction: Transaction<Tables>,
  group: readonly Begin[],
  { time }: BeginTools,
): Promise<ReadonlySet<string>> {
  const [first] = group;
  if (first === undefined) return new Set();
  const { lease, marginMs, leaveMs, body } = first.attempt;
  const times = group.map(({ attempt }) => attempt.at);
  const [earliest, latest] = [Math.min(...times), Math.max(...times)]; // of the same 50 ms
  const held = sql<boolean>`EXISTS (SELECT 1 FROM lease WHERE name = ${lease.name} AND owner = ${lease.owner} AND fence = ${lease.fence} AND until > ${time} + CAST(${leaveMs} AS bigint))`;
  const rows = await transaction
    .updateTable('delivery')
    .where(
      'id',
      'in',
      group.map(({ row }) => row.id),
    )
    .where('lease_owner', '=', lease.owner)
    .where('fence', '=', lease.fence)
    .where('state', '=', 'sending')
    .where('lease_until', '>', latest + marginMs)
    .where(held)
    .set((eb) => ({
      doubt: 1,
      attempt: eb('attempt', '+', 1),
      first_attempt_at: eb.fn.coalesce('first_attempt_at', sql<number>`CAST(${earliest} AS bigint)`),
      body_id: body.id,
    }))
    .returning('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Of rows that were marked with the same body; one that it stands in for goes. @returns what to call once it is committed */
async function keepBody(
  transaction: Transaction<Tables>,
  begun: readonly Begin[],
  { bodies }: BeginTools,
): Promise<() => void> {
  const [first] = begun;
  if (first === undefined) return () => undefined;
  const { body, at } = (begun.find(({ attempt }) => attempt.body.json !== null) ?? first).attempt;
  const before = begun.flatMap(({ row: { body_id: id } }) => (id === null || id === body.id ? [] : [id]));
  if (before.length > 0) await removeUnused(transaction, before);
  return await bodies.keep(transaction, body, at);
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

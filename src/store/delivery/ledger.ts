// The ledger as a whole: totals, the high-water mark of sends, and what maintenance removes or takes back.
import { sql } from 'kysely';
import { directTarget } from '../../base/direct-target.ts';
import type { Database } from '../database.ts';
import { inSlices, touched } from '../engine/in-slices.ts';
import { DAY, HOUR } from '../../base/clock.ts';
import { changeInSlices, REMOVED_AT_ONCE, type Rows } from './change-in-slices.ts';
import { shortenWaits, takeBackFuture } from './clock-back.ts';
import { daysDue } from './days-due.ts';
import { IS_DIRECT } from './tables.ts';

/** Counts of the ledger's rows. Every due post is in exactly one of the five others, so `gap` is always 0. */
export type DeliveryTotals = {
  due: number;
  sent: number;
  skipped: number;
  dead: number;
  pending: number;
  ambiguous: number;
  gap: number;
  reasons: Readonly<Record<string, number>>;
};

/** Rows older than this leave the ledger. */
export const LEDGER_DAYS = 35;
/** Rows of direct messages are addressed by a person: after this time, and once nothing is in doubt, they lose the address. */
export const DIRECT_DAYS = 2;

/** The name of the high-water mark in the table `meta`. */
export const HIGH_WATER = 'digests.high-water';

export type DeliveryLedger = {
  /** Of one kind of delivery, or of all. */
  totals(kind?: string): Promise<DeliveryTotals>;
  /** The latest moment (epoch ms) at which this database let something be sent; 0 when never. */
  highWater(): Promise<number>;
  raiseHighWater(at: number): Promise<void>;
  /** After a restore: everything open that was due up to `at` may have been sent by the lost future, so it is skipped. */
  skipOpenDueUntil(at: number, reason: string, now: number): Promise<number>;
  /**
   * After the clock went back: rows of this kind that are due later than `now` and surely were not posted are taken out again, unclear ones are
   * left as they are. What a clock that was ahead gave up although its time is not over is due again.
   * @returns the owners of rows that were taken out
   */
  takeBackFuture(kind: string, now: number): Promise<ReadonlySet<string>>;
  /** After the clock went back: a row that waits longer than any wait waited for the clock that was ahead; it is due now. */
  shortenWaits(now: number): Promise<void>;
  /** Ends what was claimed or in doubt on other platforms than these and expired before a moment: nobody there looks for it. @returns how many */
  endAbandoned(platforms: readonly string[], expiredBefore: number, now: number): Promise<number>;
  /** Removes what is old: settled rows, bodies without rows. */
  purge(now: number): Promise<void>;
  pendingRemovals(
    platform: string,
    most: number,
  ): Promise<readonly { id: string; tenant: string; channel: string; removes: string }[]>;
  removed(id: string): Promise<void>;
};

/**
 * For open rows, which an index of their own finds: with the bare column SQLite would go through all that was ever due.
 * https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
 */
const dueBy = (at: number) => sql<boolean>`+due_at <= ${at}`;

export function createDeliveryLedger({ sql: db }: Database): DeliveryLedger {
  const open = () => db.updateTable('delivery').where('not_before', 'is not', null);
  return {
    async totals(kind) {
      const all = db.selectFrom('delivery').select(['state', 'reason']).groupBy(['state', 'reason']);
      const counted = all.select(({ fn }) => fn.countAll<number | string>().as('count'));
      const wanted = kind === undefined ? counted : counted.where('kind', '=', kind);
      const rows: Awaited<ReturnType<typeof wanted.execute>> = [];
      for await (const { from, until } of daysDue(db))
        rows.push(...(await wanted.where('due_at', '>=', from).where('due_at', '<', until).execute()));
      const sum = (...states: string[]) =>
        rows.filter((row) => states.includes(row.state)).reduce((count, row) => count + Number(row.count), 0);
      const counts = {
        sent: sum('sent'),
        skipped: sum('skipped'),
        dead: sum('dead'),
        pending: sum('pending', 'sending'),
        ambiguous: sum('ambiguous'),
      };
      const reasons = new Map<string, number>();
      for (const row of rows)
        if (row.reason !== null && row.state !== 'pending')
          reasons.set(
            `${row.state}:${row.reason}`,
            (reasons.get(`${row.state}:${row.reason}`) ?? 0) + Number(row.count),
          );
      const due = rows.reduce((count, row) => count + Number(row.count), 0); // of the same rows, so that posts under way open no gap
      return {
        due,
        ...counts,
        gap: due - Object.values(counts).reduce((a, b) => a + b, 0),
        reasons: Object.fromEntries(reasons),
      };
    },
    async highWater() {
      const row = await db.selectFrom('meta').select('value').where('key', '=', HIGH_WATER).executeTakeFirst();
      const mark = Number(row?.value ?? 0);
      if (Number.isSafeInteger(mark)) return mark;
      // Nobody could raise it above what is no number.
      await db
        .deleteFrom('meta')
        .where('key', '=', HIGH_WATER)
        .where('value', '=', row?.value ?? '')
        .execute();
      return 0;
    },
    async raiseHighWater(at) {
      await sql`INSERT INTO meta (key, value) VALUES (${HIGH_WATER}, ${String(at)}) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE CAST(meta.value AS bigint) < CAST(excluded.value AS bigint)`.execute(
        db,
      );
    },
    skipOpenDueUntil: (at, reason, now) =>
      changeInSlices(db, (row) => row.and([row('not_before', 'is not', null), dueBy(at)]), {
        state: 'skipped',
        reason,
        not_before: null,
        settled_at: now,
      }),
    takeBackFuture: (kind, now) => takeBackFuture(db, kind, now),
    shortenWaits: (now) => shortenWaits(db, now),
    async endAbandoned(platforms, expiredBefore, now) {
      const abandoned = open()
        .set({
          state: sql`CASE WHEN doubt = 1 THEN 'ambiguous' ELSE 'skipped' END`,
          reason: sql`CASE WHEN doubt = 1 THEN 'unclear' ELSE 'expired' END`,
          not_before: null,
          settled_at: now,
        })
        .where('state', 'in', ['sending', 'ambiguous'])
        .where('expires_at', '<', expiredBefore);
      const elsewhere = platforms.length === 0 ? abandoned : abandoned.where('platform', 'not in', platforms);
      return touched(await elsewhere.executeTakeFirstOrThrow());
    },
    async purge(now) {
      const before = now - LEDGER_DAYS * DAY;
      const old = db.selectFrom('delivery').select('id').where('due_at', '<', before).where('not_before', 'is', null);
      await inSlices(
        async (most) =>
          touched(await db.deleteFrom('delivery').where('id', 'in', old.limit(most)).executeTakeFirstOrThrow()),
        REMOVED_AT_ONCE,
      );
      // The rows stay: they keep the same message from being planned again.
      const addressed: Rows = (row) =>
        row.and([
          IS_DIRECT,
          row('not_before', 'is', null),
          row.or([row('due_at', '<', now - DIRECT_DAYS * DAY), row('due_at', '>=', now + DAY)]), // of a clock that was ahead
        ]);
      await changeInSlices(db, addressed, { channel: directTarget('') });
      const used = db
        .selectFrom('delivery')
        .select('body_id')
        .where('not_before', 'is not', null)
        .where('body_id', 'is not', null);
      const unused = db
        .selectFrom('body')
        .select('id')
        .where((body) => body.or([body('at', '<', now - HOUR), body('at', '>', now + HOUR)])) // the same
        .where('id', 'not in', used.$castTo<{ body_id: string }>());
      await inSlices(async (most) =>
        touched(await db.deleteFrom('body').where('id', 'in', unused.limit(most)).executeTakeFirstOrThrow()),
      );
    },
    pendingRemovals: (platform, most) =>
      db
        .selectFrom('delivery')
        .select(['id', 'tenant', 'channel', 'removes'])
        .where('platform', '=', platform)
        .where('removes', 'is not', null)
        .limit(most)
        .$narrowType<{ removes: string }>()
        .execute(),
    removed: async (id) =>
      void (await db.updateTable('delivery').set({ removes: null }).where('id', '=', id).execute()),
  };
}

// Counts of useful answers and of questions without an answer, by server or workspace; no user, only the normalised words.
import type { Feedback } from '../../app/services.ts';
import { DAY } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Database } from '../database.ts';
import { type ReadDeadline, createReadDeadline } from '../read-deadline.ts';
import { createWriteBehind } from './write-behind.ts';

/** Longest question kept; longer ones are cut, they are not questions any more. */
const LONGEST_QUESTION = 200;
/** Rarely asked gaps of a server beyond this number make room for its new ones. */
const MOST_GAPS = 300;
/** A question that nobody asked again for so long is forgotten. */
export const GAP_KEPT_MS = 90 * DAY;

type Gap = { question: string; count: number };

export type FeedbackStore = Feedback & {
  /** The questions of all servers together, for the operator. */
  gapsOfAll(limit: number): Promise<readonly Gap[]>;
  /** Resolves when every vote and gap so far is written or given up. */
  settled(): Promise<void>;
};

/** Votes and gaps are written behind the answer; reads reject with an AppError (code "late") when the database does not answer in time. */
export function createFeedback(
  { sql }: Database,
  now: () => number,
  { log, within = createReadDeadline() }: { log?: Log; within?: ReadDeadline } = {},
): FeedbackStore {
  const later = createWriteBehind('feedback', log);

  async function count(tenant: string, question: string): Promise<void> {
    const at = now();
    await sql
      .insertInto('gap')
      .values({ tenant, question, count: 1, last_at: at })
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'question']).doUpdateSet((eb) => ({ count: eb('gap.count', '+', 1), last_at: at })),
      )
      .execute();
    const rarest = sql
      .selectFrom('gap')
      .select('question')
      .where('tenant', '=', tenant)
      .where('question', '!=', question)
      .orderBy('count', 'desc')
      .orderBy('last_at', 'desc')
      .limit(MOST_GAPS)
      .offset(MOST_GAPS - 1);
    await sql.deleteFrom('gap').where('tenant', '=', tenant).where('question', 'in', rarest).execute();
  }

  const recent = () => sql.selectFrom('gap').where('last_at', '>=', now() - GAP_KEPT_MS);

  return {
    vote(tenant, entryId, useful) {
      const [up, down] = useful ? [1, 0] : [0, 1];
      later.add(() =>
        sql
          .insertInto('vote')
          .values({ tenant, entry_id: entryId, useful: up, not_useful: down })
          .onConflict((conflict) =>
            conflict.columns(['tenant', 'entry_id']).doUpdateSet((eb) => ({
              useful: eb('vote.useful', '+', up),
              not_useful: eb('vote.not_useful', '+', down),
            })),
          )
          .execute(),
      );
    },
    mismatched(tenant, kind, entryId, how) {
      const [wrong, other] = how === 'wrong' ? [1, 0] : [0, 1];
      later.add(() =>
        sql
          .insertInto('mismatch')
          .values({ tenant, kind, entry_id: entryId, wrong, other })
          .onConflict((conflict) =>
            conflict.columns(['tenant', 'kind', 'entry_id']).doUpdateSet((eb) => ({
              wrong: eb('mismatch.wrong', '+', wrong),
              other: eb('mismatch.other', '+', other),
            })),
          )
          .execute(),
      );
    },
    async mismatches(tenant, limit) {
      const most = sql.selectFrom('mismatch').selectAll().where('tenant', '=', tenant);
      const rows = await within(
        most
          .orderBy((eb) => eb('wrong', '+', eb.ref('other')), 'desc')
          .orderBy('entry_id')
          .orderBy('kind')
          .limit(limit)
          .execute(),
      );
      return rows.map(({ kind, entry_id, wrong, other }) => ({ kind, entryId: entry_id, wrong, other }));
    },
    missed(tenant, normalisedQuestion) {
      const question = normalisedQuestion.slice(0, LONGEST_QUESTION);
      if (question !== '') later.add(() => count(tenant, question));
    },
    gaps: (tenant, limit) =>
      within(
        recent()
          .select(['question', 'count'])
          .where('tenant', '=', tenant)
          .orderBy('count', 'desc')
          .orderBy('last_at', 'desc')
          .limit(limit)
          .execute(),
      ),
    async votes(tenant) {
      const rows = await within(sql.selectFrom('vote').selectAll().where('tenant', '=', tenant).execute());
      return rows.map((row) => ({ entryId: row.entry_id, useful: row.useful, notUseful: row.not_useful }));
    },
    async gapsOfAll(limit) {
      const rows = await recent()
        .select('question')
        .select(({ fn }) => fn.sum<number | string>('count').as('total'))
        .groupBy('question')
        .orderBy('total', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ question, total }) => ({ question, count: Number(total) }));
    },
    settled: () => later.settled(),
  };
}

// Counts of useful answers and of questions without an answer; no user, no place, only the normalised words.
import type { Feedback } from '../app/services.ts';
import type { Database } from './database.ts';

/** Longest question kept; longer ones are cut, they are not questions any more. */
const LONGEST_QUESTION = 200;
/** Rarely asked gaps beyond this number make room for new ones. */
const MOST_GAPS = 5000;

export function createFeedback({ sql }: Database, now: () => number): Feedback {
  return {
    async vote(entryId, useful) {
      const [up, down] = useful ? [1, 0] : [0, 1];
      await sql
        .insertInto('vote')
        .values({ entry_id: entryId, useful: up, not_useful: down })
        .onConflict((conflict) =>
          conflict.column('entry_id').doUpdateSet((eb) => ({
            useful: eb('vote.useful', '+', up),
            not_useful: eb('vote.not_useful', '+', down),
          })),
        )
        .execute();
    },
    async missed(normalisedQuestion) {
      const question = normalisedQuestion.slice(0, LONGEST_QUESTION);
      if (question === '') return;
      const at = now();
      await sql
        .insertInto('gap')
        .values({ question, count: 1, last_at: at })
        .onConflict((conflict) =>
          conflict.column('question').doUpdateSet((eb) => ({ count: eb('gap.count', '+', 1), last_at: at })),
        )
        .execute();
      const { total } = await sql
        .selectFrom('gap')
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      if (total <= MOST_GAPS) return;
      const oldest = sql
        .selectFrom('gap')
        .select('question')
        .orderBy('count')
        .orderBy('last_at')
        .limit(total - MOST_GAPS);
      await sql.deleteFrom('gap').where('question', 'in', oldest).execute();
    },
    gaps: (limit) =>
      sql
        .selectFrom('gap')
        .select(['question', 'count'])
        .orderBy('count', 'desc')
        .orderBy('last_at', 'desc')
        .limit(limit)
        .execute(),
    async votes() {
      const rows = await sql.selectFrom('vote').selectAll().execute();
      return rows.map((row) => ({ entryId: row.entry_id, useful: row.useful, notUseful: row.not_useful }));
    },
  };
}

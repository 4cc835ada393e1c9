// `/faq-gaps`: what people asked and the FAQ could not answer, for those who look after it.
import type { Block, Card, Span } from '../card.ts';
import { defineCommand, tenantKey } from '../command.ts';
import type { Mismatch } from '../services.ts';
import type { DueReview } from '../../content/review.ts';
import type { FaqEntry } from '../../content/schema.ts';
import type { FaqSearch } from '../../faq/search.ts';

/** The most asked gaps that are looked at, and groups of them that are shown. */
const MOST_READ = 100;
const MOST_SHOWN = 20;
/** Pairs of question kind and entry that are shown. */
const MOST_PAIRS = 8;
/** Entries past their review that are named. */
const MOST_DUE = 8;

type Gap = { readonly question: string; readonly count: number };
/** Gaps that are near the same entry, the most asked first; `near` is null for a gap that stands alone. */
type Group = { readonly near: FaqEntry | null; readonly count: number; readonly gaps: readonly Gap[] };

export const faqGaps = defineCommand({
  name: 'faq-gaps',
  summary: 'Questions that the FAQ could not answer',
  private: true,
  example: '/faq-gaps',
  manage: true,
  args: {},
  async run(_args, { request, services, now }): Promise<Card> {
    const tenant = tenantKey(request);
    const [gaps, votes, mismatches] = await Promise.all([
      services.feedback.gaps(tenant, MOST_READ),
      services.feedback.votes(tenant),
      services.feedback.mismatches(tenant, MOST_PAIRS),
    ]);
    const doubted = votes
      .filter((vote) => vote.notUseful > 0)
      .toSorted((a, b) => b.notUseful - a.notUseful)
      .slice(0, 5);
    const groups = gaps.length === 0 ? [] : groupGaps(gaps, await services.content.search.prepare());
    return {
      kind: 'faq-gaps',
      outcome: 'ok',
      tone: 'info',
      title: 'FAQ gaps',
      private: true,
      blocks: [
        gaps.length === 0
          ? { kind: 'text', spans: ['No unanswered questions so far.'] }
          : { kind: 'list', items: groups.slice(0, MOST_SHOWN).map(groupLine) },
        ...(doubted.length === 0
          ? []
          : [
              { kind: 'heading', text: 'Marked as not useful' } as const,
              {
                kind: 'list',
                items: doubted.map((vote) => [`${vote.entryId}: ${vote.notUseful} of ${vote.useful + vote.notUseful}`]),
              } as const,
            ]),
        ...mismatchList(mismatches),
        ...reviewNote(services.content.due(services.content, new Date(now).toISOString().slice(0, 10))),
        { kind: 'note', spans: ["Keywords of questions asked here in the last 90 days; we don't store who asked."] },
      ],
    };
  },
});

/** "how long → halving: 2 wrong, 1 not what was asked". */
function mismatchList(mismatches: readonly Mismatch[]): Block[] {
  if (mismatches.length === 0) return [];
  const items = mismatches.map(({ kind, entryId, wrong, other }): Span[] => {
    const counts = [...(wrong > 0 ? [`${wrong} wrong`] : []), ...(other > 0 ? [`${other} not what was asked`] : [])];
    return [`${kind} → ${entryId}: ${counts.join(', ')}`];
  });
  return [
    { kind: 'heading', text: 'Kinds of question that an entry did not fit' },
    { kind: 'list', items },
  ];
}

/** "2 entries are past the review date: halving (12 days), …"; nothing while all are fresh. */
function reviewNote(due: readonly DueReview[]): Block[] {
  const entries = due.filter(({ at }) => at.startsWith('faq/'));
  if (entries.length === 0) return [];
  const named = entries
    .slice(0, MOST_DUE)
    .map(({ at, days }) => `${at.slice('faq/'.length, -'.md'.length)} (${days} ${days === 1 ? 'day' : 'days'})`);
  const more = entries.length > MOST_DUE ? `, and ${entries.length - MOST_DUE} more` : '';
  const [count, verb] = entries.length === 1 ? ['1 entry', 'is'] : [`${entries.length} entries`, 'are'];
  return [{ kind: 'note', spans: [`${count} ${verb} past the review date: ${named.join(', ')}${more}.`] }];
}

/** Gaps by the entry that is nearest to them, the most asked groups first; a gap near nothing is a group of its own. */
export function groupGaps(gaps: readonly Gap[], search: FaqSearch): Group[] {
  const near = new Map(gaps.map((gap) => [gap, search.ask(gap.question).suggestions[0] ?? null]));
  const groups = Map.groupBy(gaps, (gap) => near.get(gap) ?? gap);
  return [...groups.values()]
    .map((members) => ({
      near: near.get(members[0] as Gap) ?? null,
      count: members.reduce((sum, { count }) => sum + count, 0),
      gaps: members.toSorted((a, b) => b.count - a.count),
    }))
    .toSorted((a, b) => b.count - a.count);
}

/** "12× how long is the lock, and 2 like it · nearest: Is there a lock-up …?" */
function groupLine({ near, count, gaps: [first, ...others] }: Group): Span[] {
  const like = others.length === 0 ? '' : `, and ${others.length} like it`;
  const nearest = near === null ? '' : ` · nearest: ${near.question}`;
  return [{ kind: 'bold', text: `${count}×` }, ` ${first?.question ?? ''}${like}${nearest}`];
}

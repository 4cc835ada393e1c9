// `/faq-gaps`: what people asked and the FAQ could not answer, for those who look after it.
import type { Card } from '../card.ts';
import { defineCommand, tenantKey } from '../command.ts';

export const faqGaps = defineCommand({
  name: 'faq-gaps',
  summary: 'Questions that the FAQ could not answer',
  private: true,
  example: '/faq-gaps',
  manage: true,
  args: {},
  async run(_args, { request, services }): Promise<Card> {
    const tenant = tenantKey(request);
    const [gaps, votes] = await Promise.all([services.feedback.gaps(tenant, 20), services.feedback.votes(tenant)]);
    const doubted = votes
      .filter((vote) => vote.notUseful > 0)
      .toSorted((a, b) => b.notUseful - a.notUseful)
      .slice(0, 5);
    return {
      kind: 'faq-gaps',
      outcome: 'ok',
      tone: 'info',
      title: 'FAQ gaps',
      private: true,
      blocks: [
        gaps.length === 0
          ? { kind: 'text', spans: ['No unanswered questions so far.'] }
          : { kind: 'list', items: gaps.map((gap) => [{ kind: 'bold', text: `${gap.count}×` }, ` ${gap.question}`]) },
        ...(doubted.length === 0
          ? []
          : [
              { kind: 'heading', text: 'Marked as not useful' } as const,
              {
                kind: 'list',
                items: doubted.map((vote) => [`${vote.entryId}: ${vote.notUseful} of ${vote.useful + vote.notUseful}`]),
              } as const,
            ]),
        { kind: 'note', spans: ["Keywords of questions asked here in the last 90 days; we don't store who asked."] },
      ],
    };
  },
});

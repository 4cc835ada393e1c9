// The direct message to whoever made a digest that stopped: which, why, and what to do.
import type { Card } from '../card.ts';
import type { Services } from '../services.ts';
import type { DigestView } from '../../digests/digests.ts';
import { channelSpan, digestName, whenWords } from './text.ts';

export function stoppedCard(view: DigestView, services: Services): Card {
  return {
    kind: 'digest-stopped',
    outcome: 'ok',
    tone: 'warn',
    title: 'Your digest stopped',
    blocks: [
      {
        kind: 'text',
        spans: [
          { kind: 'bold', text: digestName(view, services) },
          ` ${whenWords(view)} in `,
          channelSpan(view, ''),
          `. ${view.trouble ?? 'It does not run any more.'}`,
        ],
      },
      { kind: 'note', spans: [nextStep(view)] },
    ],
  };
}

function nextStep({ id, status, damaged }: DigestView): string {
  if (status === 'dead') return 'It will not run again; create a new one where it is wanted.';
  return damaged === true
    ? `/digest delete ${id} in that channel removes it.`
    : `When that is mended: /digest resume ${id} in that channel.`;
}

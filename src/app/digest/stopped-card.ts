// The direct message to whoever made a digest that stopped: which, why, and what to do.
import type { Card } from '../card.ts';
import type { Services } from '../services.ts';
import type { DigestView } from '../../digests/digests.ts';
import { channelSpan, coinSymbols, whenWords } from './text.ts';

export function stoppedCard(view: DigestView, services: Services): Card {
  const next =
    view.status === 'dead'
      ? 'It will not run again; create a new one where it is wanted.'
      : `When that is mended: /digest resume ${view.id} in the server or workspace.`;
  return {
    kind: 'digest-stopped',
    outcome: 'ok',
    tone: 'warn',
    title: 'Your digest stopped',
    blocks: [
      {
        kind: 'text',
        spans: [
          { kind: 'bold', text: coinSymbols(view.coins, services) },
          ` ${whenWords(view)} in `,
          channelSpan(view, ''),
          `. ${view.trouble ?? 'It does not run any more.'}`,
        ],
      },
      { kind: 'note', spans: [next] },
    ],
  };
}

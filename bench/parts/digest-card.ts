// The card of the posts that are measured.
import type { Card } from '../../src/app/card.ts';

export const DIGEST_CARD: Card = {
  kind: 'digest',
  outcome: 'ok',
  tone: 'info',
  title: 'Digest',
  blocks: [{ kind: 'text', spans: ['TAO $250.28'] }],
};

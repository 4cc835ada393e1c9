// Failures as cards: what happened, why, and what to do; never a stack, never silence.
import type { Card, Outcome } from './card.ts';

/** A card of one or two sentences. `private` because an error interests only the one who asked. */
export function messageCard(kind: string, outcome: Outcome, title: string, sentences: string): Card {
  return {
    kind,
    outcome,
    tone: outcome === 'ok' ? 'info' : outcome === 'error' ? 'error' : 'warn',
    title,
    blocks: [{ kind: 'text', spans: [sentences] }],
    private: outcome !== 'ok',
  };
}

export function brokenCard(reference: string): Card {
  return messageCard(
    'error',
    'error',
    'Something broke on our side',
    `This isn't your fault. Try again in a minute; if it keeps happening, send the operator this reference: ${reference}.`,
  );
}

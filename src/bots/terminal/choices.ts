// What can be typed next: every button and option of a card has a number, in the order in which they are shown.
import { type Block, blocksOn, type Card, type Invocation } from '../../app/card.ts';

/** Label and request of each choice; number 1 is the first. */
export function choicesOf(card: Card): Choice[] {
  return blocksOn(card, 'page').flatMap(choicesIn);
}

/** The choices of one block; none for blocks of words. */
export function choicesIn(block: Block): Choice[] {
  if (block.kind === 'buttons') return [...block.buttons];
  return block.kind === 'menu' ? [...block.options] : [];
}

const YES = /^(?:y|yes|yes please|yep|sure|start it|confirm|ja|oui|sí|si)$/i;
const NO = /^(?:n|no|no thanks|nope|never ?mind|nein|non)$/i;

/** A choice of a card; `style`: which one a "yes" means. */
type Choice = { label: string; invocation: Invocation; style?: 'primary' | 'danger' };

/** The request behind a typed number, a label ("start"), "yes" or "no"; null when it is none of the card's. */
export function chosen(text: string, choices: readonly Choice[]): Invocation | null {
  if (/^\d{1,3}$/.test(text)) return choices[Number(text) - 1]?.invocation ?? null;
  const plain = text.toLowerCase().replace(/[\s.!]+$/, '');
  const meant = YES.test(plain)
    ? choices.find(({ style }) => style === 'primary')
    : choices.find(({ label }) => label.toLowerCase() === (NO.test(plain) ? 'cancel' : plain));
  return meant?.invocation ?? null;
}

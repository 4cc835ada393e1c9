// What can be typed next: every button and option of a card has a number, in the order in which they are shown.
import { type Block, blocksOn, type Card, type Invocation } from '../../app/card.ts';

/** Label and request of each choice; number 1 is the first. */
export function choicesOf(card: Card): { label: string; invocation: Invocation }[] {
  return blocksOn(card, 'page').flatMap(choicesIn);
}

/** The choices of one block; none for blocks of words. */
export function choicesIn(block: Block): { label: string; invocation: Invocation }[] {
  if (block.kind === 'buttons') return [...block.buttons];
  return block.kind === 'menu' ? [...block.options] : [];
}

/** The request behind a typed number, or null when it is none of the card's. */
export function chosen(text: string, choices: readonly { invocation: Invocation }[]): Invocation | null {
  return /^\d{1,3}$/.test(text) ? (choices[Number(text) - 1]?.invocation ?? null) : null;
}

// Messages of people in danger: about a scam, or with a recovery phrase in them. What helps comes before anything else that the FAQ might find.
import type { Card } from '../card.ts';
import { holdsPhrase } from '../private-text.ts';
import { asksAboutScam, asksWhereSeedGoes } from '../reader/wishes/scam-question.ts';

/** None of these is in the English list of BIP-39, and hardly a question does without all of them. */
const NO_PHRASE_WORD =
  /\b(?:the|and|for|are|how|does|was|were|which|with|have|has|had|from|tao|they|them|your|not|but|any|who|why|its|get|got|did|per|been|being|would|could|should|their|these|those|into|than|because|only|out)\b/giu;

/** The id of the FAQ entry that helps, or null. */
export function dangerIn(question: string): 'leaked-key' | 'scam-safety' | null {
  if (showsPhrase(question)) return 'leaked-key';
  return asksAboutScam(question) || asksWhereSeedGoes(question) ? 'scam-safety' : null;
}

/** The card of that entry, which says first what to do about the message itself. */
export function withFirstAid(card: Card, question: string): Card {
  if (!showsPhrase(question)) return card;
  const text = 'That looks like a recovery phrase. Delete your message now: whoever reads it can take everything.';
  return { ...card, tone: 'warn', blocks: [{ kind: 'text', spans: [{ kind: 'bold', text }] }, ...card.blocks] };
}

/** Twelve words in a row that may all be of a word list. Words that break the row are replaced by one of a letter. */
function showsPhrase(question: string): boolean {
  return holdsPhrase(question.normalize('NFKC').replaceAll(NO_PHRASE_WORD, 'x'));
}

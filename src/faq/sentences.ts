// The parts of a message: sentences that ask something, and pasted code or logs between fences.

/** Sentences of one message that are scored on their own. */
const MOST_SENTENCES = 6;
/** Characters that are cut into sentences, and characters of pasted code that are read. */
const LONGEST_MESSAGE = 2_000;
const LONGEST_CODE = 600;

const FENCED = /```(?:[a-z]{0,12}\n)?([^`]*)(?:```|$)/gu;
const ASKS =
  /\?\s*$|^(?:(?:hi|hey|hello|and|so|also|but|ok|well|now|please|pls|oh)[\s,]+)*(?:how|what|why|when|where|who|which|is|are|can|could|do|does|did|should|will|would|has|have)\b/iu;

/** The sentences that ask something, in their order; empty when the message is a single sentence. Code is left out. */
export function askingSentences(raw: string): string[] {
  const text = raw.slice(0, LONGEST_MESSAGE).replace(FENCED, ' ');
  const sentences = text
    .split(/(?<=[.!?…])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
  return sentences.length < 2 ? [] : sentences.filter((sentence) => ASKS.test(sentence)).slice(0, MOST_SENTENCES);
}

/** What stands between fences, '' when nothing does. */
export function pastedCode(raw: string): string {
  return Array.from(raw.slice(0, LONGEST_MESSAGE).matchAll(FENCED), ([, code = '']) => code.trim())
    .join(' ')
    .slice(0, LONGEST_CODE);
}

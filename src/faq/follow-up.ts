// Questions without a topic of their own ("and how long does it take?"): they only mean something after an answer.
import type { Reading } from './features.ts';

/** A message made of these words alone names no topic. */
const WORDS = new Set(
  (
    'a about after again all also am an and any are at be been before but by can could cost did do does doing done else ever ' +
    'for from get happen happens has have here how i if in is it its just long lose many me mean means more most much my no not of often ok on one or other so ' +
    'such take takes than that the them then there they this those to too true undo up us very want was we were what when ' +
    'where which who why will with work works would you your expensive safe risky dangerous possible required necessary legal ' +
    'free fast slow soon expire expires end ends start starts decide decides see find need needs actually really exactly each time'
  ).split(' '),
);

/** Longer messages say something. */
const MOST_WORDS = 10;

/** True when nothing in the message says what it is about. */
export function isFollowUp({ words }: Pick<Reading, 'words'>): boolean {
  return words.length > 0 && words.length <= MOST_WORDS && words.every((word) => WORDS.has(word));
}

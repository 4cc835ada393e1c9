// What phrasings must be: enough for each entry, of one label each, of known labels, and not copied from the question sets.
import type { FaqEntry } from '../src/content/schema.ts';
import { isWord } from '../src/faq/language/lexicon.ts';
import { normaliseText } from '../src/faq/language/normalise.ts';
import { trimChatter } from '../src/faq/language/small-talk.ts';
import { readTitles, readWrittenPhrasings } from './data.ts';
import type { Phrasing } from './data.ts';
import { QUESTION_SETS, readQuestions } from './score.ts';
import type { LabelledQuestion } from './score.ts';

/** Fewer teach little; an entry without any is found by its own words. */
export const FEWEST_PHRASINGS = 30;
/** From so many on the question sets may ask for an entry: with fewer its share of the score would only say that it is new. */
export const FEWEST_MEASURED = 100;
/** Shorter questions of a set are what everybody types ("tao wallet"); longer ones do not meet a phrasing by chance. */
const SHORTEST_COPY = 6;

export type PhrasingInputs = {
  readonly entries: readonly FaqEntry[];
  readonly written: readonly Phrasing[];
  readonly questions: readonly LabelledQuestion[];
};

/** The phrasings and question sets of the project. */
export function readPhrasingInputs(entries: readonly FaqEntry[]): PhrasingInputs {
  return { entries, written: readWrittenPhrasings(), questions: QUESTION_SETS.flatMap(readQuestions) };
}

/** Everything wrong, one line each: path: problem — remedy. */
export function phrasingProblems(inputs: PhrasingInputs): string[] {
  return [...countProblems(inputs), ...disputedWordings(inputs), ...copies(inputs)];
}

function countProblems({ entries, written, questions }: PhrasingInputs): string[] {
  const counts = new Map<string, number>();
  for (const { label } of written) counts.set(label, (counts.get(label) ?? 0) + 1);
  const known = new Set(entries.map(({ id }) => id));
  const measured = new Set(questions.flatMap(({ accept }) => accept));
  return [...counts].flatMap(([label, count]) => {
    if (label.startsWith('none/')) return [];
    if (!known.has(label)) return [`${fileOf(label)}: there is no entry "${label}" — rename or remove the file`];
    if (count < FEWEST_PHRASINGS)
      return [`${fileOf(label)}: has ${count} phrasings — write ${FEWEST_PHRASINGS} or more`];
    if (count < FEWEST_MEASURED && measured.has(label))
      return [`${fileOf(label)}: has ${count} phrasings, and the question sets ask for it — write ${FEWEST_MEASURED}`];
    return [];
  });
}

/** A wording under two labels teaches nothing but doubt. */
function disputedWordings({ entries, written }: PhrasingInputs): string[] {
  const owners = new Map<string, Phrasing>();
  return [...readTitles(entries), ...written].flatMap((phrasing) => {
    const key = wording(phrasing.text);
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, phrasing);
    if (key === '' || owner === undefined || owner.label === phrasing.label) return [];
    return [
      `${fileOf(phrasing.label)}: "${phrasing.text}" also stands under ${owner.label} ("${owner.text}") — keep one`,
    ];
  });
}

/** Longer questions of the sets among an entry's phrasings: they would measure memory. Questions and aliases may be asked for. */
function copies({ entries, written, questions }: PhrasingInputs): string[] {
  const titles = new Set(readTitles(entries).map(({ text }) => wording(text)));
  const asked = new Set(questions.map(({ query }) => wording(query)));
  return written.flatMap(({ text, label }) => {
    const key = wording(text);
    const copied = asked.has(key) && !titles.has(key) && key.split(' ').length >= SHORTEST_COPY;
    if (!copied || label.startsWith('none/')) return [];
    return [`${fileOf(label)}: "${text}" is a question of training/questions — write your own instead`];
  });
}

/** The words of a message as the search compares them. */
function wording(text: string): string {
  return trimChatter(normaliseText(text)).split(' ').filter(isWord).join(' ');
}

function fileOf(label: string): string {
  return `training/phrasings/${label}.txt`;
}

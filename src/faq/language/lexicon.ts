// Concepts of the domain: many surface forms ("halvening", "emission cut") that mean one thing to the model.
import { readFileSync } from 'node:fs';
import { atOnce, type Pieces } from '../../base/turns.ts';
import { normaliseText } from './normalise.ts';
import { stem } from './stem.ts';

/** Longest form in words; longer ones in the data file would never match. */
const MAX_FORM_WORDS = 4;
/** Stands between forms while they are read together; no form may hold it. */
const BREAK = ' formbreak ';

export type Lexicon = {
  /** Names of the concepts in a message, in order of first appearance, each once. */
  find(stems: readonly string[]): string[];
};

/** Reads lines of `name = form | form`; `#` starts a comment. Forms are compared by stem. */
export function parseLexicon(text: string): Lexicon {
  return atOnce(parseInPieces(text));
}

/** Lines read in one piece: a millisecond or two. */
const LINES = 10;

function* parseInPieces(text: string): Pieces<Lexicon> {
  const forms = new Map<string, string[]>();
  for (const [at, line] of text.split('\n').entries()) {
    if (at % LINES === 0) yield;
    const [name, right] = line.split(' = ');
    if (line.startsWith('#') || name === undefined || right === undefined) continue;
    for (const form of toForms(right)) {
      const concepts = forms.get(form) ?? [];
      if (!concepts.includes(name)) forms.set(form, [...concepts, name]);
    }
  }
  return { find: (stems) => findConcepts(forms, stems) };
}

/** The lexicon that ships with the model, in pieces. */
export function* lexiconInPieces(): Pieces<Lexicon> {
  return yield* parseInPieces(readLexicon());
}

/** All surface forms as written. */
export function lexiconForms(): string[] {
  return readLexicon()
    .split('\n')
    .flatMap((line) => line.split(' = ')[1]?.split('|') ?? []);
}

/** The data file as text. */
export function readLexicon(): string {
  return readFileSync(new URL('lexicon.txt', import.meta.url), 'utf8');
}

/** The forms of one line as stems. They are read together, several at a time: one by one takes a hundred milliseconds. */
function toForms(right: string): string[] {
  const read: string[] = [];
  const forms = right.split('|');
  for (let start = 0; start < forms.length; start += 60) {
    read.push(...normaliseText(forms.slice(start, start + 60).join(BREAK)).split(BREAK));
  }
  return read
    .map((form) => form.split(' ').filter(isWord).map(stem))
    .filter((words) => words.length > 0 && words.length <= MAX_FORM_WORDS)
    .map((words) => words.join(' '));
}

function findConcepts(forms: ReadonlyMap<string, readonly string[]>, stems: readonly string[]): string[] {
  const found = new Set<string>();
  for (let start = 0; start < stems.length; start++) {
    let key = '';
    for (let length = 1; length <= MAX_FORM_WORDS && start + length <= stems.length; length++) {
      key = length === 1 ? (stems[start] ?? '') : `${key} ${stems[start + length - 1]}`;
      for (const concept of forms.get(key) ?? []) found.add(concept);
    }
  }
  return [...found];
}

/** False for the sentence and clause marks that `normaliseText` leaves between words. */
export function isWord(token: string): boolean {
  return token !== '.' && token !== ',' && token !== '';
}

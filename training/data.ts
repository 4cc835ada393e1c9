// What the FAQ model learns from: the entries' own questions, the phrasings of each entry, and messages that must be refused.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FaqEntry } from '../src/content/schema.ts';
import { detectLanguage } from '../src/faq/language/detect.ts';
import { isWord } from '../src/faq/language/lexicon.ts';
import { normaliseText } from '../src/faq/language/normalise.ts';
import type { LabelledQuestion } from './score.ts';

export const CONTENT_FOLDER = path.join(import.meta.dirname, '../src/content');
export const PHRASINGS_FOLDER = path.join(import.meta.dirname, 'phrasings');

/** A message with the entry that answers it, or `none/<kind>`. */
export type Phrasing = { readonly text: string; readonly label: string };

/** Questions and aliases of the entries. */
export function readTitles(entries: Iterable<FaqEntry>): Phrasing[] {
  return [...entries].flatMap(({ id, question, aliases }) =>
    [question, ...aliases].map((text) => ({ text, label: id })),
  );
}

/** The lines of `<entry>.txt` and `none/<kind>.txt` below `folder`, in a stable order. */
export function readWrittenPhrasings(folder = PHRASINGS_FOLDER): Phrasing[] {
  return [
    { prefix: '', part: '.' },
    { prefix: 'none/', part: 'none' },
  ].flatMap(({ prefix, part }) =>
    readdirSync(path.join(folder, part))
      .filter((name) => name.endsWith('.txt'))
      .toSorted()
      .flatMap((name) => {
        const label = `${prefix}${name.slice(0, -'.txt'.length)}`;
        const lines = readFileSync(path.join(folder, part, name), 'utf8').split('\n');
        return lines.map((line) => ({ text: line.trim(), label })).filter(({ text }) => text !== '');
      }),
  );
}

/** Kinds of refusals by what the question sets call them; the rest is talk. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/coin|crypto/u, 'none/other-coin'],
  [/look-?alike/u, 'none/near-miss'],
  [/uncovered/u, 'none/uncovered'],
];

/** Questions of people as phrasings. Those with several right entries and those in other languages teach nothing. */
export function askedPhrasings(questions: readonly LabelledQuestion[]): Phrasing[] {
  return questions.flatMap(({ type, kind, accept, query }) => {
    if (detectLanguage(query) !== null) return [];
    if (type === 'oos')
      return [{ text: query, label: REFUSALS.find(([name]) => name.test(kind))?.[1] ?? 'none/small-talk' }];
    const [only, ...others] = accept;
    return only === undefined || others.length > 0 ? [] : [{ text: query, label: only }];
  });
}

/** Phrasings without repeats; the first label of a text wins. */
export function distinct(phrasings: readonly Phrasing[]): Phrasing[] {
  const seen = new Set<string>();
  return phrasings.filter(({ text }) => {
    const key = text.toLowerCase();
    return seen.has(key) ? false : seen.add(key);
  });
}

/** Words that occur at least `least` times, the most common first, ties by alphabet. */
export function countVocabulary(texts: Iterable<string>, least: number): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of normaliseText(text).split(' ')) if (isWord(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= least)
    .toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([word]) => word);
}

// What the FAQ model learns from: the entries' own questions, the phrasings of each entry, and messages that must be refused.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FaqEntry } from '../src/content/schema.ts';
import { createReader, gramFeatures, wordFeatures } from '../src/faq/features.ts';
import { isWord, loadLexicon } from '../src/faq/language/lexicon.ts';
import { normaliseText } from '../src/faq/language/normalise.ts';
import { createSpeller } from '../src/faq/language/spelling.ts';

export const CONTENT_FOLDER = path.join(import.meta.dirname, '../src/content');

/** A message with the entry that answers it, or `none/<kind>`. */
export type Phrasing = { readonly text: string; readonly label: string };

/** All phrasings, the entries' questions and aliases first, in a stable order. */
export function readPhrasings(
  entries: Iterable<FaqEntry>,
  folder = path.join(import.meta.dirname, 'phrasings'),
): Phrasing[] {
  const phrasings: Phrasing[] = [];
  for (const { id, question, aliases } of entries) {
    for (const text of [question, ...aliases]) phrasings.push({ text, label: id });
  }
  for (const [prefix, part] of [
    ['', '.'],
    ['none/', 'none'],
  ] as const) {
    for (const name of readdirSync(path.join(folder, part)).toSorted()) {
      if (!name.endsWith('.txt')) continue;
      const lines = readFileSync(path.join(folder, part, name), 'utf8').split('\n');
      const label = `${prefix}${name.slice(0, -'.txt'.length)}`;
      for (const line of lines) if (line.trim() !== '') phrasings.push({ text: line.trim(), label });
    }
  }
  return phrasings;
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

/** All text of an entry in one line. */
export function entryText(entry: FaqEntry): string {
  const answer = entry.answer.flat().map((span) => (typeof span === 'string' ? span : 'text' in span ? span.text : ''));
  return [entry.question, ...entry.aliases, ...entry.tags, ...answer].join(' ');
}

/**
 * Fingerprint of what a model was trained on: all phrasings, and the features of a sample of them, so that a change
 * in reading (normalising, stems, lexicon, features) also makes the model stale.
 */
export function faqInputsHash(phrasings: readonly Phrasing[]): string {
  const hash = createHash('sha256').update(JSON.stringify(phrasings));
  const reader = createReader(loadLexicon(), createSpeller([]));
  for (const { text } of phrasings.filter((_, index) => index % 40 === 0)) {
    const reading = reader.read(text);
    hash.update(JSON.stringify([wordFeatures(reading), gramFeatures(reading)]));
  }
  return hash.digest('hex');
}

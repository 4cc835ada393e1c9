// Whether a model is current: each kind of input is noticed and named, and what is not learned from is not.
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import type { FaqEntry } from '../../src/content/schema.ts';
import { changedInputs, fingerprint, readInputs } from '../../training/inputs.ts';
import type { Inputs } from '../../training/inputs.ts';

const entries = [...loadContent(path.join(import.meta.dirname, '../../src/content')).faq.values()];
const inputs = readInputs(entries);
const learned = fingerprint(inputs);

/** The entries with a change to the first. */
const withFirst = (change: Partial<FaqEntry>) =>
  readInputs(entries.map((entry, at) => (at === 0 ? { ...entry, ...change } : entry)));

it.each<[string, Inputs]>([
  ['questions and aliases (src/content/faq)', withFirst({ question: 'What is it again?' })],
  ['questions and aliases (src/content/faq)', withFirst({ aliases: ['one', 'two'] })],
  ['questions and aliases (src/content/faq)', { ...inputs, titles: inputs.titles.slice(1) }],
  ['comparesCoins (src/content/faq)', withFirst({ comparesCoins: true })],
  ['phrasings (training/phrasings)', { ...inputs, written: inputs.written.slice(1) }],
  ['terms (training/terms.txt)', { ...inputs, terms: inputs.terms.slice(1) }],
  ['lexicon (src/faq/language/lexicon.txt)', { ...inputs, lexicon: `${inputs.lexicon}new = word\n` }],
  ['question sets (training/questions)', { ...inputs, questions: inputs.questions.slice(1) }],
  ['question sets (training/questions)', { ...inputs, asked: inputs.asked.slice(1) }],
])('a change to %s is named, and nothing else', (kind, changed) => {
  expect(changedInputs(learned, fingerprint(changed))).toEqual([kind]);
});

it('answers, tags, dates and sources can change without training', () => {
  const changed = withFirst({ answer: [['Another answer.']], tags: ['other'], asOf: '2026-01-01', sources: [] });
  expect(changedInputs(learned, fingerprint(changed))).toEqual([]);
});

it('constants and the code that reads text are covered, kinds of another version count as changed', () => {
  const constants = 'constants (training/inputs.ts, training/augment.ts)';
  const reading = 'reading of messages (src/faq/features.ts, src/faq/language)';
  expect(changedInputs({ ...learned, [constants]: 'x', [reading]: 'x' }, learned)).toEqual([constants, reading]);
  const { [constants]: _, ...older } = learned;
  expect(changedInputs({ ...older, 'what once was': 'x' }, learned)).toEqual([constants, 'what once was']);
});

// The data that the FAQ model learns from, and that the shipped model was learned from exactly this data.
import path from 'node:path';
import { expect, test } from 'vitest';
import { trimChatter } from '../../src/faq/language/small-talk.ts';
import { isWord } from '../../src/faq/language/lexicon.ts';
import { loadFaqModel } from '../../src/faq/model-file.ts';
import { normaliseText } from '../../src/faq/language/normalise.ts';
import { loadContent } from '../../src/content/load.ts';
import { faqInputsHash, readPhrasings } from '../../training/data.ts';

const entries = [...loadContent(path.join(import.meta.dirname, '../../src/content')).faq.values()];
const phrasings = readPhrasings(entries);

test('no wording stands under two labels', () => {
  const labels = new Map<string, Set<string>>();
  for (const { text, label } of phrasings) {
    const key = trimChatter(normaliseText(text)).split(' ').filter(isWord).join(' ');
    labels.set(key, (labels.get(key) ?? new Set()).add(label));
  }
  const disputed = [...labels].filter(([key, names]) => key !== '' && names.size > 1);
  expect(disputed.map(([key, names]) => `${key}: ${[...names].join(', ')}`)).toEqual([]);
});

test('every entry has at least a hundred phrasings, and thousands of messages are to be refused', () => {
  const count = (label: string) => phrasings.filter((phrasing) => phrasing.label === label).length;
  expect(entries.filter(({ id }) => count(id) < 100).map(({ id }) => id)).toEqual([]);
  expect(phrasings.filter(({ label }) => label.startsWith('none/')).length).toBeGreaterThan(2_000);
  const ids = new Set(entries.map(({ id }) => id));
  const strangers = phrasings.filter(({ label }) => !label.startsWith('none/') && !ids.has(label));
  expect(strangers.map(({ label }) => label)).toEqual([]);
});

test('the shipped model was learned from these phrasings (npm run faq-train when not)', () => {
  expect(loadFaqModel().inputsHash).toBe(faqInputsHash(phrasings));
});

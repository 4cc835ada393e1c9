// Terms of the glossary: asked for in a few words, each finds the entry that explains it.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { createFaqSearch } from '../../src/faq/search.ts';
import { readTerms, termQuestions } from '../../training/augment.ts';

const entries = loadContent(path.join(import.meta.dirname, '../../src/content')).faq;
const search = createFaqSearch(entries.values());
const terms = readTerms();

describe.each(
  Map.groupBy(terms, ({ label }) => label)
    .entries()
    .toArray(),
)('%s', (id, own) => {
  it.each(own)('$text', ({ text }) => {
    const ways = [`what is ${text}`, `What's ${text}?`, `${text}?`, `explain ${text}`, `what does ${text} mean`];
    expect(ways.map((way) => [way, search.ask(way).answer?.id])).toEqual(ways.map((way) => [way, id]));
  });
});

it('every term is of one entry that exists', () => {
  const owners = Map.groupBy(terms, ({ text }) => text.toLowerCase());
  expect([...owners].filter(([, list]) => list.length > 1)).toEqual([]);
  expect(terms.filter(({ label }) => !entries.has(label))).toEqual([]);
  expect(terms.length).toBeGreaterThan(200);
});

it('each way of asking holds the term as it is written', () => {
  const asked = termQuestions([{ text: "a $& '$1' b", label: 'x' }]);
  expect(asked.map(({ text }) => text.includes("a $& '$1' b"))).toEqual(asked.map(() => true));
});

// A model that has not learned everything: new entries are found by their own words, and the others go on as before.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import type { FaqEntry } from '../../src/content/schema.ts';
import { parseLexicon, readLexicon } from '../../src/faq/language/lexicon.ts';
import { loadFaqModel } from '../../src/faq/model-file.ts';
import { createFaqSearch } from '../../src/faq/search.ts';
import type { FaqSearch } from '../../src/faq/search.ts';
import { readQuestions } from '../../training/score.ts';

const SHIPPED = path.join(import.meta.dirname, '../../src/content');

const BADGE = `---
question: How do I get the purple community badge?
aliases:
  - What is the purple badge for?
  - Purple badge requirements
tags: [badge, moderators]
asOf: 2026-11-01
sources:
  - { title: Rules of the community, url: "https://example.org/rules" }
related: [get-help, scam-safety]
---

Ask a moderator after thirty days.
`;

describe('a new file below content/faq, without phrasings and without training', () => {
  let folder = '';
  let entries: FaqEntry[] = [];
  let search: FaqSearch;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'content-'));
    cpSync(SHIPPED, folder, { recursive: true });
    writeFileSync(path.join(folder, 'faq/community-badge.md'), BADGE);
    entries = [...loadContent(folder).faq.values()];
    search = createFaqSearch(entries);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    'How do I get the purple community badge?',
    'What is the purple badge for?',
    'purple badge requirements',
    'HEY ALL, how do i get the PURPLE community badge??',
    'how do i get that purple community badge',
  ])('answers "%s"', (text) => expect(search.ask(text).answer?.id).toBe('community-badge'));

  it.each(['someone said there is a purple badge, more on that?', 'is the badge only for moderators'])(
    'is offered for "%s"',
    (text) => {
      const { answer, suggestions } = search.ask(text);
      expect(answer?.id).not.toBe('community-badge');
      expect(suggestions.map(({ id }) => id)).toContain('community-badge');
    },
  );

  it('continues what is typed', () => {
    expect(search.complete('how do i get the purp', 5)[0]?.id).toBe('community-badge');
  });

  it('takes no question away from the others', () => {
    const without = createFaqSearch(entries.filter(({ id }) => id !== 'community-badge'));
    for (const { query } of readQuestions('dev'))
      expect(search.ask(query).answer?.id, query).toBe(without.ask(query).answer?.id);
  });
});

it('a model older than the lexicon reads the concepts that it knows as before', () => {
  const entries = [...loadContent(SHIPPED).faq.values()];
  const newer = parseLexicon(`frobnication = frobnicate | frobnicator\n${readLexicon()}`);
  const [before, after] = [createFaqSearch(entries), createFaqSearch(entries, loadFaqModel(), newer)];
  for (const { query } of readQuestions('dev')) expect(after.ask(query), query).toEqual(before.ask(query));
});

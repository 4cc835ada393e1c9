// `/faq-gaps`: questions that are near the same entry stand together, so that a manager sees what to write next.
import path from 'node:path';
import { expect, it } from 'vitest';
import { groupGaps } from '../../../src/app/commands/faq-gaps.ts';
import { loadContent } from '../../../src/content/load.ts';
import { createFaqSearch } from '../../../src/faq/search.ts';

const entries = loadContent(path.join(import.meta.dirname, '../../../src/content')).faq;
const search = createFaqSearch(entries.values());

it('gaps are grouped by the nearest entry, with counts added, the most asked first', async () => {
  const gaps = [
    { question: 'recipe for pancakes', count: 4 },
    { question: 'ledger something', count: 3 },
    { question: 'who won the match yesterday', count: 1 },
    { question: 'my ledger thing', count: 2 },
  ];
  const nearest = search.ask('my ledger thing').suggestions[0];
  expect(nearest?.id).toBe('ledger');
  expect(await groupGaps(gaps, search)).toEqual([
    { near: nearest, count: 5, gaps: [gaps[1], gaps[3]] },
    { near: null, count: 4, gaps: [gaps[0]] },
    { near: null, count: 1, gaps: [gaps[2]] },
  ]);
});

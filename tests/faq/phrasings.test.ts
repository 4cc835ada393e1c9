// The data that the FAQ model learns from, and that each broken rule is seen.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import type { FaqEntry } from '../../src/content/schema.ts';
import type { PhrasingInputs } from '../../training/phrasing-rules.ts';
import { phrasingProblems, readPhrasingInputs } from '../../training/phrasing-rules.ts';

const entries = [...loadContent(path.join(import.meta.dirname, '../../src/content')).faq.values()];
const shipped = readPhrasingInputs(entries);

it('the phrasings are sound, and thousands of messages are to be refused', () => {
  expect(phrasingProblems(shipped)).toEqual([]);
  expect(shipped.written.filter(({ label }) => label.startsWith('none/')).length).toBeGreaterThan(2_000);
});

describe('a planted problem of each kind is seen', () => {
  const [first, second] = entries as [FaqEntry, FaqEntry];
  /** `count` phrasings of the first entry, none of the others, and what the case adds. */
  function problemsOf(count: number, more: Partial<PhrasingInputs> = {}): string[] {
    const written = Array.from({ length: count }, (_, at) => ({ text: `made-up wording ${at}`, label: first.id }));
    const inputs = { entries: [first, second], questions: [], ...more };
    return phrasingProblems({ ...inputs, written: [...written, ...(more.written ?? [])] });
  }
  const file = `training/phrasings/${first.id}.txt`;
  const asked = (query: string) => ({ id: 'q', type: 'answerable', kind: 'full', accept: [first.id], query }) as const;

  it('too few phrasings; none at all are allowed', () => {
    expect(problemsOf(29)).toEqual([`${file}: has 29 phrasings — write 30 or more`]);
    expect(problemsOf(30)).toEqual([]);
    expect(problemsOf(0)).toEqual([]);
  });

  it('an entry is only measured with a hundred', () => {
    const questions = [asked('what is this about')];
    expect(problemsOf(99, { questions })).toEqual([expect.stringContaining('has 99 phrasings, and the question sets')]);
    expect(problemsOf(100, { questions })).toEqual([]);
  });

  it('phrasings of an entry that does not exist', () => {
    const written = [{ text: 'anything', label: 'gone' }];
    expect(problemsOf(30, { written })).toEqual([expect.stringMatching(/gone\.txt: there is no entry "gone" — /)]);
  });

  it('a wording under two labels, whatever its capitals and greetings', () => {
    const written = [{ text: `Hey, ${second.question.toUpperCase()}`, label: first.id }];
    expect(problemsOf(30, { written })).toEqual([expect.stringContaining(`also stands under ${second.id}`)]);
  });

  it('a question copied from the question sets; short ones and the own title may meet', () => {
    const written = [{ text: 'so how would somebody explain this to me?', label: first.id }];
    const copied = problemsOf(99, { written, questions: [asked('So how would somebody explain this to me')] });
    expect(copied).toEqual([
      `${file}: "${written[0]?.text}" is a question of training/questions — write your own instead`,
    ]);
    expect(
      problemsOf(100, { written: [{ text: 'tao thing', label: first.id }], questions: [asked('tao thing')] }),
    ).toEqual([]);
    const title = [{ text: first.question, label: first.id }];
    expect(problemsOf(99, { written: title, questions: [asked(first.question)] })).toEqual([]);
  });
});

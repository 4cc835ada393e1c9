// FAQ search: start-up, memory and query times with the shipped entries and with 6,000.
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createFaqSearch } from '../src/faq/search.ts';
import type { FaqSearch } from '../src/faq/search.ts';
import { loadContent } from '../src/content/load.ts';
import type { FaqEntry } from '../src/content/schema.ts';
import { readQuestions } from '../training/score.ts';
import { quantile } from './parts/quantile.ts';
import { isQuick } from './parts/quick.ts';

const MANY = 6_000;
const HOSTILE = [
  'a'.repeat(50_000),
  'e\u0301'.repeat(10_000),
  '😀'.repeat(25_000),
  '(a '.repeat(16_000),
  '`<@:'.repeat(12_000),
];

/** Milliseconds (`…Ms`) and mebibytes (`…MiB`). */
export async function run(): Promise<Record<string, number>> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const entries = [...loadContent(path.join(import.meta.dirname, '../src/content')).faq.values()];
  collect();
  const memoryBefore = usedMiB();
  const start = performance.now();
  const search = createFaqSearch(entries);
  const buildMs = performance.now() - start;
  collect(); // lets go of the file that was read
  collect();
  const memoryMiB = usedMiB() - memoryBefore;
  const queries = readQuestions('dev').map(({ query }) => query);
  const few = timings(search, queries);
  const hostile = timings(search, HOSTILE);
  const many = isQuick() ? [] : timings(createFaqSearch(manyEntries(entries)), queries);
  return {
    faqBuildMs: buildMs,
    faqMemoryMiB: memoryMiB,
    faqP50Ms: quantile(few, 0.5),
    faqP99Ms: quantile(few, 0.99),
    ...(many.length === 0 ? {} : { faqP99With6000Ms: quantile(many, 0.99) }),
    faqHostileMaxMs: quantile(hostile, 1),
  };
}

/** The shipped entries and made-up ones of the same words in another order. */
function manyEntries(entries: readonly FaqEntry[]): FaqEntry[] {
  const words = entries.flatMap(({ question, aliases }) => [question, ...aliases].join(' ').split(' '));
  const pick = (at: number, count: number) =>
    Array.from({ length: count }, (_, index) => words[(at * 7919 + index * 104_729) % words.length]).join(' ');
  const extra = Array.from({ length: MANY - entries.length }, (_, at): FaqEntry => ({
    id: `made-up-${at}`,
    question: `${pick(at, 8)} ${at}?`,
    aliases: [pick(at + 1, 6), pick(at + 2, 7)],
    tags: [pick(at + 3, 2)],
    answer: [[pick(at + 4, 60)]],
    asOf: '2026-01-01',
    sources: [],
    related: [],
  }));
  return [...entries, ...extra];
}

function timings(search: FaqSearch, queries: readonly string[]): number[] {
  for (const query of queries) search.ask(query);
  return queries.map((query) => {
    const start = performance.now();
    search.ask(query);
    return performance.now() - start;
  });
}

function usedMiB(): number {
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

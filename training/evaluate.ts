// `npm run faq-eval`: the development set's score; with lines {"id","query"} on stdin it answers each on stdout instead (`--errors` lists what went wrong).
import { createInterface } from 'node:readline';
import { createFaqSearch } from '../src/faq/search.ts';
import { loadContent } from '../src/content/load.ts';
import { CONTENT_FOLDER } from './data.ts';
import { judge, readDevelopmentSet, summarise } from './score.ts';
import { foldedScore } from './calibration.ts';

const search = createFaqSearch(loadContent(CONTENT_FOLDER).faq.values());

function give(query: string) {
  const { answer, confidence, suggestions } = search.ask(query);
  return { answerId: answer?.id ?? null, top: suggestions.map(({ id }) => id), confidence };
}

/** Returns how many lines there were. */
async function answerLines(): Promise<number> {
  let lines = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { id, query } = JSON.parse(line) as { id: string; query: string };
    console.log(JSON.stringify({ id, ...give(query) }));
    lines++;
  }
  return lines;
}

function scoreDevelopmentSet(): void {
  const milliseconds: number[] = [];
  const results = readDevelopmentSet().map((item) => {
    const start = performance.now();
    const given = give(item.query);
    milliseconds.push(performance.now() - start);
    return judge(item, given);
  });
  const quantile = (part: number) => milliseconds.toSorted((a, b) => a - b)[Math.floor(milliseconds.length * part)];
  if (process.argv.includes('--errors')) {
    for (const { item, given, verdict } of results) {
      if (verdict === 'correct' || verdict === 'refused') continue;
      const query = JSON.stringify(item.query.slice(0, 110));
      console.error(
        verdict,
        item.kind,
        query,
        'want',
        item.accept.join('|') || '-',
        'got',
        given.top.join(','),
        given.confidence.toFixed(2),
      );
    }
  }
  console.error('five folds (calibration on four, score on the fifth):', JSON.stringify(foldedScore(results)));
  console.log(JSON.stringify({ ...summarise(results), p50ms: quantile(0.5), p99ms: quantile(0.99) }));
}

if (process.stdin.isTTY || (await answerLines()) === 0) scoreDevelopmentSet();

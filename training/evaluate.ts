// `npm run faq-eval`: scores on the question sets beside the bars; with lines {"id","query"} on stdin it answers each on stdout instead (`-- --errors` lists what went wrong, `-- FILE.jsonl` scores a set of one's own by kind).
import { createInterface } from 'node:readline';
import { createFaqSearch } from '../src/faq/search.ts';
import { loadContent } from '../src/content/load.ts';
import { CONTENT_FOLDER } from './data.ts';
import type { LabelledQuestion, Score, Scored } from './score.ts';
import {
  BARS,
  BLIND_SET,
  confidenceBuckets,
  give,
  judge,
  LEARNED_SETS,
  QUESTION_SETS,
  readQuestionFile,
  readQuestions,
  summarise,
} from './score.ts';

const NAME_WIDTH = 30;
const FIGURES = ['precision', 'refusal', 'top1', 'recall3', 'helpfulness'] as const;

const search = createFaqSearch(loadContent(CONTENT_FOLDER).faq.values());

/** Returns how many lines there were. */
async function answerLines(): Promise<number> {
  let lines = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { id, query } = JSON.parse(line) as { id: string; query: string };
    console.log(JSON.stringify({ id, ...give(search, query) }));
    lines++;
  }
  return lines;
}

function printHead(): void {
  console.error(
    [
      'set'.padEnd(NAME_WIDTH),
      '   n',
      ...FIGURES.map((name) => name.padStart(11)),
      '  right refused missed wrong',
    ].join(' '),
  );
}

function printBars(): void {
  const bars = FIGURES.map((name) => `${BARS[name].toFixed(3)}  `.padStart(11));
  console.error(['least of each figure'.padEnd(NAME_WIDTH), '    ', ...bars].join(' '));
}

/** Prints the scores of all sets; false when one is below a bar. */
function scoreSets(): boolean {
  printHead();
  printBars();
  const scores = QUESTION_SETS.flatMap((set) => {
    const results = readQuestions(set).map((item) => judge(item, give(search, item.query)));
    if (process.argv.includes('--errors')) printErrors(results);
    return [[set, summarise(results)] satisfies [string, Score]];
  });
  for (const [name, score] of scores) printScore(name, score, BARS);
  console.error('without a bar, never learned from:');
  printKinds(BLIND_SET, readQuestions(BLIND_SET));
  console.error('without a bar, learned from:');
  for (const set of LEARNED_SETS) printKinds(set, readQuestions(set));
  console.log(JSON.stringify(scores[0]?.[1]));
  const below = scores.filter(([, score]) => FIGURES.some((name) => score[name] < BARS[name])).map(([name]) => name);
  console.error(
    below.length === 0
      ? 'no figure is below its bar'
      : `below a bar (✖): ${below.join('; ')}. More and more varied phrasings help; \`npm run faq-eval -- --errors\` lists what went wrong.`,
  );
  return below.length === 0;
}

/** A set as a whole, by kind, and how far the stated confidence was kept. */
function printKinds(name: string, questions: readonly LabelledQuestion[]): void {
  const results = questions.map((item) => judge(item, give(search, item.query)));
  if (process.argv.includes('--errors')) printErrors(results);
  printScore(name, summarise(results));
  for (const [kind, members] of Map.groupBy(results, ({ item }) => item.kind))
    printScore(`  ${kind}`, summarise(members));
  for (const { tenth, n, stated, right } of confidenceBuckets(results)) {
    console.error(`  confidence 0.${tenth}: ${n} messages, stated ${stated.toFixed(3)}, right ${right.toFixed(3)}`);
  }
}

/** Figures below their bar get a ✖; what no message of the set can tell is a dash. */
function printScore(name: string, score: Score, bars: Partial<typeof BARS> = {}): void {
  const figures = FIGURES.map((figure) => {
    const value = score[figure];
    return Number.isNaN(value) ? '–  ' : `${value.toFixed(3)}${value < (bars[figure] ?? 0) ? ' ✖' : '  '}`;
  });
  const counts = [score.correct, score.refused, score.missed, score.wrong].map((count) => String(count).padStart(6));
  console.error(
    [name.padEnd(NAME_WIDTH), String(score.n).padStart(4), ...figures.map((text) => text.padStart(11)), ...counts].join(
      ' ',
    ),
  );
}

function printErrors(results: readonly Scored[]): void {
  for (const { item, given, verdict } of results) {
    if (verdict === 'correct' || verdict === 'refused') continue;
    const query = JSON.stringify(item.query.slice(0, 110));
    const [want, got] = [item.accept.join('|') || '-', given.top.join(',')];
    console.error(verdict, item.kind, query, 'want', want, 'got', got, given.confidence.toFixed(2));
  }
}

const words = process.argv.slice(2).filter((word) => word !== '--errors');
const [file] = words;
if (words.length > 1 || file?.endsWith('.jsonl') === false)
  throw new Error('Usage: npm run faq-eval [-- --errors] [file.jsonl]');
if (file !== undefined) {
  printHead();
  printKinds(file, readQuestionFile(file));
} else if (process.stdin.isTTY || (await answerLines()) === 0) process.exitCode = scoreSets() ? 0 : 1;

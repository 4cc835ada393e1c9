// The labelled question sets, and the score of a search on them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FaqSearch } from '../src/faq/search.ts';
import type { Bucket } from './confidence/kept.ts';
import { bucketConfidence } from './confidence/kept.ts';

/** A labelled question: `accept` lists the entries that answer it, none when it must be refused. */
export type LabelledQuestion = {
  readonly id: string;
  readonly type: 'answerable' | 'oos' | 'ambiguous';
  readonly kind: string;
  readonly accept: readonly string[];
  readonly query: string;
};

/** What the bot said: the entry it answered with (null = not sure) and its three best entries. */
export type Given = { readonly answerId: string | null; readonly top: readonly string[]; readonly confidence: number };

export type Verdict = 'correct' | 'wrong' | 'refused' | 'missed';
export type Scored = { readonly item: LabelledQuestion; readonly given: Given; readonly verdict: Verdict };

export type Score = {
  readonly n: number;
  readonly helpfulness: number;
  readonly precision: number;
  readonly top1: number;
  readonly recall3: number;
  readonly refusal: number;
} & Readonly<Record<Verdict, number>>;

/** Measure what the model does: it never learns from them, though they calibrate its confidence and were looked at when it was tuned. */
export const QUESTION_SETS = ['dev', 'holdout'] as const;
/** Written by three people, each scored blind once. They are learned from now and prove nothing: decision 8 has their blind figures. */
export const LEARNED_SETS = ['blind-1', 'blind-2', 'blind-3'] as const;

/** Written by a stranger, labelled by two, scored once with the model as it is and only scored since. */
export const BLIND_SET = 'blind-4';

/** What a model must reach on each set to be shipped. */
export const BARS = { precision: 0.96, refusal: 0.97, top1: 0.93, recall3: 0.97, helpfulness: 0.8 } as const;

export function readQuestions(
  set: (typeof QUESTION_SETS)[number] | (typeof LEARNED_SETS)[number] | typeof BLIND_SET,
): LabelledQuestion[] {
  return readQuestionFile(path.join(import.meta.dirname, `questions/${set}.jsonl`));
}

/** One labelled question as JSON per line. */
export function readQuestionFile(file: string): LabelledQuestion[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabelledQuestion);
}

/** What the search says to a text, in the form that is judged. */
export function give(search: FaqSearch, query: string): Given {
  const { answer, confidence, suggestions } = search.ask(query);
  return { answerId: answer?.id ?? null, top: suggestions.map(({ id }) => id), confidence };
}

export function judge(item: LabelledQuestion, given: Given): Scored {
  if (given.answerId === null) return { item, given, verdict: item.type === 'oos' ? 'refused' : 'missed' };
  return { item, given, verdict: item.accept.includes(given.answerId) ? 'correct' : 'wrong' };
}

/**
 * Helpfulness = (correct + rightly refused − 2 × wrong) / n; precision over given answers; top1 and recall3 over answerable ones, refusal over
 * those outside. NaN where there are none of them.
 */
export function summarise(results: readonly Scored[]): Score {
  const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
  const [correct, wrong, refused] = [count('correct'), count('wrong'), count('refused')];
  const answerable = results.filter(({ item }) => item.type === 'answerable');
  const outside = results.filter(({ item }) => item.type === 'oos');
  const hits = (depth: number) =>
    share(answerable, ({ item, given }) => given.top.slice(0, depth).some((id) => item.accept.includes(id)));
  return {
    n: results.length,
    helpfulness: (correct + refused - 2 * wrong) / results.length,
    precision: correct / (correct + wrong),
    top1: hits(1),
    recall3: hits(3),
    refusal: share(outside, ({ verdict }) => verdict === 'refused'),
    correct,
    refused,
    missed: count('missed'),
    wrong,
  };
}

function share<T>(list: readonly T[], test: (item: T) => boolean): number {
  return list.filter(test).length / list.length;
}

/** Buckets of stated confidence (see `bucketConfidence`), where right means that the first entry is. */
export function confidenceBuckets(results: readonly Scored[]): Bucket[] {
  return bucketConfidence(
    results.map((result) => ({ confidence: result.given.confidence, isRight: isBestRight(result) })),
  );
}

function isBestRight({ item, given }: Scored): boolean {
  return item.accept.includes(given.top[0] ?? '');
}

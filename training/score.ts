// Scores answers on a labelled question set, and the labelled set itself.
import { readFileSync } from 'node:fs';
import path from 'node:path';

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

export function readDevelopmentSet(): LabelledQuestion[] {
  const file = path.join(import.meta.dirname, 'questions/dev.jsonl');
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabelledQuestion);
}

export function judge(item: LabelledQuestion, given: Given): Scored {
  if (given.answerId === null) return { item, given, verdict: item.type === 'oos' ? 'refused' : 'missed' };
  return { item, given, verdict: item.accept.includes(given.answerId) ? 'correct' : 'wrong' };
}

/** Helpfulness = (correct + rightly refused − 2 × wrong) / n; precision over given answers; top1 and recall3 over answerable ones. */
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
    precision: correct / Math.max(1, correct + wrong),
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
  return list.length === 0 ? 0 : list.filter(test).length / list.length;
}

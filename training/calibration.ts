// Five-fold check of the final calibration: nothing about a question is used when that question is scored.
import { fitLogistic } from './logistic.ts';
import type { Score, Scored } from './score.ts';
import { judge, summarise } from './score.ts';

const FOLDS = 5;

/**
 * Scores of answers recalibrated (shift, stretch) without the fold that they are in. The shipped calibration is first
 * undone only up to shift and stretch, which is all that it ever sets, so the folds are independent of it.
 */
export function foldedScore(results: readonly Scored[], threshold = 0.8): Score {
  const scored: Scored[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const training = results.filter((_, at) => at % FOLDS !== fold);
    const rows = training.map(({ given }) => [1, logOdds(given.confidence)]);
    const [shift = 0, stretch = 1] = fitLogistic(rows, training.map(isBestRight), 0.1);
    for (const { item, given } of results.filter((_, at) => at % FOLDS === fold)) {
      const confidence = 1 / (1 + Math.exp(-(shift + stretch * logOdds(given.confidence))));
      scored.push(
        judge(item, { ...given, confidence, answerId: confidence >= threshold ? (given.top[0] ?? null) : null }),
      );
    }
  }
  return summarise(scored);
}

function isBestRight({ item, given }: Scored): boolean {
  return item.accept.includes(given.top[0] ?? '');
}

function logOdds(chance: number): number {
  const bounded = Math.min(Math.max(chance, 1e-6), 1 - 1e-6);
  return Math.log(bounded / (1 - bounded));
}

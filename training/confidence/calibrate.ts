// The last step of learning: shifts and stretches the confidence so that what it states is what happens on the question sets.
import type { FaqModel } from '../../src/faq/classifier.ts';
import { predict } from '../../src/faq/classifier.ts';
import { confidenceSignals, rankCandidates, SIGNALS, toConfidence } from '../../src/faq/confidence.ts';
import type { Reading } from '../../src/faq/features.ts';
import { fitLogistic } from './logistic.ts';

export type Core = Pick<FaqModel, 'labels' | 'words' | 'grams' | 'usage'>;
type Weights = Readonly<Record<string, number>>;

/** Questions of which the first fits were sure say nothing about the doubtful ones, and outnumber them: the last fit leaves them out. */
const DOUBTFUL = { above: 0.4, below: 0.9 };

/** How strongly the weights learned from phrasings hold against what the questions say. */
const HOLD = 20;

/** Signals of a message, and whether the entry that comes first for it is right. */
export type Judged = { readonly signals: readonly number[]; readonly isRight: boolean };

/**
 * Weights by signal that fit the questions: first each weight, starting from the learned ones, because people's questions
 * differ from phrasings in what foreign words mean; then a shift and a stretch for all, and again for the doubtful ones of
 * strangers.
 * @param tuned questions that were looked at while the search was made: they flatter
 * @param strangers questions that the judging model had not seen
 */
export function calibrate(
  learned: readonly number[],
  tuned: readonly Judged[],
  strangers: readonly Judged[],
): Record<string, number> {
  const judged = [...tuned, ...strangers];
  const fitted = fitLogistic(
    judged.map(({ signals }) => signals),
    judged.map(({ isRight }) => isRight),
    HOLD,
    undefined,
    learned,
  );
  const first = Object.fromEntries(SIGNALS.map((name, at) => [name, fitted[at] ?? 0]));
  return refit(refit(first, judged, { above: 0, below: 1 }), strangers, DOUBTFUL);
}

/** Weights with a shift and a stretch fitted to the questions whose confidence lies between the bounds. */
export function refit(
  weights: Weights,
  judged: readonly Judged[],
  { above, below }: { above: number; below: number },
): Record<string, number> {
  const between = judged
    .map(({ signals, isRight }) => ({ chance: toConfidence(weights, signals), isRight }))
    .filter(({ chance }) => chance > above && chance < below);
  const rows = between.map(({ chance }) => [1, Math.log(chance / (1 - chance))]);
  const [shift = 0, stretch = 1] = fitLogistic(
    rows,
    between.map(({ isRight }) => isRight),
    0.1,
  );
  return Object.fromEntries(SIGNALS.map((name, at) => [name, (weights[name] ?? 0) * stretch + (at === 0 ? shift : 0)]));
}

/** Signals of a message, and the entry that comes first for it. */
export function judge(core: Core, reading: Reading): { signals: number[]; best: string } {
  const prediction = predict(core, reading);
  const [best] = rankCandidates(prediction, (label) => core.labels[label]?.startsWith('none/') === false);
  return { signals: confidenceSignals(core, prediction, reading), best: core.labels[best?.label ?? 0] ?? '' };
}

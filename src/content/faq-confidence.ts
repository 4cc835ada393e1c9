// How sure the bot may be: signals about the best entry, weighed into the probability that it is right.
import type { Reading } from './faq-features.ts';
import type { Lexicon } from './faq-lexicon.ts';
import type { FaqModel, Prediction } from './faq-model.ts';

/** Concepts that mark messages outside the FAQ: predictions, advice, other coins, injections, chatter, foreign topics. */
const WARNINGS = ['x-future', 'x-advice', 'x-coin', 'x-inject', 'x-chat', 'x-foreign'] as const;

/** Names of the signals, in the order of `confidenceSignals`; the model holds one weight for each. */
export const SIGNALS = [
  'constant',
  'mean',
  'weakest',
  'margin',
  'none',
  'agreement',
  'linear',
  'unknown',
  'length',
  'domain',
  ...WARNINGS,
] as const;

/** An entry of the model and its probability. */
export type Candidate = { readonly label: number; readonly probability: number };

/** The labels that `isCandidate` admits, the most probable first. */
export function rankCandidates(prediction: Prediction, isCandidate: (label: number) => boolean): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [label, probability] of prediction.mean.entries()) {
    if (isCandidate(label)) candidates.push({ label, probability });
  }
  return candidates.toSorted((a, b) => b.probability - a.probability);
}

/** Signals of the best candidate, in the order of `SIGNALS`. */
export function confidenceSignals(
  { labels }: Pick<FaqModel, 'labels'>,
  prediction: Prediction,
  reading: Reading,
  lexicon: Pick<Lexicon, 'names'>,
): number[] {
  const isNone = (label: number) => labels[label]?.startsWith('none/') ?? true;
  const [best, second] = rankCandidates(prediction, (label) => !isNone(label));
  const label = best?.label ?? 0;
  const first = best?.probability ?? 0;
  const none = prediction.mean.reduce((sum, value, at) => (isNone(at) ? sum + value : sum), 0);
  const weakest = Math.min(...prediction.parts.map((part) => part[label] ?? 0));
  const agreeing = prediction.parts.filter((part) =>
    part.every((value, at) => isNone(at) || value <= (part[label] ?? 0)),
  );
  const concepts = reading.concepts.map((concept) => lexicon.names[concept] ?? '');
  return [
    1,
    logOdds(first),
    logOdds(weakest),
    Math.log((first + 1e-4) / ((second?.probability ?? 0) + 1e-4)),
    logOdds(none),
    agreeing.length,
    first,
    reading.unknown / Math.max(1, reading.words.length),
    Math.log(1 + reading.words.length),
    concepts.some((name) => !/^[xq]-/u.test(name)) ? 1 : 0,
    ...WARNINGS.map((name) => (concepts.includes(name) ? 1 : 0)),
  ];
}

/** Probability that the best candidate answers the message. */
export function toConfidence(weights: Readonly<Record<string, number>>, signals: readonly number[]): number {
  const score = SIGNALS.reduce((sum, name, at) => sum + (weights[name] ?? 0) * (signals[at] ?? 0), 0);
  return 1 / (1 + Math.exp(-score));
}

function logOdds(probability: number): number {
  return Math.log(Math.max(probability, 1e-4) / Math.max(1 - probability, 1e-4));
}

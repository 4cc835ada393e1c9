// How sure the bot may be: signals about the best entry, weighed into the probability that it is right.
import { fnv1a } from '../base/hash.ts';
import type { Reading } from './features.ts';
import { STOP_WORDS } from './features.ts';
import type { FaqModel, Prediction } from './classifier.ts';

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
  'corrected',
  'length',
  'domain',
  'strange',
  'strangest',
  'strange-none',
  'foreign-coin',
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
  model: Pick<FaqModel, 'labels' | 'words' | 'usage'>,
  prediction: Prediction,
  reading: Reading,
): number[] {
  const isNone = (label: number) => model.labels[label]?.startsWith('none/') ?? true;
  const [best, second] = rankCandidates(prediction, (label) => !isNone(label));
  const [bestNone] = rankCandidates(prediction, isNone);
  const label = best?.label ?? 0;
  const first = best?.probability ?? 0;
  const none = prediction.mean.reduce((sum, value, at) => (isNone(at) ? sum + value : sum), 0);
  const weakest = Math.min(...prediction.parts.map((part) => part[label] ?? 0));
  const agreeing = prediction.parts.filter((part) =>
    part.every((value, at) => isNone(at) || value <= (part[label] ?? 0)),
  );
  const strange = strangeness(model, reading, label);
  const surprises = WARNINGS.map((name) => surprise(model, reading, name, label));
  const { concepts } = reading;
  const isOurs = concepts.includes('tao') || concepts.includes('bittensor');
  return [
    1,
    logOdds(first),
    logOdds(weakest),
    Math.log((first + 1e-4) / ((second?.probability ?? 0) + 1e-4)),
    logOdds(none),
    agreeing.length,
    first,
    (reading.unknown - reading.corrected) / Math.max(1, reading.words.length),
    reading.corrected / Math.max(1, reading.words.length),
    Math.log(1 + reading.words.length),
    concepts.some((name) => !/^[xq]-/u.test(name)) ? 1 : 0,
    strange.share,
    strange.largest,
    strange.share - strangeness(model, reading, bestNone?.label ?? 0).share,
    isOurs ? 0 : (surprises[WARNINGS.indexOf('x-coin')] ?? 0),
    ...surprises,
  ];
}

/** How much of the message no phrasing of the label uses: share by weight, and the most telling such word. */
function strangeness(
  { labels, words, usage }: Pick<FaqModel, 'labels' | 'words' | 'usage'>,
  reading: Reading,
  label: number,
) {
  let total = 0;
  let strange = 0;
  let largest = 0;
  for (const word of new Set(reading.stems)) {
    if (STOP_WORDS.has(word)) continue;
    const row = words.dictionary.rows.get(fnv1a(`w ${word}`));
    const weight = row === undefined ? usage.rarest : (words.dictionary.weights[row] ?? 0);
    total += weight;
    if (row !== undefined && (usage.counts[row * labels.length + label] ?? 0) > 0) continue;
    strange += weight;
    largest = Math.max(largest, weight);
  }
  return { share: strange / Math.max(total, 1), largest: largest / usage.rarest };
}

/** How rarely phrasings of the label hold this concept (0 = always, about 5 = never); 0 when the message does not hold it. */
function surprise(
  { labels, words, usage }: Pick<FaqModel, 'labels' | 'words' | 'usage'>,
  reading: Reading,
  concept: string,
  label: number,
): number {
  if (!reading.concepts.includes(concept)) return 0;
  const row = words.dictionary.rows.get(fnv1a(`c ${concept}`));
  const count = row === undefined ? 0 : (usage.counts[row * labels.length + label] ?? 0);
  return -Math.log((count + 1) / ((usage.sizes[label] ?? 0) + 1));
}

/** Probability that the best candidate answers the message. */
export function toConfidence(weights: Readonly<Record<string, number>>, signals: readonly number[]): number {
  const score = SIGNALS.reduce((sum, name, at) => sum + (weights[name] ?? 0) * (signals[at] ?? 0), 0);
  return 1 / (1 + Math.exp(-score));
}

function logOdds(probability: number): number {
  return Math.log(Math.max(probability, 1e-4) / Math.max(1 - probability, 1e-4));
}

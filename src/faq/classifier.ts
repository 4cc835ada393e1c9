// The learned part of the FAQ: two linear classifiers, one over words and concepts, one over character n-grams.
import { fnv1a } from '../base/hash.ts';
import type { Reading } from './features.ts';
import { gramFeatures, wordFeatures } from './features.ts';
import type { NumbersByHash } from './numbers-by-hash.ts';
import type { SparseRows } from './sparse-rows.ts';
import type { Dictionary, Sparse } from './vectors.ts';
import { toVector } from './vectors.ts';

/** A softmax over all labels; a weight is the step in the row of the feature and the column of the label, times `scale`. */
export type Layer = {
  readonly dictionary: Dictionary;
  readonly weights: SparseRows;
  readonly scale: number;
  readonly bias: Float32Array;
};

/** Which words and concepts the phrasings of each label use. The dictionary of `words` holds them in its first rows. */
export type Usage = {
  /** Phrasings by label. */
  readonly sizes: readonly number[];
  /** Weight (inverse document frequency) of the rarest word: what a word that no phrasing holds counts. */
  readonly rarest: number;
  /** Phrasings of a label that hold the word or concept, at most 255: `counts[row * labels + label]`. */
  readonly counts: Uint8Array;
};

export type FaqModel = {
  /** Entry ids, and `none/<kind>` for messages that no entry answers. */
  readonly labels: readonly string[];
  /** Known words, the most common first: the targets of spelling correction. */
  readonly vocabulary: readonly string[];
  /** Stems of the words that entries, phrasings and lexicon use. */
  readonly stems: Readonly<Record<string, string>>;
  readonly words: Layer;
  readonly grams: Layer;
  readonly usage: Usage;
  /** Label by the hash of a known wording (see `wordingHash`): questions asked exactly like one of the phrasings. */
  readonly wordings: NumbersByHash;
  /** Logistic weights by signal: see `confidence.ts`. */
  readonly confidence: Readonly<Record<string, number>>;
  /** Confidence from which an answer is given. */
  readonly threshold: number;
  /** Fingerprints of what was learned from, by kind: see `training/inputs.ts`. The search works with a stale model, too. */
  readonly inputs: Readonly<Record<string, string>>;
};

/** Key of a message in `wordings`: its words, whatever the marks, capitals and greetings. */
export function wordingHash(reading: Reading): number {
  return fnv1a(reading.words.join(' '));
}

/** Probabilities by label: of each classifier, and their mean. */
export type Prediction = { readonly mean: Float32Array; readonly parts: readonly Float32Array[] };

export function predict(model: Pick<FaqModel, 'words' | 'grams'>, reading: Reading): Prediction {
  const words = layerProbabilities(model.words, toVector(model.words.dictionary, wordFeatures(reading)));
  const grams = layerProbabilities(model.grams, toVector(model.grams.dictionary, gramFeatures(reading)));
  return { mean: words.map((value, label) => (value + (grams[label] ?? 0)) / 2), parts: [words, grams] };
}

export function layerProbabilities(layer: Layer, vector: Sparse): Float32Array {
  const scores = new Float32Array(layer.bias.length);
  const { starts, columns, steps } = layer.weights;
  for (let at = 0; at < vector.indices.length; at++) {
    const value = vector.values[at] as number;
    const row = vector.indices[at] as number;
    const end = starts[row + 1] as number;
    for (let place = starts[row] as number; place < end; place++) {
      const label = columns[place] as number;
      scores[label] = (scores[label] as number) + value * (steps[place] as number);
    }
  }
  return softmax(scores.map((score, label) => score * layer.scale + (layer.bias[label] as number)));
}

function softmax(scores: Float32Array): Float32Array {
  const top = scores.reduce((largest, score) => Math.max(largest, score), -Infinity);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

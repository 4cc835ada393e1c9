// From phrasings to the shipped form of a classifier: a dictionary of features and weights as bytes.
import { fnv1a } from '../src/base/hash.ts';
import type { Layer, Usage } from '../src/faq/classifier.ts';
import { toSparseRows } from '../src/faq/sparse-rows.ts';
import type { Dictionary } from '../src/faq/vectors.ts';
import { toVector } from '../src/faq/vectors.ts';
import type { FitOptions, Linear } from './fit.ts';
import { fitLinear } from './fit.ts';

/**
 * Features of enough messages, with inverse document frequency. Words (`w`) and concepts (`c`) come first and need two
 * messages; everything else (pairs, neighbours, n-grams) is plentiful and needs three.
 */
function buildDictionary(messages: readonly (readonly string[])[]): Dictionary {
  const counts = new Map<string, number>();
  for (const features of messages) {
    for (const feature of new Set(features)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const rows = new Map<number, number>();
  const weights: number[] = [];
  const isFirst = (feature: string) => /^[wc] /u.test(feature);
  const ordered = [...counts].toSorted(([a], [b]) => Number(isFirst(b)) - Number(isFirst(a)));
  for (const [feature, count] of ordered) {
    const hash = fnv1a(feature);
    if (count < (isFirst(feature) ? 2 : 3) || rows.has(hash)) continue;
    rows.set(hash, weights.length);
    weights.push(1 + Math.log(messages.length / count));
  }
  return { rows, weights: Float32Array.from(weights) };
}

/** Counts which words and concepts the messages of each label use. */
export function countUsage(
  dictionary: Dictionary,
  messages: readonly (readonly string[])[],
  labelOf: readonly number[],
  labels: number,
): Usage {
  const sizes = Array.from({ length: labels }, () => 0);
  const places: number[] = [];
  for (const [at, features] of messages.entries()) {
    const label = labelOf[at] ?? 0;
    sizes[label] = (sizes[label] ?? 0) + 1;
    for (const feature of new Set(features)) {
      const row = /^[wc] /u.test(feature) ? dictionary.rows.get(fnv1a(feature)) : undefined;
      if (row !== undefined) places.push(row * labels + label);
    }
  }
  const last = places.reduce((largest, place) => Math.max(largest, place), 0);
  const counts = new Uint8Array((Math.floor(last / labels) + 1) * labels);
  for (const place of places) counts[place] = Math.min(255, (counts[place] ?? 0) + 1);
  const rarest = dictionary.weights.reduce((largest, weight) => Math.max(largest, weight), 0);
  return { sizes, rarest, counts };
}

/** Learns one classifier from messages (as features) and their labels. */
export function trainLayer(
  messages: readonly (readonly string[])[],
  labels: readonly number[],
  options: Omit<FitOptions, 'rows'>,
): Layer {
  const dictionary = buildDictionary(messages);
  const examples = messages.map((features, at) => ({ ...toVector(dictionary, features), label: labels[at] ?? 0 }));
  return packLayer(dictionary, fitLinear(examples, { ...options, rows: dictionary.weights.length }));
}

/** Steps of the shipped weights on each side of zero; the few weights beyond them keep their size, up to 127 steps. */
const STEPS = 32;
/** Smaller weights, in steps, become zero: they hardly move a probability, and are most of the file. */
const SMALLEST = 2.2;

/**
 * Small whole numbers instead of floats, with one step width for all. Adding the same number to all labels of a row changes
 * no probability, so each row is first moved until its middle weight is zero: then most weights are small.
 */
function packLayer(dictionary: Dictionary, { weights, bias }: Linear): Layer {
  const centred = centreRows(weights, bias.length);
  const sizes = centred.map(Math.abs).toSorted();
  const scale = (sizes[Math.floor(sizes.length * 0.9998)] ?? 1) / STEPS;
  const steps = Int8Array.from(centred, (weight) => {
    const size = weight / scale;
    return Math.abs(size) < SMALLEST ? 0 : Math.max(-127, Math.min(127, Math.round(size)));
  });
  return { dictionary, weights: toSparseRows(steps, bias.length), scale, bias };
}

function centreRows(weights: Float32Array, labels: number): Float32Array {
  const centred = new Float32Array(weights.length);
  for (let start = 0; start < weights.length; start += labels) {
    const row = weights.subarray(start, start + labels);
    const middle = row.toSorted()[labels >> 1] ?? 0;
    centred.set(
      row.map((weight) => weight - middle),
      start,
    );
  }
  return centred;
}

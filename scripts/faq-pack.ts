// From phrasings to the shipped form of a classifier: a dictionary of features and weights as bytes.
import type { Layer } from '../src/content/faq-model.ts';
import type { Dictionary } from '../src/content/faq-vectors.ts';
import { hashFeature, toVector } from '../src/content/faq-vectors.ts';
import type { FitOptions, Linear } from './faq-fit.ts';
import { fitLinear } from './faq-fit.ts';

/** Features of at least `least` messages, with inverse document frequency. */
export function buildDictionary(messages: readonly (readonly string[])[], least: number): Dictionary {
  const counts = new Map<string, number>();
  for (const features of messages) {
    for (const feature of new Set(features)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const rows = new Map<number, number>();
  const weights: number[] = [];
  for (const [feature, count] of counts) {
    const hash = hashFeature(feature);
    if (count < least || rows.has(hash)) continue;
    rows.set(hash, weights.length);
    weights.push(1 + Math.log(messages.length / count));
  }
  return { rows, weights: Float32Array.from(weights) };
}

/** Learns one classifier from messages (as features) and their labels. */
export function trainLayer(
  messages: readonly (readonly string[])[],
  labels: readonly number[],
  options: Omit<FitOptions, 'rows'> & { readonly least: number },
): Layer {
  const dictionary = buildDictionary(messages, options.least);
  const examples = messages.map((features, at) => ({ ...toVector(dictionary, features), label: labels[at] ?? 0 }));
  return packLayer(dictionary, fitLinear(examples, { ...options, rows: dictionary.weights.length }));
}

/** Bytes instead of floats, with one scale for all: small weights become zero, which also makes the file small. */
function packLayer(dictionary: Dictionary, { weights, bias }: Linear): Layer {
  const sizes = weights.map(Math.abs).toSorted();
  // The few weights beyond this are clipped, for finer steps in all the others.
  const largest = sizes[Math.floor(sizes.length * 0.9998)] ?? 1;
  const scale = largest / 127;
  const bytes = Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / scale))));
  return { dictionary, weights: bytes, scale, bias };
}

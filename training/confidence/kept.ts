// Whether stated confidence is what happens, on people's questions that the judging model had not seen: kept beside the model.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toConfidence } from '../../src/faq/confidence.ts';
import type { Judged } from './calibrate.ts';

/** Questions of one tenth of confidence: how many, the mean of what was stated, and the share in which the first entry was right. */
export type Bucket = { readonly tenth: number; readonly n: number; readonly stated: number; readonly right: number };

/** What the last training wrote; `model` is the start of the SHA-256 of the model file that it belongs to. */
export type Kept = { readonly model: string; readonly buckets: readonly Bucket[] };

const KEPT_FILE = path.join(import.meta.dirname, 'kept.json');

export function bucketConfidence(
  results: readonly { readonly confidence: number; readonly isRight: boolean }[],
): Bucket[] {
  const tenths = Map.groupBy(results, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)));
  return [...tenths]
    .map(([tenth, alike]) => ({
      tenth,
      n: alike.length,
      stated: alike.reduce((sum, { confidence }) => sum + confidence, 0) / alike.length,
      right: alike.filter(({ isRight }) => isRight).length / alike.length,
    }))
    .toSorted((a, b) => a.tenth - b.tenth);
}

/** Buckets of the shipped weights on questions judged by models of the other lines. */
export function keptConfidence(weights: Readonly<Record<string, number>>, judged: readonly Judged[]): Bucket[] {
  return bucketConfidence(
    judged.map(({ signals, isRight }) => ({ confidence: toConfidence(weights, signals), isRight })),
  );
}

export function writeKept(model: Uint8Array, buckets: readonly Bucket[]): void {
  const round = (value: number) => Number(value.toFixed(4));
  const rounded = buckets.map(({ tenth, n, stated, right }) => ({
    tenth,
    n,
    stated: round(stated),
    right: round(right),
  }));
  writeFileSync(KEPT_FILE, `${JSON.stringify({ model: modelHash(model), buckets: rounded }, null, 2)}\n`);
}

export function readKept(): Kept {
  return JSON.parse(readFileSync(KEPT_FILE, 'utf8')) as Kept;
}

/** Start of the SHA-256 of a model file. */
export function modelHash(model: Uint8Array): string {
  return createHash('sha256').update(model).digest('hex').slice(0, 16);
}

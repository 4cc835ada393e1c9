// The learning itself: a linear softmax over sparse vectors, by AdaGrad, the same every time.
import { mulberry32 } from '../src/base/hash.ts';
import type { Sparse } from '../src/faq/vectors.ts';

/** A vector with the number of the right label. */
export type Example = Sparse & { readonly label: number };

export type FitOptions = {
  readonly rows: number;
  readonly labels: number;
  readonly epochs: number;
  readonly rate: number;
  /** Pull of touched weights towards zero. */
  readonly decay: number;
  readonly seed: number;
};

/** Weights by row: `weights[row * labels + label]`. */
export type Linear = { readonly weights: Float32Array; readonly bias: Float32Array };

/** Errors below this are not worth an update: most labels are far away from most messages, and skipping them is most of the speed. */
const SMALLEST_ERROR = 0.002;

export function fitLinear(examples: readonly Example[], options: FitOptions): Linear {
  const { rows, labels, epochs } = options;
  const weights = new Float32Array(rows * labels);
  const squares = new Float32Array(rows * labels).fill(1e-3);
  const bias = new Float32Array(labels);
  const random = mulberry32(options.seed);
  const errors = new Float32Array(labels);
  const touched = new Uint16Array(labels);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = options.rate * (1.05 - epoch / epochs);
    for (const example of shuffle(examples, random)) {
      addScores(weights, bias, example, errors);
      softmaxInPlace(errors);
      const count = keepErrors(errors, touched, example.label);
      for (let at = 0; at < count; at++) {
        const label = touched[at] as number;
        bias[label] = (bias[label] as number) - rate * 0.02 * (errors[at] as number);
      }
      update(weights, squares, example, { errors, touched, count, labels, rate, decay: options.decay });
    }
  }
  return { weights, bias };
}

function addScores(weights: Float32Array, bias: Float32Array, { indices, values }: Sparse, scores: Float32Array): void {
  const labels = bias.length;
  scores.set(bias);
  for (let at = 0; at < indices.length; at++) {
    const start = (indices[at] as number) * labels;
    const value = values[at] as number;
    for (let label = 0; label < labels; label++) {
      scores[label] = (scores[label] as number) + value * (weights[start + label] as number);
    }
  }
}

/** Moves the errors that matter to the front of `errors`, their labels to `touched`; returns how many. */
function keepErrors(errors: Float32Array, touched: Uint16Array, right: number): number {
  let count = 0;
  for (let label = 0; label < errors.length; label++) {
    const error = (errors[label] as number) - (label === right ? 1 : 0);
    if (Math.abs(error) < SMALLEST_ERROR) continue;
    errors[count] = error;
    touched[count++] = label;
  }
  return count;
}

type Step = {
  readonly errors: Float32Array;
  readonly touched: Uint16Array;
  readonly count: number;
  readonly labels: number;
  readonly rate: number;
  readonly decay: number;
};

function update(weights: Float32Array, squares: Float32Array, { indices, values }: Sparse, step: Step): void {
  const { errors, touched, count, labels, rate, decay } = step;
  for (let at = 0; at < indices.length; at++) {
    const start = (indices[at] as number) * labels;
    const value = values[at] as number;
    for (let index = 0; index < count; index++) {
      const place = start + (touched[index] as number);
      const slope = value * (errors[index] as number) + decay * (weights[place] as number);
      const square = (squares[place] as number) + slope * slope;
      squares[place] = square;
      weights[place] = (weights[place] as number) - (rate * slope) / Math.sqrt(square);
    }
  }
}

function softmaxInPlace(scores: Float32Array): void {
  let top = -Infinity;
  for (const score of scores) if (score > top) top = score;
  let sum = 0;
  for (let at = 0; at < scores.length; at++) {
    const power = Math.exp((scores[at] as number) - top);
    scores[at] = power;
    sum += power;
  }
  for (let at = 0; at < scores.length; at++) scores[at] = (scores[at] as number) / sum;
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}

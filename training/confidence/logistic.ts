// Logistic regression with few inputs, by Newton's method: turns signals into a probability of being right.

/**
 * Weights for rows of inputs (the first input should be constant 1), with a ridge on all but the first.
 * @param importance what each row counts (default 1)
 * @param prior weights to which the ridge pulls (default 0)
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  isRight: readonly boolean[],
  ridge: number,
  importance?: readonly number[],
  prior?: readonly number[],
): number[] {
  const size = rows[0]?.length ?? 0;
  const spread = Array.from({ length: size }, (_, column) => deviation(rows.map((row) => row[column] ?? 0)));
  const weights = Array.from({ length: size }, () => 0);
  for (let round = 0; round < 30; round++) {
    const slope = weights.map((weight, at) => (weight - (prior?.[at] ?? 0)) * ridge * strength(at, spread));
    const curve = weights.map((_, row) =>
      weights.map((_weight, column) => (row === column ? ridge * strength(row, spread) + 1e-6 : 0)),
    );
    for (const [index, row] of rows.entries()) {
      const chance = 1 / (1 + Math.exp(-dot(weights, row)));
      const weight = importance?.[index] ?? 1;
      const error = weight * (chance - (isRight[index] === true ? 1 : 0));
      const doubt = weight * chance * (1 - chance);
      for (let a = 0; a < size; a++) {
        slope[a] = (slope[a] ?? 0) + error * (row[a] ?? 0);
        const line = curve[a] ?? [];
        for (let b = 0; b < size; b++) line[b] = (line[b] ?? 0) + doubt * (row[a] ?? 0) * (row[b] ?? 0);
      }
    }
    for (const [at, step] of solve(curve, slope).entries()) weights[at] = (weights[at] ?? 0) - step;
  }
  return weights;
}

// The ridge acts on inputs as if they were scaled to deviation one; the constant is free.
function strength(at: number, spread: readonly number[]): number {
  return at === 0 ? 0 : (spread[at] ?? 1) ** 2;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Gaussian elimination with row exchange. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
    const line = rows[column] ?? [];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = (rows[row]?.[column] ?? 0) / (line[column] || 1e-12);
      for (let at = column; at <= size; at++) (rows[row] ?? [])[at] = (rows[row]?.[at] ?? 0) - factor * (line[at] ?? 0);
    }
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] || 1e-12));
}

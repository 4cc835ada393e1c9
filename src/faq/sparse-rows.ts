// A table of small whole numbers, most of them zero, without its zeros (compressed sparse rows).

/** Row `r` has `steps[i]` in column `columns[i]` for each `i` from `starts[r]` up to `starts[r + 1]`; all else is zero. */
export type SparseRows = {
  readonly starts: Uint32Array;
  readonly columns: Uint8Array | Uint16Array;
  readonly steps: Int8Array;
};

/** @param dense rows of `width` columns, one after the other; at most 65,536 columns */
export function toSparseRows(dense: Int8Array, width: number): SparseRows {
  let count = 0;
  for (let place = 0; place < dense.length; place++) if (dense[place] !== 0) count++; // a callback for ten million places takes long
  const starts = new Uint32Array(Math.ceil(dense.length / width) + 1);
  const columns = width <= 256 ? new Uint8Array(count) : new Uint16Array(count);
  const steps = new Int8Array(count);
  let filled = 0;
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let column = 0; column < width; column++) {
      const step = dense[row * width + column] ?? 0;
      if (step === 0) continue;
      columns[filled] = column;
      steps[filled++] = step;
    }
    starts[row + 1] = filled;
  }
  return { starts, columns, steps };
}

/** The same table with its zeros, as the model file has it. */
export function toDenseRows({ starts, columns, steps }: SparseRows, width: number): Int8Array {
  const dense = new Int8Array((starts.length - 1) * width);
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++)
      dense[row * width + (columns[at] ?? 0)] = steps[at] ?? 0;
  }
  return dense;
}

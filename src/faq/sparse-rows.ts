// A table of small whole numbers, most of them zero, without its zeros (compressed sparse rows).
import { atOnce, type Pieces } from '../base/turns.ts';

/** Places looked at in one piece: about two milliseconds. */
const PLACES = 2 ** 20;

/** Row `r` has `steps[i]` in column `columns[i]` for each `i` from `starts[r]` up to `starts[r + 1]`; all else is zero. */
export type SparseRows = {
  readonly starts: Uint32Array;
  readonly columns: Uint8Array | Uint16Array;
  readonly steps: Int8Array;
};

/** @param dense rows of `width` columns, one after the other; at most 65,536 columns */
export function toSparseRows(dense: Int8Array, width: number): SparseRows {
  return atOnce(sparseRowsInPieces(dense, width));
}

/** The same in pieces: the shipped model has eleven million places. */
export function* sparseRowsInPieces(dense: Int8Array, width: number): Pieces<SparseRows> {
  let count = 0;
  for (let from = 0; from < dense.length; from += PLACES) {
    count += countSteps(dense, from, Math.min(from + PLACES, dense.length));
    yield;
  }
  const rows = Math.ceil(dense.length / width);
  const table: SparseRows = {
    starts: new Uint32Array(rows + 1),
    columns: width <= 256 ? new Uint8Array(count) : new Uint16Array(count),
    steps: new Int8Array(count),
  };
  const rowsAtOnce = Math.ceil(PLACES / width);
  for (let row = 0; row < rows; row += rowsAtOnce) {
    fillRows(table, { dense, width, row, end: Math.min(row + rowsAtOnce, rows) });
    yield;
  }
  return table;
}

/** Places between `from` and `end` that are not zero; a callback for each would take long. */
function countSteps(dense: Int8Array, from: number, end: number): number {
  let count = 0;
  for (let place = from; place < end; place++) if (dense[place] !== 0) count++;
  return count;
}

type Part = { dense: Int8Array; width: number; row: number; end: number };

function fillRows({ starts, columns, steps }: SparseRows, { dense, width, row: first, end }: Part): void {
  let filled = starts[first] as number;
  for (let row = first; row < end; row++) {
    for (let column = 0; column < width; column++) {
      const step = dense[row * width + column] ?? 0;
      if (step === 0) continue;
      columns[filled] = column;
      steps[filled++] = step;
    }
    starts[row + 1] = filled;
  }
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

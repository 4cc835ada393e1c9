// Numbers by a 32-bit hash in two sorted typed arrays: eight bytes each, where a map with boxed keys takes fifty.

/** What a look-up needs; a `Map` is one, too. */
export type NumbersByHash = Pick<ReadonlyMap<number, number>, 'get' | 'size' | 'entries'>;

/** Hash and number share one float64, which holds whole numbers up to 2^53. */
const NUMBERS = 2 ** 20;

/**
 * A table that never changes. `numbers[at]` belongs to `hashes[at]`, whole numbers from 0 to 2^20 - 1; of a hash that is there twice the
 * larger number counts. @throws RangeError for other numbers
 */
export function numbersByHash(hashes: Uint32Array, numbers: ArrayLike<number>): NumbersByHash {
  return sortedTable(sortedPairs(hashes, numbers));
}

function sortedPairs(hashes: Uint32Array, numbers: ArrayLike<number>): Float64Array {
  const pairs = new Float64Array(hashes.length);
  for (let at = 0; at < pairs.length; at++) {
    const number = numbers[at] ?? 0;
    if (number >= NUMBERS) throw new RangeError(`${number} is too large for the table`);
    pairs[at] = (hashes[at] as number) * NUMBERS + number;
  }
  return pairs.sort();
}

/** A function of its own, so that the table holds on to nothing that it was made of. */
function sortedTable(pairs: Float64Array): NumbersByHash {
  const keys = new Uint32Array(pairs.length);
  const values = new Uint32Array(pairs.length);
  for (let at = 0; at < pairs.length; at++) {
    const pair = pairs[at] as number;
    keys[at] = Math.floor(pair / NUMBERS);
    values[at] = pair % NUMBERS;
  }
  return {
    size: keys.length,
    get(hash) {
      let from = 0;
      let to = keys.length; // the last place with a key of at most `hash` is before this one
      while (from < to) {
        const middle = (from + to) >>> 1;
        if ((keys[middle] as number) <= hash) from = middle + 1;
        else to = middle;
      }
      return keys[from - 1] === hash ? values[from - 1] : undefined;
    },
    *entries() {
      for (const [at, key] of keys.entries()) yield [key, values[at] ?? 0] as [number, number];
      return undefined;
    },
  };
}

// Numbers by a 32-bit hash in sorted typed arrays, found by the first bits of the hash: some twelve bytes each, where a map with boxed keys takes fifty.

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
  const shift = 32 - Math.max(1, Math.ceil(Math.log2(Math.max(2, keys.length)))); // about one key for each group
  const ends = groupEnds(keys, shift);
  return {
    size: keys.length,
    get(hash) {
      const group = hash >>> shift;
      const first = group === 0 ? 0 : (ends[group - 1] as number);
      for (let at = (ends[group] as number) - 1; at >= first; at--) if (keys[at] === hash) return values[at];
      return undefined;
    },
    *entries() {
      for (const [at, key] of keys.entries()) yield [key, values[at] ?? 0] as [number, number];
      return undefined;
    },
  };
}

/** Keys whose first bits are the same are a group. `ends[group]`: the place behind its last key. */
function groupEnds(keys: Uint32Array, shift: number): Uint32Array {
  const ends = new Uint32Array(2 ** (32 - shift));
  for (const key of keys) ends[key >>> shift] = (ends[key >>> shift] as number) + 1;
  for (let group = 1; group < ends.length; group++) ends[group] = (ends[group] as number) + (ends[group - 1] as number);
  return ends;
}

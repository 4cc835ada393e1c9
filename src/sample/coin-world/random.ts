// Random choices that are the same at every run, so that the coin world is always the same one.
import { mulberry32 } from '../../base/hash.ts';

export type Random = {
  /** In [0, 1). */
  next(): number;
  pick<T>(items: readonly T[]): T;
  /** An item by its share: `[['a', 3], ['b', 1]]` gives "a" three times out of four. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
};

export function createRandom(seed: number): Random {
  const next = mulberry32(seed);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return {
    next,
    pick,
    weighted(items) {
      let left = next() * items.reduce((sum, [, share]) => sum + share, 0);
      for (const [item, share] of items) if ((left -= share) < 0) return item;
      return pick(items)[0];
    },
  };
}

// The lots of a seed.
import { mulberry32 } from '../../src/base/hash.ts';

export type Random = {
  chance(part: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** A whole number from `from` to below `to`. */
  between(from: number, to: number): number;
};

export function createRandom(seed: number): Random {
  const next = mulberry32(seed);
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from));
  return {
    chance: (part) => next() < part,
    pick: (values) => {
      const [chosen] = values.slice(between(0, values.length));
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
    between,
  };
}

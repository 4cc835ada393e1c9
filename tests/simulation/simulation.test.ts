// Seeds of trouble end with every promise kept; and the same oracle finds each mistake that is put back.
import { describe, expect, it } from 'vitest';
import { PLANTED } from './mistakes/planted.ts';
import { simulate } from './simulate.ts';

const SEEDS = 200;
/** A mistake that is put back is found much earlier: the tenth seed finds the most hidden one. */
const MOST_TO_FIND = 40;

it(
  `${SEEDS} seeds: posted once, told once or on record as missed, no false number, nothing left over`,
  { timeout: 900_000 },
  async () => {
    const seen = { kills: 0, stands: 0, posts: 0, alerts: 0 };
    const faults = new Map<string, number>();
    const broken: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const outcome = await simulate(seed);
      broken.push(...outcome.problems.map((problem) => `seed ${seed}: ${problem}`));
      for (const what of ['kills', 'stands', 'posts', 'alerts'] as const) seen[what] += outcome[what];
      for (const [way, times] of Object.entries(outcome.faults)) faults.set(way, (faults.get(way) ?? 0) + times);
    }
    expect(broken).toEqual([]);
    // … and enough happened for that to mean something.
    expect(seen.kills).toBeGreaterThan(SEEDS / 2);
    expect(seen.stands).toBeGreaterThan(SEEDS / 2);
    expect(seen.posts).toBeGreaterThan(6 * SEEDS);
    expect(seen.alerts).toBeGreaterThan(SEEDS);
    expect(faults.size).toBe(12);
    expect(Math.min(...faults.values())).toBeGreaterThan(SEEDS / 10);
  },
);

describe('a mistake that is put back', () => {
  it.each(PLANTED)('%s is found', { timeout: 300_000 }, async (planted) => {
    let found = 0;
    for (let seed = 1; seed <= MOST_TO_FIND && found === 0; seed++)
      if ((await simulate(seed, { planted })).problems.length > 0) found = seed;
    expect(found).toBeGreaterThan(0);
  });
});

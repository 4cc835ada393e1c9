// A market memory that lives in a Map, for tests; hand the same one to a second market to play a restart.
import type { MarketMemory } from '../../../src/base/memory.ts';

export type FakeMemory = MarketMemory & {
  rows: Map<string, { key: string; json: string; at: number }>;
  /** Calls per "source day". */
  spent: Map<string, number>;
};

export function createMemory(): FakeMemory {
  const rows: FakeMemory['rows'] = new Map();
  const spent: FakeMemory['spent'] = new Map();
  return {
    rows,
    spent,
    loadQuotes: (prefix = '') => Promise.resolve([...rows.values()].filter(({ key }) => key.startsWith(prefix))),
    saveQuotes(saved) {
      for (const row of saved) rows.set(row.key, row);
      return Promise.resolve();
    },
    creditsOf(source, month) {
      const days = [...spent].filter(([key]) => key.startsWith(`${source} ${month}-`));
      return Promise.resolve(days.reduce((sum, [, calls]) => sum + calls, 0));
    },
    spend(source, day, calls) {
      const key = `${source} ${day}`;
      spent.set(key, (spent.get(key) ?? 0) + calls);
      return Promise.resolve();
    },
  };
}

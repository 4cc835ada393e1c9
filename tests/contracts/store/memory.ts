// What the market and others keep over restarts, on every engine.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMeta } from '../../../src/store/key-value.ts';
import { createMarketMemory } from '../../../src/store/market-memory.ts';
import type { OpenProcesses, Processes } from './processes.ts';

export function memoryContract(open: OpenProcesses): void {
  let processes: Processes;
  beforeEach(async () => {
    processes = await open();
  });
  afterEach(() => processes.close());

  it('counts credits by month and adds up what several processes spend', async () => {
    const memory = createMarketMemory(processes.all[0]);
    await Promise.all(Array.from({ length: 10 }, () => memory.spend('coingecko', '2026-11-22', 1)));
    await memory.spend('coingecko', '2026-11-30', 5);
    await memory.spend('coingecko', '2026-12-01', 100);
    await memory.spend('kraken', '2026-11-22', 7);
    expect(await memory.creditsOf('coingecko', '2026-11')).toBe(15);
  });

  it('keeps the last good values, the newer one of two, over a restart', async () => {
    await createMarketMemory(processes.all[0]).saveQuotes([
      { key: 'usd:bittensor', json: '{"price":1}', at: 1_795_000_000_000 },
      { key: "usd:'; DROP TABLE quote;--", json: '{}', at: 1 },
    ]);
    await createMarketMemory(processes.all[0]).saveQuotes([
      { key: 'usd:bittensor', json: '{"price":2}', at: 1_795_000_060_000 },
    ]);
    const rows = await createMarketMemory(await processes.restart()).loadQuotes();
    expect(rows).toHaveLength(2);
    expect(rows.find((row) => row.key === 'usd:bittensor')).toEqual({
      key: 'usd:bittensor',
      json: '{"price":2}',
      at: 1_795_000_060_000,
    });
  });

  it('remembers small facts by name', async () => {
    const meta = createMeta(processes.all[0]);
    await meta.set('a', '1');
    await meta.set('a', '2');
    expect(await meta.get('a')).toBe('2');
    expect(await meta.get('b')).toBeUndefined();
  });
}

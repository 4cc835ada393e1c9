// Tickers, on every engine: one of a channel, renewed by one process only, tried again and removed by place.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTickerStore, type TickerRow, type TickerStore } from '../../src/store/tickers/tickers.ts';
import type { OpenProcesses, Processes } from './store/processes.ts';
import { NOW } from './store/rows.ts';

const ROW: TickerRow = {
  platform: 'discord',
  channel: 'c1',
  tenant: 't1',
  coin: 'bittensor',
  refused: 0,
  next_at: NOW,
};
const WAITS = { everyMs: 10_000, refusedMs: 90_000 };
const PLACE = { platform: 'discord', tenant: 't1' };

export function tickersContract(open: OpenProcesses): void {
  let processes: Processes;
  let stores: TickerStore[];
  let store: TickerStore;
  beforeEach(async () => {
    processes = await open();
    stores = processes.all.map((database) => createTickerStore(database));
    store = createTickerStore(processes.all[0]);
  });
  afterEach(() => processes.close());

  it('replace what their channel showed', async () => {
    await store.put(ROW);
    await store.put({ ...ROW, coin: 'near', next_at: NOW + 5 });
    expect(await store.of(PLACE)).toEqual([{ ...ROW, coin: 'near', next_at: NOW + 5 }]);
    expect(await store.due(NOW, WAITS, 10)).toEqual([]);
  });

  it('are taken by one process, and not any more once somebody set them anew', async () => {
    await store.put(ROW);
    const taken = await Promise.all(stores.map((one) => one.claim(ROW, NOW + 300)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    await store.put({ ...ROW, next_at: NOW + 900 });
    expect(await store.claim(ROW, NOW + 300)).toBe(false);
    await store.refused({ ...ROW, next_at: NOW + 300 }, 1, NOW + 5000);
    expect(await store.of(PLACE)).toMatchObject([{ refused: 0, next_at: NOW + 900 }]);
  });

  it('do not wait for a clock that was ahead', async () => {
    await store.put({ ...ROW, next_at: NOW + WAITS.everyMs + 1 });
    await store.put({ ...ROW, channel: 'c2', refused: 1, next_at: NOW + WAITS.everyMs + 1 });
    await store.put({ ...ROW, channel: 'c3', refused: 1, next_at: NOW + WAITS.refusedMs + 1 });
    expect((await store.due(NOW, WAITS, 10)).map(({ channel }) => channel)).toEqual(['c1', 'c3']);
  });

  it('that were refused are tried again, those of other places stay', async () => {
    await store.put({ ...ROW, refused: 2, next_at: NOW + 5000 });
    await store.put({ ...ROW, channel: 'c2', next_at: NOW + 5000 });
    await store.put({ ...ROW, channel: 'c3', tenant: 't2', refused: 1, next_at: NOW + 5000 });
    expect(await store.retry(PLACE, NOW)).toBe(1);
    expect((await store.due(NOW, WAITS, 10)).map(({ channel }) => channel)).toEqual(['c1']);
    expect(await store.remove({ ...PLACE, channel: 'c2' })).toBe(1);
    expect(await store.remove(PLACE)).toBe(1);
    expect(await store.of({ ...PLACE, tenant: 't2' })).toHaveLength(1);
  });
}

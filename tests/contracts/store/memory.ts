// What the market and others keep over restarts, on every engine.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { createMeta } from '../../../src/store/key-value.ts';
import { createMarketMemory } from '../../../src/store/market-memory.ts';
import { createReadDeadline, type ReadDeadline } from '../../../src/store/read-deadline.ts';
import { createRetention } from '../../../src/store/retention.ts';
import { createAlertStore } from '../../../src/store/alerts/alerts.ts';
import { createInbox } from '../../../src/store/inbox/inbox.ts';
import { turnsDuring } from '../../base/turns-during.ts';
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

  it('writes hundreds of rows, a row twice among them, while others have their turn', async () => {
    const memory = createMarketMemory(processes.all[0]);
    const rows = Array.from({ length: 300 }, (_, at) => ({ key: `quote:usd:${at % 290}`, json: String(at), at }));
    expect(await turnsDuring(() => memory.saveQuotes(rows))).toBeGreaterThan(10);
    const saved = await memory.loadQuotes();
    expect(saved).toHaveLength(290);
    expect(saved.find(({ key }) => key === 'quote:usd:5')?.json).toBe('295');
  });

  it('two processes write the same rows at once, each in an order of its own', async () => {
    const [one, other] = processes.all.map((database) => createMarketMemory(database));
    const rows = Array.from({ length: 200 }, (_, at) => ({ key: `quote:usd:${at}`, json: '1', at }));
    await one?.saveQuotes(rows);
    for (let times = 0; times < 5; times++)
      await Promise.all([one?.saveQuotes(rows), other?.saveQuotes(rows.toReversed())]);
    expect(await one?.loadQuotes()).toHaveLength(200);
  });

  it('reads and writes much in pages, while others have their turn; those of one kind when asked for', async () => {
    const memory = createMarketMemory(processes.all[0]);
    const long = 'x'.repeat(60_000);
    const parts = Array.from({ length: 18 }, (_, at) => ({ key: `directory:${at}`, json: `"${long}"`, at: 1 }));
    const quotes = Array.from({ length: 500 }, (_, at) => ({ key: `quote:usd:${at}`, json: '{}', at }));
    expect(await turnsDuring(() => memory.saveQuotes(parts))).toBeGreaterThanOrEqual(9);
    await memory.saveQuotes(quotes);
    expect(await turnsDuring(() => memory.loadQuotes())).toBeGreaterThanOrEqual(20);
    expect(await memory.loadQuotes()).toHaveLength(518);
    expect((await memory.loadQuotes('directory')).map(({ key }) => key).toSorted()).toEqual(
      parts.map(({ key }) => key).toSorted(),
    );
    expect(await memory.loadQuotes('quote:usd:499')).toEqual([quotes[499]]);
    expect(await memory.loadQuotes('nothing')).toEqual([]);
  });

  it('forgets prices that nobody renewed, and the oldest beyond the bound; lists stay', async () => {
    const now = Date.UTC(2026, 10, 22);
    const memory = createMarketMemory(processes.all[0]);
    await memory.saveQuotes([
      { key: 'directory', json: '{}', at: 1 },
      { key: 'quote:usd:old', json: '{}', at: now - 31 * DAY },
      { key: 'quote:usd:kept', json: '{}', at: now - 29 * DAY },
    ]);
    const forget = createRetention(processes.all[0], () => now);
    await forget();
    expect((await memory.loadQuotes()).map(({ key }) => key).toSorted()).toEqual(['directory', 'quote:usd:kept']);
    await memory.saveQuotes(
      Array.from({ length: 5001 }, (_, at) => ({ key: `quote:eur:${at}`, json: '{}', at: now - at })),
    );
    await forget();
    const keys = (await memory.loadQuotes()).map(({ key }) => key);
    expect(keys).toHaveLength(5001);
    expect(keys).toContain('directory');
    expect(keys).not.toContain('quote:usd:kept');
    expect(keys).not.toContain('quote:eur:5000');
  });

  it('forgets counts of calls of months that are over, events where nothing happens any more, and what was believed of prices that nobody watches', async () => {
    const now = Date.UTC(2026, 10, 22);
    const [database] = processes.all;
    const memory = createMarketMemory(database);
    for (const day of ['2026-07-31', '2026-08-31', '2026-10-01', '2026-11-22']) await memory.spend('coingecko', day, 1);
    await createInbox(database, () => now - 8 * DAY).seen('discord-greeted:g1');
    await createInbox(database, () => now - 6 * DAY).seen('discord-greeted:g2');
    const alerts = createAlertStore(database);
    const mark = (target: string, at: number) => ({ target, at, json: '{}' });
    await alerts.setMarks([mark('coin near usd', now - 91 * DAY), mark('coin bittensor usd', now - 89 * DAY)]);
    await createRetention(database, () => now)();
    await alerts.purge(now - 30 * DAY, now - 90 * DAY);
    expect(await memory.creditsOf('coingecko', '2026-07')).toBe(0);
    for (const month of ['2026-08', '2026-10', '2026-11']) expect(await memory.creditsOf('coingecko', month)).toBe(1);
    expect(await database.sql.selectFrom('inbox').select('key').execute()).toEqual([{ key: 'discord-greeted:g2' }]);
    expect((await alerts.marks('', 10)).map(({ target }) => target)).toEqual(['coin bittensor usd']);
  });

  it('gives up the books of a database that hangs', async () => {
    const late = createReadDeadline(() => Promise.resolve());
    const begun: Promise<unknown>[] = [];
    const within: ReadDeadline = (read) => {
      begun.push(read);
      return late(new Promise<never>(() => undefined));
    };
    const memory = createMarketMemory(processes.all[0], { within });
    await expect(memory.creditsOf('coingecko', '2026-11')).rejects.toMatchObject({ code: 'late' });
    await expect(memory.spend('coingecko', '2026-11-22', 1)).rejects.toMatchObject({ code: 'late' });
    await Promise.all(begun);
    expect(await createMarketMemory(processes.all[1]).creditsOf('coingecko', '2026-11')).toBe(1);
  });

  it('remembers small facts by name', async () => {
    const meta = createMeta(processes.all[0]);
    await meta.set('a', '1');
    await meta.set('a', '2');
    expect(await meta.get('a')).toBe('2');
    expect(await meta.get('b')).toBeUndefined();
  });
}

// What is kept over restarts, the same on SQLite and on a real PostgreSQL.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createFeedback } from '../../src/store/feedback.ts';
import { createMarketMemory } from '../../src/store/market-memory.ts';
import { createMeta } from '../../src/store/key-value.ts';
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts';

let postgres: TestPostgres;
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-'));
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let url: string;
  let database: Database;
  beforeAll(async () => {
    url = engine === 'sqlite' ? `sqlite:${path.join(folder, 'deep', 'test.db')}` : await postgres.fresh();
    database = await openDatabase(url);
  });
  afterAll(() => database.close());

  it('counts credits by month and adds up what several processes spend', async () => {
    const memory = createMarketMemory(database);
    await Promise.all(Array.from({ length: 10 }, () => memory.spend('coingecko', '2026-11-22', 1)));
    await memory.spend('coingecko', '2026-11-30', 5);
    await memory.spend('coingecko', '2026-12-01', 100);
    await memory.spend('kraken', '2026-11-22', 7);
    expect(await memory.creditsOf('coingecko', '2026-11')).toBe(15);
  });

  it('keeps the last good values, the newer one of two, over a restart', async () => {
    await createMarketMemory(database).saveQuotes([
      { key: 'usd:bittensor', json: '{"price":1}', at: 1_795_000_000_000 },
      { key: "usd:'; DROP TABLE quote;--", json: '{}', at: 1 },
    ]);
    await createMarketMemory(database).saveQuotes([
      { key: 'usd:bittensor', json: '{"price":2}', at: 1_795_000_060_000 },
    ]);
    await database.close();
    database = await openDatabase(url);
    const rows = await createMarketMemory(database).loadQuotes();
    expect(rows).toHaveLength(2);
    expect(rows.find((row) => row.key === 'usd:bittensor')).toEqual({
      key: 'usd:bittensor',
      json: '{"price":2}',
      at: 1_795_000_060_000,
    });
  });

  it('counts votes and gaps, and forgets the rarest gaps beyond the bound', async () => {
    const feedback = createFeedback(database, () => 5);
    await feedback.vote('halving', true);
    await feedback.vote('halving', false);
    await feedback.missed('what is love');
    await feedback.missed('what is love');
    await feedback.missed('x'.repeat(10_000));
    expect(await feedback.votes()).toEqual([{ entryId: 'halving', useful: 1, notUseful: 1 }]);
    const [first, second] = await feedback.gaps(10);
    expect(first).toEqual({ question: 'what is love', count: 2 });
    expect(second?.question.length).toBe(200);
  });

  it('remembers small facts by name', async () => {
    const meta = createMeta(database);
    await meta.set('a', '1');
    await meta.set('a', '2');
    expect(await meta.get('a')).toBe('2');
    expect(await meta.get('b')).toBeUndefined();
  });
});

it('says what to do when the database cannot be used, without the password', async () => {
  await expect(openDatabase('postgres://user:topsecret@127.0.0.1:9/none')).rejects.toThrow(/DATABASE_URL/);
  await expect(openDatabase('postgres://user:topsecret@127.0.0.1:9/none')).rejects.not.toThrow(/topsecret/);
  await expect(openDatabase(`sqlite:${folder}`)).rejects.toThrow(/unable to open|database/i);
});

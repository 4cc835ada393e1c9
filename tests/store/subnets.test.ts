// What the subnet market keeps, the same on SQLite and on a real PostgreSQL.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createSubnetsMemory } from '../../src/store/subnets/snapshots.ts';
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

const SLOT = 2_990_000;
const reading = (slot: number) => ({ slot, at: slot * 600_000 + 7, block: slot });
const row = (netuid: number, priceRao: number, registeredAt = 8_000_000) => ({
  netuid,
  registeredAt,
  priceRao,
  volumeTao: netuid === 1 ? null : 12_345.678_9,
});

const line = (netuid: number, registeredAt: number, fromSlot: number, everySlots = 1) => ({
  netuid,
  registeredAt,
  fromSlot,
  everySlots,
});

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let url: string;
  let database: Database;
  beforeAll(async () => {
    url = engine === 'sqlite' ? `sqlite:${path.join(folder, 'test.db')}` : await postgres.fresh();
    database = await openDatabase(url);
  });
  afterAll(() => database.close());

  it('keeps the last snapshot, the newer of two, over a restart', async () => {
    expect(await createSubnetsMemory(database).loadSnapshot()).toBeNull();
    await createSubnetsMemory(database).saveSnapshot({ json: '{"block":1}', at: 1_795_000_000_000 });
    await createSubnetsMemory(database).saveSnapshot({ json: '{"name":"\'; DROP TABLE meta"}', at: 1_795_000_060_000 });
    await database.close();
    database = await openDatabase(url);
    expect(await createSubnetsMemory(database).loadSnapshot()).toEqual({
      json: '{"name":"\'; DROP TABLE meta"}',
      at: 1_795_000_060_000,
    });
  });

  it('writes a slot once, whole or not at all, whoever comes first', async () => {
    const memory = createSubnetsMemory(database);
    const many = Array.from({ length: 129 }, (_, netuid) => row(netuid, 1_000 + netuid));
    const written = await Promise.all([1, 2, 3, 4].map(() => memory.record(reading(SLOT), many)));
    expect(written.filter(Boolean)).toHaveLength(1);
    expect(await memory.record(reading(SLOT), [row(1, 5)])).toBe(false);
    expect(await memory.rowsOf(SLOT)).toHaveLength(129);
    expect((await memory.rowsOf(SLOT)).find(({ netuid }) => netuid === 92)).toEqual(row(92, 1_092));
    const broken = { ...row(2, 1), netuid: Number.NaN };
    await expect(memory.record(reading(SLOT + 50), [row(1, 1), broken])).rejects.toThrow(/netuid|NaN|integer/);
    expect((await memory.readings()).map(({ slot }) => slot)).toEqual([SLOT]);
    expect(await memory.rowsOf(SLOT + 50)).toEqual([]);
  });

  it('tells registrations of one number apart, and reads a series in order from a slot on', async () => {
    const memory = createSubnetsMemory(database);
    for (const slot of [SLOT + 3, SLOT + 1, SLOT + 2])
      await memory.record(reading(slot), [row(92, slot, slot < SLOT + 3 ? 8_352_006 : 9_240_388), row(93, 7)]);
    expect(await memory.series(line(92, 8_352_006, SLOT))).toEqual([
      { at: reading(SLOT + 1).at, priceRao: SLOT + 1 },
      { at: reading(SLOT + 2).at, priceRao: SLOT + 2 },
    ]);
    expect(await memory.series(line(92, 9_240_388, SLOT))).toHaveLength(1);
    expect(await memory.series(line(92, 8_352_006, SLOT + 2))).toHaveLength(1);
    expect((await memory.readings()).map(({ slot }) => slot - SLOT)).toEqual([0, 1, 2, 3]);
  });

  it.runIf(engine === 'sqlite')('a price that is no number is as none', async () => {
    const memory = createSubnetsMemory(database);
    await memory.record(reading(SLOT + 60), [row(94, 5), row(95, 6)]);
    await sql`UPDATE subnet_price SET price_rao = 'x' WHERE netuid = 94`.execute(database.sql);
    expect(await memory.series(line(94, 8_000_000, SLOT))).toEqual([]);
    expect((await memory.rowsOf(SLOT + 60)).map(({ netuid }) => netuid)).toEqual([95]);
    await memory.forget([SLOT + 60]);
  });

  it('of a long stretch only the last reading of every so many slots', async () => {
    const memory = createSubnetsMemory(database);
    const slots = [0, 1, 4, 5, 9, 20, 21].map((after) => SLOT + 100 + after);
    for (const slot of slots) await memory.record(reading(slot), [row(77, slot), row(78, 1)]);
    const found = await memory.series(line(77, 8_000_000, SLOT + 101, 5));
    expect(found.map(({ priceRao }) => priceRao - SLOT - 100)).toEqual([4, 9, 21]);
    await memory.forget(slots);
  });

  it('forgets readings with their rows, and nothing else', async () => {
    const memory = createSubnetsMemory(database);
    await memory.forget([]);
    await memory.forget([SLOT, SLOT + 3, SLOT + 999]);
    expect(await memory.readings()).toEqual([reading(SLOT + 1), reading(SLOT + 2)]);
    expect(await memory.rowsOf(SLOT)).toEqual([]);
    expect(await memory.rowsOf(SLOT + 1)).toHaveLength(2);
  });

  it('keeps prices and running totals to the last rao', async () => {
    const memory = createSubnetsMemory(database);
    const rows = [{ netuid: 5, registeredAt: 9_999_999, priceRao: Number.MAX_SAFE_INTEGER, volumeTao: 1e9 + 1 / 3 }];
    await memory.record(reading(SLOT + 9), rows);
    expect(await memory.rowsOf(SLOT + 9)).toEqual(rows);
  });
});

it('a reading of 128 subnets takes less than 20 kB, so that ninety days as thinned take less than 40 MB', async () => {
  const file = path.join(folder, 'many.db');
  const database = await openDatabase(`sqlite:${file}`);
  const memory = createSubnetsMemory(database);
  const count = 150;
  for (let slot = SLOT; slot < SLOT + count; slot++)
    await memory.record(
      reading(slot),
      Array.from({ length: 128 }, (_, index) => row(index + 1, 1_000_000 + slot)),
    );
  await database.close();
  expect(statSync(file).size / count).toBeLessThan(20_000);
});

// The line of a chart is read once for a reading and not once for every asker, and is never older than the readings are.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHistory, SLOT_MS } from '../../../src/chain/subnets/history/history.ts';
import type { SubnetsMemory } from '../../../src/chain/subnets/port.ts';
import { openDatabase } from '../../../src/store/database.ts';
import type { Database } from '../../../src/store/database.ts';
import { createSubnetsMemory } from '../../../src/store/subnets/snapshots.ts';
import { FIRST_AT } from '../../fakes/subtensor/subtensor-world.ts';

const FIRST = Math.floor(FIRST_AT / SLOT_MS);
const DAY_SLOTS = 144;
let database: Database;
let memory: SubnetsMemory;
let reads: string[] = [];

beforeEach(async () => {
  reads = [];
  database = await openDatabase('sqlite::memory:');
  const real = createSubnetsMemory(database);
  memory = {
    ...real,
    series(line) {
      reads.push(`${line.netuid} ${line.registeredAt}`);
      return real.series(line);
    },
  };
});
afterEach(() => database.close());

const row = (slot: number, registeredAt = 1) => ({
  netuid: 5,
  registeredAt,
  priceRao: slot - FIRST + 1_000_000,
  volumeTao: null,
});
const at = (slot: number): number => slot * SLOT_MS + 1_000;

async function recorded(history: ReturnType<typeof createHistory>, slot: number): Promise<void> {
  await history.record(at(slot), slot, [row(slot)]);
  await history.past(at(slot)); // as the market does after each reading
}

it('is read once for all who ask, and again with the next reading', async () => {
  const history = createHistory({ memory });
  await recorded(history, FIRST);
  const both = await Promise.all([
    history.series(5, 1, '24h', at(FIRST)),
    history.series(5, 1, '24h', at(FIRST) + 9_000),
  ]);
  expect(both.map((points) => points.length)).toEqual([1, 1]);
  await history.series(5, 1, '24h', at(FIRST) + SLOT_MS / 2);
  expect(reads).toHaveLength(1);
  await recorded(history, FIRST + 1);
  expect(await history.series(5, 1, '24h', at(FIRST + 1))).toHaveLength(2);
  expect(reads).toHaveLength(2);
});

it('another registration and another range have lines of their own', async () => {
  const history = createHistory({ memory });
  await memory.record({ slot: FIRST - DAY_SLOTS * 2, at: at(FIRST - DAY_SLOTS * 2), block: 1 }, [
    row(FIRST - DAY_SLOTS * 2),
    { ...row(FIRST), netuid: 6 },
  ]);
  await recorded(history, FIRST);
  expect(await history.series(5, 1, '24h', at(FIRST))).toHaveLength(1);
  expect(await history.series(5, 1, '7d', at(FIRST))).toHaveLength(2);
  expect(await history.series(5, 2, '7d', at(FIRST))).toEqual([]);
  expect(await history.series(6, 1, '7d', at(FIRST))).toHaveLength(1);
});

it('a long history is some hundred points, a short one every reading', async () => {
  const history = createHistory({ memory });
  const count = 8 * DAY_SLOTS;
  for (let slot = FIRST - count; slot < FIRST; slot++)
    await memory.record({ slot, at: at(slot), block: slot }, [
      row(slot),
      ...(slot < FIRST - 15 ? [] : [{ ...row(slot), netuid: 6 }]), // for two and a half hours
    ]);
  const long = await history.series(5, 1, '7d', at(FIRST));
  expect(long.length).toBeGreaterThan(120);
  expect(long.length).toBeLessThanOrEqual(240);
  expect(long.at(-1)?.[0]).toBe(at(FIRST - 1));
  const steps = long.slice(1).map(([time], index) => (time - (long[index]?.[0] ?? 0)) / SLOT_MS);
  expect(new Set(steps.slice(0, -1)).size).toBe(1); // evenly, but for the newest
  for (const range of ['24h', '7d', '30d', '90d'] as const)
    expect(await history.series(6, 1, range, at(FIRST))).toHaveLength(15);
});

it('prices that an archive brought are in it at once', async () => {
  const history = createHistory({ memory });
  await recorded(history, FIRST);
  expect(await history.series(5, 1, '30d', at(FIRST))).toHaveLength(1);
  const old = FIRST - 20 * DAY_SLOTS;
  await memory.record({ slot: old, at: at(old), block: 1 }, [row(old)]);
  await history.past(at(FIRST)); // as after the archive was read
  expect(await history.series(5, 1, '30d', at(FIRST))).toHaveLength(2);
});

it('ends where the range ends and where the present block does, also within ten minutes', async () => {
  const history = createHistory({ memory });
  const old = FIRST - DAY_SLOTS;
  await memory.record({ slot: old, at: at(old), block: 1 }, [row(old)]);
  await recorded(history, FIRST);
  expect(await history.series(5, 1, '24h', at(FIRST))).toHaveLength(2);
  expect(await history.series(5, 1, '24h', at(FIRST) + 1)).toHaveLength(1);
  expect(await history.series(5, 1, '24h', at(FIRST) - 1)).toHaveLength(1);
});

it('a database that failed once is asked again', async () => {
  const history = createHistory({ memory });
  await recorded(history, FIRST);
  await database.sql.schema.alterTable('subnet_reading').renameTo('away').execute();
  expect(await history.series(5, 1, '7d', at(FIRST))).toEqual([]);
  await database.sql.schema.alterTable('away').renameTo('subnet_reading').execute();
  expect(await history.series(5, 1, '7d', at(FIRST))).toHaveLength(1);
});

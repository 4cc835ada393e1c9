// Our own price history: a reading every ten minutes, the past from an archive node, changes, charts, and how it is thinned.
import { afterEach, describe, expect, it } from 'vitest';
import { slotsToForget } from '../../../src/chain/subnets/history/history.ts';
import { FIRST_AT, FIRST_BLOCK } from '../../fakes/subtensor/subtensor-world.ts';
import { openScene, subnetOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());
const filled = (): Promise<void> => scene.clock.until(() => scene.subnets.status().archive === 'done', 100, 30_000);

describe('our own readings', () => {
  it('one in ten minutes, at the time of its block, with the running volume', async () => {
    scene = await openScene();
    for (let minute = 0; minute < 31; minute++) await scene.after(MINUTE);
    const readings = await scene.memory.readings();
    expect(readings).toHaveLength(4);
    expect(readings.map(({ at, block }) => at === scene.world.timeAt(block))).toEqual([true, true, true, true]);
    const rows = await scene.memory.rowsOf(readings[0]?.slot ?? 0);
    expect(rows).toHaveLength(128);
    expect(rows.find(({ netuid }) => netuid === 92)).toEqual({
      netuid: 92,
      registeredAt: 8_352_006,
      priceRao: scene.world.price(92, readings[0]?.block ?? 0),
      volumeTao: 500_000,
    });
  });

  it('change and volume of a day against the reading of a day ago, null until there is one', async () => {
    scene = await openScene();
    const first = subnetOf(await scene.after(), 5);
    for (let step = 0; step < 23; step++) expect(subnetOf(await scene.after(HOUR), 5).change.h24).toBeNull();
    scene.world.subnet(5).volume += 1_234n * 1_000_000_000n;
    const later = subnetOf(await scene.after(HOUR + MINUTE), 5);
    const expected = ((later.priceTao ?? 0) / (first.priceTao ?? 1) - 1) * 100;
    expect(later.change).toEqual({ h24: expect.closeTo(expected, 9) as number, d7: null, d30: null });
    for (let minute = 0; minute < 10; minute++) await scene.after(MINUTE);
    expect(subnetOf(await scene.after(), 5).volume24hTao).toBeCloseTo(1_234, 6);
  });

  it('a reading that is too far from a day ago is not taken for it', async () => {
    scene = await openScene();
    await scene.after();
    expect(subnetOf(await scene.after(DAY + HOUR), 5).change.h24).toBeNull();
  });

  it('two processes on one database write one reading', async () => {
    scene = await openScene();
    const other = scene.reopen();
    for (let minute = 0; minute < 12; minute++) {
      await scene.after(MINUTE);
      await other.snapshot();
    }
    expect(await scene.memory.readings()).toHaveLength(2);
  });

  it('a database that fails costs the history, not the prices; and it is not the end', async () => {
    scene = await openScene();
    await scene.after();
    await scene.database.sql.schema.alterTable('subnet_reading').renameTo('away').execute();
    expect((await scene.after(11 * MINUTE)).block).toBe(scene.world.final());
    await scene.database.sql.schema.alterTable('away').renameTo('subnet_reading').execute();
    await scene.after(11 * MINUTE);
    expect(await scene.memory.readings()).toHaveLength(2);
    expect(scene.told('subnet history is out of reach').length).toBeGreaterThan(0);
  });
});

describe('thinning', () => {
  it('ninety days of ten-minute readings stay about two thousand, old ones go', () => {
    const now = 3_000_000;
    const readings = Array.from({ length: 100 * 144 }, (_, index) => {
      const slot = now - 100 * 144 + index + 1;
      return { slot, at: slot * 600_000, block: slot };
    });
    const gone = new Set(slotsToForget(readings, now));
    const left = readings.filter(({ slot }) => !gone.has(slot));
    expect(left.length).toBeLessThan(2_000);
    expect(now - (left[0]?.slot ?? 0)).toBeLessThanOrEqual(90 * 144);
    const steps = left.slice(1).map(({ slot }, index) => slot - (left[index]?.slot ?? 0));
    expect(new Set(steps.filter((step) => step !== 1 && step !== 6 && step !== 36)).size).toBeLessThanOrEqual(3);
    expect(slotsToForget(left, now)).toEqual([]);
  });

  it('happens by itself', async () => {
    scene = await openScene();
    await scene.after();
    const slot = Math.floor(FIRST_AT / 600_000);
    for (const old of [slot - 95 * 144, slot - 50 * 144, slot - 50 * 144 + 1])
      await scene.memory.record({ slot: old, at: old * 600_000, block: 1 }, [
        { netuid: 5, registeredAt: 1, priceRao: 7, volumeTao: null },
      ]);
    await scene.after(2 * HOUR);
    const left = (await scene.memory.readings()).map((reading) => reading.slot - slot);
    expect(left).toEqual([-50 * 144, 0, 12]);
    expect(await scene.memory.rowsOf(slot - 95 * 144)).toEqual([]);
  });
});

describe('the past from an archive', () => {
  it('a day, a week and a month in some hundred points, below three calls a second, prices of this registration only', async () => {
    scene = await openScene({ archive: true });
    scene.world.subnet(12).registeredAt = FIRST_BLOCK - 8 * 7_200; // eight days ago
    scene.subnets.start();
    await filled();
    expect(scene.archive?.busiest).toBeLessThanOrEqual(3);
    expect(scene.archive?.count()).toBeLessThan(330);
    expect(scene.archive?.batches).toBe(0);
    const snapshot = await scene.after(MINUTE);
    const from = (netuid: number, days: number): number => scene.world.price(netuid, snapshot.block - days * 7_200);
    const grown = (netuid: number, days: number): number =>
      (scene.world.price(netuid, snapshot.block) / from(netuid, days) - 1) * 100;
    const { h24, d7, d30 } = subnetOf(snapshot, 5).change;
    expect(h24).toBeCloseTo(grown(5, 1), 1);
    expect(d7).toBeCloseTo(grown(5, 7), 1);
    expect(d30).toBeCloseTo(grown(5, 30), 1);
    expect(subnetOf(snapshot, 12).change).toMatchObject({ d7: expect.any(Number) as number, d30: null });
    const month = (await scene.subnets.history(5, '30d')).points ?? [];
    expect(month.length).toBeGreaterThan(100);
    expect(month.length).toBeLessThanOrEqual(241);
    expect(month.map(([at]) => at)).toEqual(month.map(([at]) => at).sort((left, right) => left - right));
    expect(month.at(-1)).toEqual([snapshot.blockAt, subnetOf(snapshot, 5).priceTao]);
    expect((month[0]?.[0] ?? 0) - (snapshot.blockAt - 30 * DAY)).toBeLessThan(13 * HOUR);
    expect((await scene.subnets.history(12, '30d')).points?.length).toBeLessThan(75);
    expect((await scene.subnets.history(5, '24h')).points?.length).toBeGreaterThanOrEqual(24);
  });

  it('the three moments that changes are measured against come first', async () => {
    scene = await openScene({ archive: true });
    scene.subnets.start();
    await scene.clock.until(() => (scene.archive?.asked.length ?? 0) >= 11, 100);
    await scene.clock.until(async () => (await scene.memory.readings()).length >= 4, 100);
    const days = (await scene.memory.readings())
      .slice(0, 3)
      .map(({ block }) => Math.round((FIRST_BLOCK - block) / 7_200));
    expect(days).toEqual([30, 7, 1]);
  });

  it('cut short and started again, it goes on where it stopped; once done it is not begun again', async () => {
    scene = await openScene({ archive: true });
    scene.subnets.start();
    await scene.clock.until(() => (scene.archive?.asked.length ?? 0) > 150, 100);
    await scene.subnets.close();
    const before = scene.archive?.count() ?? 0;
    const second = scene.reopen();
    second.start();
    await scene.clock.until(() => second.status().archive === 'done', 100, 30_000);
    expect((scene.archive?.count() ?? 0) - before).toBeLessThan(330 - 150 + 20);
    const all = scene.archive?.count() ?? 0;
    await second.close();
    const third = scene.reopen();
    third.start();
    await scene.clock.until(() => third.status().archive === 'done', 100, 3_000);
    expect((scene.archive?.count() ?? 0) - all).toBeLessThanOrEqual(10);
  });

  it('a budget for the past that runs out is waited for', async () => {
    scene = await openScene({ archive: true });
    if (scene.archive !== null) scene.archive.historyBudget = 40;
    scene.subnets.start();
    await scene.clock.until(() => scene.told('Bittensor node is left alone').length > 0, 100);
    const calls = scene.archive?.count() ?? 0;
    await scene.clock.until(() => scene.clock.now - FIRST_AT > 100_000, 1_000);
    expect(scene.archive?.count()).toBeLessThanOrEqual(calls + 1);
    if (scene.archive !== null) scene.archive.historyBudget = Infinity;
    await scene.clock.until(() => scene.subnets.status().archive === 'done', 500, 30_000);
    expect(scene.clock.now - FIRST_AT).toBeLessThan(30 * MINUTE); // in one go, not an hour later
    expect(scene.told('Bittensor node is used again')).toHaveLength(1);
  });

  it('an archive of another chain is not believed', async () => {
    scene = await openScene({ archive: true });
    if (scene.archive !== null) scene.archive.world = scene.otherWorld('testnet');
    scene.subnets.start();
    await scene.clock.until(() => scene.told('Bittensor node is left alone').length > 0, 500);
    expect(await scene.memory.readings()).toHaveLength(1);
    expect(scene.subnets.status().archive).toBe('waiting');
  });

  it('a node that keeps no past is given up after some points, and tried again in an hour', async () => {
    scene = await openScene({ archive: true });
    if (scene.archive !== null) scene.archive.keeps = 300;
    scene.subnets.start();
    await scene.clock.until(
      () => (scene.archive?.asked.length ?? 0) > 10 && scene.subnets.status().archive === 'waiting',
      500,
    );
    const calls = scene.archive?.count() ?? 0;
    expect(calls).toBeLessThan(40);
    if (scene.archive !== null) scene.archive.keeps = Infinity;
    await scene.clock.until(() => scene.subnets.status().archive === 'done', 1_000, 30_000);
    expect(scene.clock.now - FIRST_AT).toBeGreaterThan(HOUR);
  });

  it('a question alone, without a start, reads no past; and an archive that is off is off', async () => {
    scene = await openScene({ archive: true });
    await scene.after();
    await scene.after(MINUTE);
    expect(scene.archive?.count()).toBe(0);
    expect(scene.subnets.status().archive).toBe('waiting');
  });
});

it('the history of nothing: reasons', async () => {
  scene = await openScene();
  expect(await scene.subnets.history(5, '7d')).toEqual({ points: null, reason: 'there is no such subnet' });
  await scene.after();
  expect(await scene.subnets.history(500, '7d')).toEqual({ points: null, reason: 'there is no such subnet' });
});

it('start reads once a minute by itself, close ends it', async () => {
  scene = await openScene();
  scene.subnets.start();
  scene.subnets.start();
  await scene.clock.until(() => scene.node.asked.filter((method) => method === 'chain_getFinalizedHead').length === 5);
  expect(scene.clock.now - FIRST_AT).toBeGreaterThan(3.5 * MINUTE);
  await scene.subnets.close();
  const calls = scene.node.count();
  scene.clock.advance(HOUR);
  await scene.subnets.snapshot();
  expect(scene.node.count()).toBe(calls);
});

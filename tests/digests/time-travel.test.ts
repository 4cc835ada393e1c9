// Downtime, jumping clocks, new zone data and restored backups: at most one late digest, nothing twice, everything counted.
import { copyFileSync, rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { sqliteFile } from '../delivery/stage.ts';
import { balanced, openVirtual, type Virtual } from './virtual.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';

let open: Virtual[] = [];
afterEach(async () => {
  for (const virtual of open) await virtual.close();
  open = [];
});
async function stage(options: Parameters<typeof openVirtual>[0] = {}): Promise<Virtual> {
  const virtual = await openVirtual(options);
  open.push(virtual);
  return virtual;
}
const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - DAY };

describe('downtime', () => {
  it.each([
    [MINUTE, 1, false],
    [20 * MINUTE, 1, true],
    [2 * HOUR + 59 * MINUTE, 1, true],
    [4 * HOUR, 0, false],
    [DAY + HOUR, 1, true],
    [3 * DAY + 5 * HOUR, 0, false],
    [7 * DAY + 30 * MINUTE, 1, true],
  ])(
    'of %i ms after it was due: sent %i, late %s, everything else skipped and counted',
    async (outageMs, sent, late) => {
      const virtual = await stage();
      for (let index = 0; index < 5; index++) await virtual.add(index, daily);
      await virtual.at(NINE + outageMs);
      const days = Math.floor(outageMs / DAY) + 1;
      const books = await virtual.engine.totals();
      expect([books.due, books.sent, books.skipped, books.gap]).toEqual([5 * days, 5 * sent, 5 * (days - sent), 0]);
      expect(virtual.platform.posts.map((post) => post.text)).toEqual(
        Array.from({ length: 5 * sent }, () => (late ? 'late digest' : 'digest')),
      );
      expect((await virtual.row(0)).next_at).toBe(NINE + days * DAY);
    },
  );
});

describe('a clock that jumps', () => {
  it.each([1, 5, 60, 3600, 2 * 3600, 86_400, 3 * 86_400, 10 * 86_400].flatMap((seconds) => [seconds, -seconds]))(
    'by %i s: nothing twice, nothing lost, and back again',
    async (seconds) => {
      const virtual = await stage();
      for (let index = 0; index < 3; index++) await virtual.add(index, daily);
      await virtual.at(NINE - HOUR);
      await virtual.at(NINE - HOUR + seconds * 1000);
      await virtual.at(NINE - HOUR + MINUTE); // the clock is right again
      await virtual.until(NINE + 2 * DAY + HOUR, HOUR);
      const texts = await virtual.database.sql
        .selectFrom('delivery')
        .select(['subscription_id', 'occurrence', 'state'])
        .where('state', '=', 'sent')
        .execute();
      for (const date of ['2026-11-23', '2026-11-24', '2026-11-25'])
        expect(texts.filter((row) => row.occurrence === date)).toHaveLength(3);
      expect(virtual.platform.posts.length).toBe(texts.length);
      expect(await balanced(virtual)).toBe(true);
    },
  );

  it('back after sending does not send the same date again', async () => {
    const virtual = await stage();
    await virtual.add(0, daily);
    await virtual.at(NINE + 1000);
    await virtual.at(NINE - 2 * HOUR);
    await virtual.until(NINE + HOUR, 10 * MINUTE);
    expect(virtual.platform.posts).toHaveLength(1);
    await virtual.at(NINE + DAY + 1000);
    expect(virtual.platform.posts).toHaveLength(2);
  });
});

describe('new time zone data', () => {
  it('moves the next run of every row, and loses or doubles none', async () => {
    const virtual = await stage();
    const wrong = {
      local_time: '09:00',
      zone: 'America/Vancouver',
      next_at: Date.parse('2026-11-23T17:00Z'),
      after_at: Date.parse('2026-11-22T17:00Z'),
      last_date: '2026-11-22',
      last_due_at: Date.parse('2026-11-22T17:00Z'),
    };
    await virtual.add(0, { ...wrong, zone_data: 'old data' }); // computed as −08
    await virtual.at(Date.parse('2026-11-23T02:00Z'));
    expect((await virtual.row(0)).next_at).toBe(Date.parse('2026-11-23T16:00Z')); // −07 since 2026b
    await virtual.until(Date.parse('2026-11-24T18:00Z'), HOUR);
    expect((await virtual.engine.totals()).sent).toBe(2);
  });
});

describe('the restore of an old backup', () => {
  it('skips what was due in the lost time instead of posting it again', async () => {
    const { url, file, remove } = sqliteFile();
    const highWaterFile = `${file}.mark`;
    const virtual = await stage({ url, engine: { highWaterFile } });
    for (let index = 0; index < 10; index++)
      await virtual.add(index, {
        ...daily,
        after_at: NINE - HOUR,
        local_time: index < 5 ? '09:00' : '09:30',
        next_at: index < 5 ? NINE : NINE + 30 * MINUTE,
      });
    await virtual.at(NINE - MINUTE);
    await virtual.engine.stop();
    await virtual.database.close();
    copyFileSync(file, `${file}.backup`);
    const second = await stage({ url, engine: { highWaterFile } });
    await second.at(NINE + 5000);
    await second.at(NINE + 30 * MINUTE + 5000);
    expect(second.platform.posts).toHaveLength(10);
    await second.engine.stop();
    await second.database.close();
    for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    copyFileSync(`${file}.backup`, file);
    const restored = await stage({ url, engine: { highWaterFile } });
    await restored.at(NINE + 40 * MINUTE);
    expect(restored.platform.posts).toHaveLength(0);
    expect((await restored.engine.totals()).reasons).toEqual({ 'skipped:restore': 10 });
    await restored.at(NINE + DAY + 31 * MINUTE);
    expect(restored.platform.posts).toHaveLength(10);
    remove();
  });

  it('is not seen after an ordinary stop or kill', async () => {
    const { url, file, remove } = sqliteFile();
    const virtual = await stage({ url, engine: { highWaterFile: `${file}.mark` } });
    await virtual.add(0, daily);
    await virtual.at(NINE + 1000);
    await virtual.restart();
    await virtual.at(NINE + DAY + 1000);
    expect(virtual.platform.posts).toHaveLength(2);
    remove();
  });
});

// Two processes on one data folder write the mark at the same time: each has a draft of its own, and what a killed one left goes.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { MINUTE } from '../../../src/base/clock.ts';
import { createRestoreGuard } from '../../../src/delivery/restore-guard.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { createDeliveryLedger } from '../../../src/store/delivery/ledger.ts';

const NOW = 1_795_000_000_000;
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-mark-'));
const file = path.join(folder, 'bot.db.highwater');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('both writes succeed, and the file always holds a whole mark', async () => {
  const database = await openDatabase('sqlite::memory:');
  const warnings: string[] = [];
  const say = () => undefined;
  const log = { debug: say, info: say, error: say, warn: (_: object, message: string) => void warnings.push(message) };
  const guard = () =>
    createRestoreGuard({
      ledger: createDeliveryLedger(database),
      file,
      changed: () => Promise.resolve(null),
      now: () => NOW,
      log,
    });
  const both = [guard(), guard()];
  for (let round = 1; round <= 50; round++) {
    await Promise.all(both.map((one) => one.raise(round)));
    expect(readFileSync(file, 'utf8')).toBe(`${round}\n`);
  }
  expect(warnings).toEqual([]);
  const [stale, fresh] = [`${file}.next-killed`, `${file}.next-now`];
  for (const draft of [stale, fresh]) writeFileSync(draft, '9');
  utimesSync(stale, new Date(NOW - 2 * MINUTE), new Date(NOW - 2 * MINUTE));
  utimesSync(fresh, new Date(NOW), new Date(NOW));
  await guard().check();
  expect([existsSync(stale), existsSync(fresh)]).toEqual([false, true]);
  rmSync(fresh);
  expect(readdirSync(folder)).toEqual([path.basename(file)]);
  await database.close();
});

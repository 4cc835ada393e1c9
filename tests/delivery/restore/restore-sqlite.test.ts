// A SQLite database that comes back from the past: by the backup command, as a copied folder, with a mark that lies in the future.
import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { originFile } from '../../../src/delivery/copied-folder.ts';
import { highWaterFile } from '../../../src/delivery/restore-guard.ts';
import { backup, restore } from '../../../src/wiring/operator/backup.ts';
import { openVirtual, type Virtual } from '../../digests/virtual.ts';
import { sqliteFile } from '../stage.ts';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - HOUR };

let open: Virtual[] = [];
let remove: (() => void)[] = [];
afterEach(async () => {
  for (const virtual of open) await virtual.close();
  for (const one of remove) one();
  [open, remove] = [[], []];
});

async function start(url: string, now?: number): Promise<Virtual> {
  const files = { highWaterFile: highWaterFile(url), originFile: originFile(url) };
  const virtual = await openVirtual({ url, engine: files, ...(now === undefined ? {} : { now }) });
  open.push(virtual);
  return virtual;
}
async function end(virtual: Virtual): Promise<void> {
  await virtual.close();
  open = open.filter((one) => one !== virtual);
}
function place() {
  const made = sqliteFile();
  remove.push(made.remove);
  const said: string[] = [];
  const run = (mode: typeof backup, ...words: string[]) =>
    mode({ databaseUrl: made.url, words, now: () => NINE, write: (text) => void said.push(text) });
  return { ...made, run, said };
}

/** Ten digests are due at nine; `before` runs a minute before that, and at the end all ten are posted. */
async function posted(url: string, before: () => void): Promise<void> {
  const first = await start(url);
  for (let index = 0; index < 10; index++) await first.add(index, daily);
  await first.at(NINE - MINUTE);
  await end(first);
  before();
  const second = await start(url);
  await second.at(NINE + 5000);
  expect(second.platform.posts).toHaveLength(10);
  await end(second);
}

/** What people see after the restored bot has run: today's posts again, and tomorrow's. */
async function restored(url: string): Promise<{ again: number; tomorrow: number; virtual: Virtual; said: string }> {
  const virtual = await start(url);
  await virtual.at(NINE + 10 * MINUTE);
  const again = virtual.platform.posts.length;
  const { reasons } = await virtual.engine.totals();
  await virtual.at(NINE + DAY + MINUTE);
  const said = [...virtual.logs.map(({ message }) => message), JSON.stringify(reasons)].join('\n');
  return { again, tomorrow: virtual.platform.posts.length - again, virtual, said };
}
const ONCE = { again: 0, tomorrow: 10, said: expect.stringContaining('{"skipped:restore":10}') as string };

describe('npm run backup and npm run restore', () => {
  it('bring the database back, keep the newer mark and the replaced database, and nothing is posted twice', async () => {
    const { url, file, run, said } = place();
    const copy = `${file}.yesterday`;
    await posted(url, () => void run(backup, copy));
    run(restore, copy);
    expect(said.join('')).toMatch(/due until 2026-11-23T09:00:05.*is not posted again/);
    expect(existsSync(`${file}.replaced`)).toBe(true);
    const seen = await restored(url);
    expect(seen).toMatchObject(ONCE);
    expect(seen.said).toContain('restored backup');
  });

  it('know how far sending had come even when the mark is lost', async () => {
    const { url, file, run } = place();
    await posted(url, () => void run(backup, `${file}.yesterday`));
    rmSync(`${file}.highwater`);
    run(restore, `${file}.yesterday`);
    expect(await restored(url)).toMatchObject(ONCE);
  });

  it('work while the bot runs, or say what to do', async () => {
    const { url, file, run } = place();
    const virtual = await start(url);
    await virtual.at(NINE);
    run(backup, `${file}.live`);
    expect(() => run(backup, `${file}.live`)).toThrow(/exists already/);
    expect(() => run(restore, `${file}.live`)).toThrow(/Stop it first/);
    await end(virtual);
    writeFileSync(`${file}.other`, 'something else');
    expect(() => run(restore, `${file}.other`)).toThrow(/no database of this bot/);
    expect(() => run(restore)).toThrow(/Usage/);
    run(restore, `${file}.live`);
    const mode = { databaseUrl: 'postgres://127.0.0.1/x', words: [], now: () => NINE, write: () => undefined };
    expect(() => backup(mode)).toThrow(/pg_dump/);
  });
});

describe('a data folder that is copied back', () => {
  it.each(['as a whole', 'file by file over the newer ones'])('%s is noticed and posts nothing again', async (how) => {
    const { url, file } = place();
    const folder = path.dirname(file);
    const saved = `${folder}-saved`;
    remove.push(() => rmSync(saved, { recursive: true, force: true }));
    await posted(url, () => cpSync(folder, saved, { recursive: true, preserveTimestamps: true }));
    if (how === 'as a whole') rmSync(folder, { recursive: true });
    else for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    cpSync(saved, folder, { recursive: true, preserveTimestamps: true });
    const seen = await restored(url);
    expect(seen).toMatchObject(ONCE);
    expect(seen.said).toContain('is a copy');
    await end(seen.virtual);
    const later = await start(url, NINE + DAY + HOUR); // it is at home now: said once
    await later.at(NINE + 2 * DAY + MINUTE);
    expect(later.platform.posts).toHaveLength(10);
  });

  it('a database alone in a new folder counts as a copy too', async () => {
    const { url, file, run } = place();
    await posted(url, () => void run(backup, `${file}.yesterday`));
    const other = place();
    copyFileSync(`${file}.yesterday`, other.file);
    expect(await restored(other.url)).toMatchObject(ONCE);
  });
});

describe('a database that is gone', () => {
  it.each(['removed', 'emptied'])('%s: the new one is no secret, and it is said once', async (how) => {
    const { url, file } = place();
    await posted(url, () => undefined);
    rmSync(`${file}.highwater`);
    if (how === 'removed') rmSync(file);
    else writeFileSync(file, '');
    const words = async () => {
      const virtual = await start(url, NINE + HOUR);
      await virtual.at(NINE + HOUR + 1000);
      await end(virtual);
      return virtual.logs.map(({ message }) => message).join('\n');
    };
    expect(await words()).toContain('the database is new, but there was one here before');
    expect(await words()).not.toContain('the database is new');
  });
});

describe('a mark from the future', () => {
  it('skips what is due until now and no more, is said, and is gone at the next start', async () => {
    const { url, file } = place();
    const virtual = await start(url);
    await virtual.add(0, daily);
    await virtual.at(NINE - MINUTE);
    await end(virtual);
    writeFileSync(`${file}.highwater`, `${NINE + 300 * DAY}\n`);
    const next = await start(url);
    await next.at(NINE - 30_000);
    expect(next.logs.map(({ message }) => message).join('\n')).toContain('lies in the future');
    await next.at(NINE + 1000);
    expect(next.platform.posts).toHaveLength(1);
    expect(Number(readFileSync(`${file}.highwater`, 'utf8'))).toBeLessThanOrEqual(NINE + 1000);
    await end(next);
    const last = await start(url, NINE + HOUR);
    await last.at(NINE + DAY + 1000);
    expect(last.logs.map(({ message }) => message).join('\n')).not.toMatch(/restored backup|future|is a copy/);
    expect(last.platform.posts).toHaveLength(1);
  });

  it('a clock that is set right after a restore ends the gap', async () => {
    const { url, file } = place();
    const virtual = await start(url);
    await virtual.add(0, daily);
    await virtual.at(NINE - HOUR);
    await end(virtual);
    writeFileSync(`${file}.highwater`, `${NINE + 5 * HOUR}\n`);
    const next = await start(url);
    await next.at(NINE + 4 * HOUR); // the clock is wrong by four hours
    await next.at(NINE - 30 * MINUTE);
    expect(next.logs.map(({ message }) => message).join('\n')).toContain('the gap ends now');
    await next.at(NINE + 1000);
    expect(next.platform.posts).toHaveLength(1);
  });
});

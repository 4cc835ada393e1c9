// Copies of a SQLite file that fail or are cut short: a sentence, nothing half done, and no moment without a database.
import fs, {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { openDatabase } from '../../src/store/database.ts';
import { backup, restore } from '../../src/wiring/operator/backup.ts';

const NOW = Date.parse('2026-11-29T11:30:00Z');
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

let folders: string[] = [];
afterEach(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders = [];
});

async function place() {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-backup-'));
  folders.push(folder);
  const file = path.join(folder, 'test.db');
  await (await openDatabase(`sqlite:${file}`)).close();
  const said: string[] = [];
  const run = (mode: typeof backup, ...words: string[]): string => {
    said.length = 0;
    try {
      mode({ databaseUrl: `sqlite:${file}`, words, now: () => NOW, write: (text) => void said.push(text) });
    } catch (error) {
      if (error instanceof AppError) return error.message;
      throw error;
    }
    return said.join('');
  };
  return { folder, file, run };
}

function note(file: string, value: string, close = true): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`INSERT OR REPLACE INTO meta VALUES ('note', '${value}')`);
  if (close) database.close();
  return database;
}
function noteIn(file: string): unknown {
  const database = new DatabaseSync(file);
  const found = database.prepare("SELECT value FROM meta WHERE key = 'note'").get()?.['value'];
  database.close();
  return found;
}

describe('npm run backup', () => {
  it('where nothing can be written, and of a damaged database: a sentence, and nothing is left behind', async () => {
    const { folder, file, run } = await place();
    for (const target of [path.join(file, 'below'), path.join(file, 'more', 'below')])
      expect(run(backup, target), target).toMatch(/^No backup was written to .+: .+\.$/);
    fs.writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, 4096), Buffer.alloc(100_000, 0xa5)]));
    expect(run(backup)).toMatch(/^No backup was written to .+: .*malformed/);
    expect(readdirSync(folder).filter((name) => /backup|unfinished/.test(name))).toEqual([]);
  });

  it('to a disk that takes no more: nothing of it stays there', async () => {
    const { folder, run } = await place();
    const { fsyncSync } = fs;
    const full = () => {
      throw new Error('ENOSPC: no space left on device, fsync');
    };
    Object.assign(fs, { fsyncSync: full });
    syncBuiltinESMExports();
    const said = run(backup);
    Object.assign(fs, { fsyncSync });
    syncBuiltinESMExports();
    expect(said).toMatch(/^No backup was written to .+: ENOSPC/);
    expect(readdirSync(folder).filter((name) => name.includes('backup'))).toEqual([]);
  });

  it('to a folder: with its time in the name', async () => {
    const { folder, run } = await place();
    mkdirSync(path.join(folder, 'copies'));
    expect(run(backup, path.join(folder, 'copies'))).toContain('Backup written to');
    expect(readdirSync(path.join(folder, 'copies'))).toEqual(['test.db.backup-2026-11-29T113000']);
  });

  it('to a folder that is not there yet, as its last character says', async () => {
    const { folder, run } = await place();
    expect(run(backup, path.join(folder, 'copies', 'of today') + path.sep)).toContain(
      `npm run restore -- "${path.join(folder, 'copies', 'of today')}`, // one word for the shell
    );
    expect(readdirSync(path.join(folder, 'copies', 'of today'))).toEqual(['test.db.backup-2026-11-29T113000']);
  });

  it('to a name that no disk takes: a sentence', async () => {
    const { run } = await place();
    expect(run(backup, 'x'.repeat(5000))).toMatch(/^No backup was written to x+: .*name too long/);
  });

  it.skipIf(process.platform !== 'linux')('to a folder that takes no files: says which one', async () => {
    const { file, run } = await place();
    expect(run(backup, '/proc/copy')).toContain(`may write to ${path.dirname(file)} and /proc.`);
  });

  it.each(['', '--help', '-h', '--anything'])('%s is no file', async (word) => {
    const { run } = await place();
    expect(run(backup, word)).toMatch(/Usage: npm run backup/);
    expect(run(restore, word)).toMatch(/Usage: npm run restore/);
    expect(existsSync(word)).toBe(false);
  });
});

describe('npm run restore', () => {
  it('at no step is there no database, and the replaced one is whole, also what only its log held', async () => {
    const { folder, file, run } = await place();
    note(file, 'old');
    const copy = path.join(folder, 'copy');
    run(backup, copy);
    note(file, 'new');
    const killed = note(file, 'newest', false); // still open: as kill -9 leaves it, the last change is in the log only
    for (const ending of ['', '-wal', '-shm']) fs.copyFileSync(`${file}${ending}`, `${folder}/left${ending}`);
    killed.close();
    for (const ending of ['', '-wal', '-shm']) fs.renameSync(`${folder}/left${ending}`, `${file}${ending}`);

    const steps: boolean[] = [];
    const real = { renameSync: fs.renameSync, rmSync: fs.rmSync, linkSync: fs.linkSync };
    const watched =
      (step: (...all: never[]) => void) =>
      (...all: never[]) => {
        step(...all);
        steps.push(existsSync(file));
      };
    for (const [name, step] of Object.entries(real)) Object.assign(fs, { [name]: watched(step) });
    syncBuiltinESMExports();
    const said = run(restore, copy);
    Object.assign(fs, real);
    syncBuiltinESMExports();

    expect(said).toContain(`The replaced database is ${file}.replaced`);
    expect(steps.length).toBeGreaterThan(1);
    expect(steps).not.toContain(false);
    expect([noteIn(file), noteIn(`${file}.replaced`)]).toEqual(['old', 'newest']);
  });

  it('over a damaged database: it is kept with its log, and the backup is in its place', async () => {
    const { folder, file, run } = await place();
    note(file, 'old');
    run(backup, path.join(folder, 'copy'));
    const killed = note(file, 'new', false);
    const log = readFileSync(`${file}-wal`);
    killed.close();
    const bytes = Buffer.alloc(50_000, 0xa5);
    fs.writeFileSync(file, bytes);
    fs.writeFileSync(`${file}-wal`, log);
    expect(run(restore, path.join(folder, 'copy'))).toContain('Restored');
    expect(noteIn(file)).toBe('old');
    expect(readFileSync(`${file}.replaced`)).toEqual(bytes);
    expect(readFileSync(`${file}.replaced-wal`)).toEqual(log);
  });

  it('of a file that another process has open: also what only its log holds', async () => {
    const { folder, run } = await place();
    const other = path.join(folder, 'other.db');
    await (await openDatabase(`sqlite:${other}`)).close();
    const writer = note(other, 'in the log only', false);
    const said = run(restore, other);
    writer.close();
    expect(said).toContain('Restored');
    expect(noteIn(path.join(folder, 'test.db'))).toBe('in the log only');
  });

  it('not while a bot has the file open, also one that posts nothing', async () => {
    const { folder, file, run } = await place();
    run(backup, path.join(folder, 'copy'));
    const running = await openDatabase(`sqlite:${file}`, { forBot: true });
    expect(run(restore, path.join(folder, 'copy'))).toContain('running on this database');
    await running.close();
    expect(run(restore, path.join(folder, 'copy'))).toContain('Restored');
  });

  it.skipIf(!isRoot)('by root in the folder of another user: what is made there belongs to that user', async () => {
    const { folder, file, run } = await place();
    run(backup, path.join(folder, 'copy'));
    for (const name of ['', ...readdirSync(folder)]) chownSync(path.join(folder, name), NOBODY, NOBODY);
    rmSync(`${file}.lock`, { force: true });
    fs.writeFileSync(`${file}.highwater`, '1\n');
    run(restore, path.join(folder, 'copy'));
    const others = readdirSync(folder).filter((name) => statSync(path.join(folder, name)).uid !== NOBODY);
    expect(others).toEqual([]);
  });
});

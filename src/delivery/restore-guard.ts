// The restore guard: a mark outside the database says how far sending had come, so an old backup never repeats what was already posted.
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MINUTE } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { DeliveryLedger } from '../store/delivery/ledger.ts';

export type RestoreGuard = {
  /**
   * Compares the mark with the database. @returns the moment (epoch ms, never later than now) up to which everything due counts as sent; 0 when
   * nothing was restored
   */
  check(): Promise<number>;
  /** Raises the mark in the database first and in the file after it, before anything is sent. */
  raise(at: number): Promise<void>;
  /** Copies the database's mark into the file: instances that stand by must know it too. */
  follow(): Promise<void>;
};

type Options = {
  ledger: DeliveryLedger;
  file: string | null;
  /** What became of the folder of the database: a copied one has a mark that is as old as its database. */
  changed: () => Promise<'copy' | 'lost' | null>;
  now: () => number;
  log: Log;
};

const DRAFT = '.next';
/** A draft lives as long as the disk takes for a few bytes. */
const STALE_MS = MINUTE;

/** `file` null: no guard (databases in memory). With PostgreSQL every instance keeps a file of its own beside the data directory. */
export function createRestoreGuard({ ledger, file, changed, now, log }: Options): RestoreGuard {
  const draft = `${file}${DRAFT}-${randomUUID()}`;
  let written = 0;
  let wanted = 0;
  let writing: Promise<void> = Promise.resolve();
  async function writeLatest(at: number): Promise<void> {
    if (file === null || at <= written) return;
    const mark = wanted;
    try {
      await replaceMark(file, draft, mark);
      written = mark;
    } catch (error) {
      log.warn({ err: error }, 'the high-water file cannot be written: a restored backup would not be recognised');
    }
  }
  /** The disk is waited for beside the event loop. Who comes while the file is written shares the next one, with the latest mark of all. */
  async function write(at: number): Promise<void> {
    wanted = Math.max(wanted, at);
    writing = writing.then(() => writeLatest(at));
    await writing;
  }
  return {
    async check() {
      if (file !== null) removeStaleDrafts(file, now());
      const change = await changed();
      if (change === 'lost')
        log.warn({}, 'the database is new, but there was one here before: put back a backup if that one is missed');
      if (change === 'copy') {
        log.warn(
          {},
          'the data folder is a copy, or its files got another owner or mode: nobody knows what was sent since, so posts that are due until now are skipped',
        );
        return now();
      }
      const noted = file === null ? 0 : readMark(file);
      const inside = await ledger.highWater();
      if (noted <= inside) return 0;
      const outside = Math.min(noted, now());
      if (noted > outside) {
        log.warn(
          { aheadMs: noted - outside },
          'the high-water mark lies in the future, so a clock was wrong: it is taken as now',
        );
        await write(outside);
      }
      if (outside <= inside) return 0;
      log.warn(
        { lastedMs: outside - inside },
        'the database is older than what was sent: a restored backup; posts due in the gap are skipped',
      );
      return outside;
    },
    async raise(at) {
      await ledger.raiseHighWater(at);
      await write(at);
    },
    follow: async () => await write(await ledger.highWater()),
  };
}

function readMark(file: string): number {
  try {
    const at = Number(readFileSync(file, 'utf8').trim());
    return Number.isSafeInteger(at) ? at : 0;
  } catch {
    return 0; // the first start
  }
}

/** @param draft of this process alone: others write the same mark, perhaps at the same moment */
async function replaceMark(file: string, draft: string, at: number): Promise<void> {
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  try {
    await writeFile(draft, `${at}\n`, { flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Drafts that processes left which were ended while they wrote. */
function removeStaleDrafts(file: string, now: number): void {
  const folder = path.dirname(path.resolve(file));
  try {
    for (const name of readdirSync(folder).filter((one) => one.startsWith(path.basename(file) + DRAFT))) {
      const draft = path.join(folder, name);
      const writtenAt = statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? now;
      if (now - writtenAt > STALE_MS) rmSync(draft, { force: true });
    }
  } catch {
    // a folder that is not there yet, or not ours to clean up: they harm nobody
  }
}

function writeMark(file: string, at: number): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w');
  try {
    writeSync(handle, `${at}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}

/** Leaves the later of a mark's file and `at` (epoch ms) in the file. @returns it */
export function keepNewerMark(file: string | null, at: number): number {
  if (file === null) return at;
  const newer = Math.max(at, readMark(file));
  if (newer > 0) writeMark(file, newer);
  return newer;
}

/** A note outside the database of how far sending had come: a restored older database must not post again. Null for databases in memory. */
export function highWaterFile(databaseUrl: string): string | null {
  if (databaseUrl === 'sqlite::memory:') return null;
  if (databaseUrl.startsWith('sqlite:')) return `${databaseUrl.slice('sqlite:'.length)}.highwater`;
  if (!URL.canParse(databaseUrl)) return null;
  const { hostname, port, pathname } = new URL(databaseUrl); // one note per database, without its password
  const name = [hostname, port, pathname.slice(1)].filter(Boolean).join('-');
  return path.join('data', `${name.replaceAll(/[^\w.-]/g, '_')}.highwater`);
}

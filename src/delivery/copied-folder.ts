// Notices a data folder that was copied back, and a database that is gone from it: a copy of a file never has the change time that the file system gave to the original.
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Meta } from '../store/key-value.ts';

/** In the database: the change time of the file beside it, in ns. */
const ORIGIN = 'folder.origin';

/**
 * Compares a file that lies beside the database with what the database remembers of it; both are made at the first start. The change time (ctime)
 * survives moves, restarts and writes to the database, and no copy, archive or synchronisation can set it.
 * @param file null: no check (no file of our own beside the database)
 * @returns "copy" when the database came here by a copy, "lost" when a new one stands where there was another; each is said once
 */
export async function changeOfFolder(file: string | null, meta: Meta): Promise<'copy' | 'lost' | null> {
  if (file === null) return null;
  const known = await meta.get(ORIGIN);
  const found = changeTimeOf(file);
  if (known !== undefined && known === found) return null;
  await meta.set(ORIGIN, found ?? made(file));
  if (known !== undefined) return 'copy';
  return found === null ? null : 'lost';
}

function changeTimeOf(file: string): string | null {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ctimeNs.toString() ?? null;
}

function made(file: string): string {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  closeSync(openSync(file, 'a')); // two processes may do so at once: both mean the same file
  return changeTimeOf(file) ?? '';
}

/** The file beside a SQLite database; null for other databases. */
export function originFile(databaseUrl: string): string | null {
  if (!databaseUrl.startsWith('sqlite:') || databaseUrl === 'sqlite::memory:') return null;
  return `${databaseUrl.slice('sqlite:'.length)}.origin`;
}

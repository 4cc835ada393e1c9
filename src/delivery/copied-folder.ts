// Notices a data folder that was copied back: a copy of a file never has the change time that the file system gave to the original.
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Meta } from '../store/key-value.ts';

/** In the database: the change time of the file beside it, in ns. */
const ORIGIN = 'folder.origin';

/**
 * Compares a file that lies beside the database with what the database remembers of it; both are made at the first start. The change time (ctime)
 * survives moves, restarts and writes to the database, and no copy, archive or synchronisation can set it.
 * @param file null: no check (no file of our own beside the database)
 * @returns true when the database came here by a copy; said once
 */
export async function wasCopied(file: string | null, meta: Meta): Promise<boolean> {
  if (file === null) return false;
  const known = await meta.get(ORIGIN);
  const found = changeTimeOf(file);
  if (known !== undefined && known === found) return false;
  await meta.set(ORIGIN, found ?? made(file));
  return known !== undefined;
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

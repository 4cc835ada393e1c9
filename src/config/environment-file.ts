// The lines of `.env`, in whichever encoding an editor saved it; a name that misses a setting is told.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { editDistance } from '../base/edit-distance.ts';
import { ConfigError } from '../base/errors.ts';
import { SETTINGS } from './settings.ts';

/** Names with fewer letters are too near to names of other programs. */
const SHORTEST = 6;
/** Letters that a slip adds, leaves out or swaps. */
const SLIPS = 2;

/**
 * Names and values in `.env` of `folder`; none without such a file.
 * @throws ConfigError where a name is nearly that of a setting: it would be left out in silence
 */
export function environmentLines(folder: string): [string, string | undefined][] {
  const file = path.join(folder, '.env');
  if (!existsSync(file)) return [];
  const lines = Object.entries(parseEnv(textOf(readFileSync(file))));
  const problems = lines.flatMap(([name]) => slipOf(name) ?? []);
  if (problems.length > 0) throw new ConfigError(problems);
  return lines;
}

/** Whether `.env` is there and every user of the machine may read it. Windows has no such bits. */
export function isEnvironmentFileOpen(): boolean {
  const found = process.platform === 'win32' ? undefined : statSync('.env', { throwIfNoEntry: false });
  return found !== undefined && (found.mode & 0o004) !== 0;
}

/** Editors of Windows put a mark before UTF-8, and PowerShell writes UTF-16: with either, the first name would not be one. */
function textOf(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes); // takes the mark away
}

function slipOf(name: string): string | null {
  const names = Object.keys(SETTINGS);
  if (names.includes(name)) return null;
  const upper = name.toUpperCase();
  const meant =
    names.find((setting) => setting === upper) ??
    names.find(
      (setting) => Math.min(setting.length, name.length) >= SHORTEST && editDistance(upper, setting, SLIPS) <= SLIPS,
    );
  return meant === undefined ? null : `${name.slice(0, 40)} in .env is no setting — did you mean ${meant}?`;
}
